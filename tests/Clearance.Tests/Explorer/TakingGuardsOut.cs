using System.Reflection;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

public sealed class TakingGuardsOut(ITestOutputHelper output)
{
    /// <summary>What notices first that a guard is gone.</summary>
    private static readonly Dictionary<string, string> NoticedBy = new()
    {
        ["decision: in-clearance"] = "the end is the end",
        ["decision: same-text"] = "every decision is of these bytes",
        ["decision: window-open"] = "nothing is said after the window",
        ["decision: account-stands"] = "nothing is said for a text whose account is closed",
        ["decision: right-office"] = "only offices that are asked speak",
        ["decision: right-role"] = "heads set aside, officers decide, and nobody speaks for the clock",
        ["decision: your-turn"] = "stages decide in their order",
        ["decision: no-contributor"] = "whoever wrote it says nothing",
        ["decision: no-delegate-of-a-contributor"] = "whoever wrote it says nothing through a deputy",
        ["decision: not-recused"] = "whoever stands aside stays aside",
        ["decision: one-person-one-vote"] = "one human is one vote",
        ["decision: left-to-another"] = "whoever leaves it to an office clears nothing for it",
        ["decision: anothers-objection"] = "nobody sets aside their own objection",
        ["decision: objection-there"] = "only an objection that stands is set aside",
        ["decision: referred-upwards"] = "a matter goes to the office above",
        ["decision: says-why"] = "nothing grave is said without a word",
        ["decision: return-has-reason"] = "a return has its reason",
        ["decision: amendment-brings-text"] = "a change brings its text",
        ["amendment: may-decide"] = "whoever wrote it says nothing",
        ["amendment: is-amendment"] = "a change brings its text",
        ["amendment: may-be-changed"] = "only what the policy lets be changed is",
        ["amendment: sound-text"] = "a change changes something, soundly",
        ["amendment: sound-alt-texts"] = "a change changes something, soundly",
        ["amendment: sound-links"] = "a change changes something, soundly",
        ["amendment: changes-something"] = "a change changes something, soundly",
        ["escalation: in-clearance"] = "the end is the end",
        ["escalation: same-text"] = "every decision is of these bytes",
        ["escalation: window-open"] = "nothing is said after the window",
        ["escalation: said-by-the-clock"] = "heads set aside, officers decide, and nobody speaks for the clock",
        ["escalation: waited-for"] = "time asks the office above only of who is waited for",
        ["escalation: time-over"] = "time asks the office above only when it is over",
        ["escalation: somebody-above"] = "a matter goes to the office above",
        ["silence: in-clearance"] = "the end is the end",
        ["silence: same-text"] = "every decision is of these bytes",
        ["silence: window-open"] = "nothing is said after the window",
        ["silence: account-stands"] = "nothing is said for a text whose account is closed",
        ["silence: said-by-nobody"] = "heads set aside, officers decide, and nobody speaks for the clock",
        ["silence: policy-allows"] = "silence counts only where the policy says so",
        ["silence: waited-for"] = "silence counts only of who is waited for, alone",
        ["silence: not-escalated"] = "silence counts only of who is waited for, alone",
        ["silence: not-cut-off"] = "who was cut off has not agreed",
        ["silence: time-over"] = "silence counts only when its time is over",
        ["silence: noticed"] = "silence counts only of who had it in hand in time",
        ["silence: noticed-in-this-turn"] = "silence counts only of who was shown this text, in this turn",
        ["silence: noticed-by-no-contributor"] = "silence of who wrote it counts for nothing",
        ["silence: somebody-clears"] = "somebody says yes",
        ["bypass: in-clearance"] = "the end is the end",
        ["bypass: same-text"] = "every decision is of these bytes",
        ["bypass: window-open"] = "nothing is said after the window",
        ["bypass: account-stands"] = "nothing is said for a text whose account is closed",
        ["bypass: policy-allows"] = "heads set aside, officers decide, and nobody speaks for the clock",
        ["bypass: right-office"] = "only offices that are asked speak",
        ["bypass: waited-for"] = "only who is waited for is passed over",
        ["bypass: missing"] = "only who is late or cut off is passed over",
        ["bypass: no-contributor"] = "whoever wrote it says nothing",
        ["bypass: no-delegate-of-a-contributor"] = "whoever wrote it says nothing through a deputy",
        ["bypass: not-recused"] = "whoever stands aside stays aside",
        ["bypass: one-person-one-say"] = "whoever passes over an office clears for none",
        ["bypass: somebody-clears"] = "somebody says yes",
        ["bypass: says-why"] = "nothing grave is said without a word",
        ["immediate: in-clearance"] = "the end is the end",
        ["immediate: same-text"] = "every decision is of these bytes",
        ["immediate: window-open"] = "nothing is said after the window",
        ["immediate: account-stands"] = "nothing is said for a text whose account is closed",
        ["immediate: urgent-lane"] = "only what is urgent goes out before its clearance",
        ["immediate: policy-allows"] = "only what the policy lets go out before its clearance does",
        ["immediate: duty-officer"] = "heads set aside, officers decide, and nobody speaks for the clock",
        ["immediate: on-duty"] = "only offices that are asked speak",
        ["immediate: no-contributor"] = "whoever wrote it says nothing",
        ["immediate: no-delegate-of-a-contributor"] = "whoever wrote it says nothing through a deputy",
        ["immediate: not-recused"] = "whoever stands aside stays aside",
        ["immediate: nobody-objects"] = "nothing that an office objects to goes out before its clearance",
        ["immediate: review-set"] = "what goes out before its clearance is reviewed",
        ["immediate: says-why"] = "nothing grave is said without a word",
        ["revocation: permit-out"] = "every fact stands in the table and leads where it says",
        ["revocation: not-asked"] = "only one wish for it is open",
        ["revocation: not-too-late"] = "too late stays too late",
        ["revocation: right-office"] = "only the central unit wants it back",
        ["revocation: has-reason"] = "it is wanted back for a reason, in words",
        ["review: review-open"] = "every fact stands in the table and leads where it says",
        ["review: right-role"] = "only officers and heads review it",
        ["review: right-office"] = "only the route's offices review it",
        ["review: somebody-else"] = "somebody else reviews it",
        ["review: no-contributor"] = "whoever wrote it reviews nothing",
        ["review: says-why"] = "whoever does not uphold it says why",
        ["record: in-clearance"] = "the end is the end",
        ["record: same-text"] = "what is written down is said of these bytes",
        ["record: window-open"] = "nothing is written down after the window",
        ["record: right-role"] = "only people of an office write down what was said",
        ["record: office-asked"] = "only what was said for an office that is asked is written down",
        ["record: somebody-else"] = "nobody writes down their own word",
        ["record: no-contributor-writes"] = "whoever wrote it writes down nothing",
        ["record: no-contributor-gives"] = "whoever wrote it gives nothing by telephone",
        ["record: known-means"] = "it was said by telephone or on paper",
        ["countersignature: recorded"] = "only what was written down is signed",
        ["countersignature: given-by-the-signer"] = "only who gave it signs it",
        ["countersignature: for-that-office"] = "it is signed for the office for which it was given",
        ["countersignature: of-this-text"] = "it is signed for the bytes of which it was said",
        ["countersignature: not-yet"] = "it is signed once",
        ["bulk: one-kind"] = "only what is of one kind is cleared together",
        ["bulk: no-findings"] = "what gave a reason to look twice is cleared by itself",
        ["bulk: your-turn"] = "what is cleared together is each theirs to clear",
        ["delegation: begun"] = Invariants.Rights,
        ["delegation: not-over"] = Invariants.Rights,
        ["delegation: somebody-else"] = Invariants.Rights,
        ["delegation: of-an-office"] = Invariants.Rights,
        ["delegation: absent-one-holds-it"] = Invariants.Rights,
    };

    /// <summary>Where it can matter, and how far.</summary>
    private static (World World, int Bound) WhereItMatters(string guard) => guard.Split(':')[0] switch
    {
        _ when guard is "immediate: policy-allows" => (World.Strict(), 1),
        _ when guard is "immediate: urgent-lane" => (World.Patient(), 1),
        _ when guard is "amendment: may-be-changed" => (World.Calm(), 1),
        _ when guard is "decision: left-to-another" => (World.Calm(), 2),
        _ when guard is "decision: account-stands" or "decision: anothers-objection" => (World.Pressed(), 1),
        "amendment" => (World.Changing(), 1),
        "record" or "countersignature" => (World.Called(), 2),
        "decision" => (World.Calm(), 1),
        _ => (World.Pressed(), 1),
    };

    /// <summary>A guard without a row here fails: whoever adds one says what it is there for.</summary>
    /// <remarks>Wherever the product refuses a step for one guard alone, the step is made without that guard: sooner or later one has to break something.</remarks>
    [Fact]
    public void Each_guard_taken_out_lets_something_happen_that_must_not()
    {
        var noticed = new Dictionary<string, string>();
        foreach (var guards in RuleSet.Guards.Where(g => g.Split(':')[0] is not ("bulk" or "delegation")).GroupBy(g => (WhereItMatters(g).World.Name, WhereItMatters(g).Bound)))
        {
            var taking = new OneByOne(guards);
            var (world, bound) = WhereItMatters(guards.First());
            var explored = new Exploration(world, RuleSet.With(taking), bound, taking).Run();
            output.WriteLine($"{world.Name}: {explored.States:n0} situations, {explored.Took.TotalSeconds:0.0} s");
            explored.Broken.ShouldBeNull(explored.Story);
            foreach (var (guard, (invariant, step)) in explored.Noticed)
            {
                noticed[guard] = invariant;
                output.WriteLine($"  {guard,-42} {invariant,-60} {step.Story}");
            }
        }
        foreach (var guard in RuleSet.Guards.Where(g => g.StartsWith("delegation", StringComparison.Ordinal) && LetsSomebodyUsurp(World.Calm(), RuleSet.Without(g)))) noticed[guard] = Invariants.Rights;

        var (one, together) = (World.Paired(DecisionKind.Cleared), new OneByOne(RuleSet.Guards));
        foreach (var other in new[] { one.TheOther, one.TheOther.OfAnotherMission, one.TheOther.Found })
            foreach (var (guard, invariant) in new Pair(one, other, 1, together).Run().Noticed) noticed[guard] = invariant;
        noticed.ShouldBe(NoticedBy, ignoreOrder: true);
    }

    /// <summary>Or a list could be added that nobody takes apart.</summary>
    [Fact]
    public void Every_list_of_guards_in_the_domain_is_taken_apart()
    {
        const BindingFlags all = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var types = typeof(ClearanceRules).Assembly.GetTypes().Where(t => !t.ContainsGenericParameters && t.Namespace?.StartsWith(typeof(ClearanceRules).Namespace!, StringComparison.Ordinal) == true);
        var lists = types.SelectMany(t => t.GetFields(all).Where(f => AreGuards(f.FieldType)).Select(f => (Name: $"{t.Name}.{f.Name}", Value: f.GetValue(null)))
            .Concat(t.GetProperties(all).Where(p => AreGuards(p.PropertyType)).Select(p => (Name: $"{t.Name}.{p.Name}", Value: p.GetValue(null))))).ToList();
        RuleSet.Lists.ShouldAllBe(known => lists.Any(list => ReferenceEquals(list.Value, known.Guards)));
        // An adoption of a policy is no request's: its guards are taken out one by one where its rules are tested.
        lists.Where(list => !RuleSet.Lists.Any(known => ReferenceEquals(known.Guards, list.Value))).Select(list => list.Name).ShouldBe([$"{nameof(PolicyProposals)}.{nameof(PolicyProposals.AdoptionGuards)}"]);
        typeof(Rules.AdoptingPolicies).GetMethod(nameof(Rules.AdoptingPolicies.Every_guard_refuses_an_adoption_that_no_other_guard_would)).ShouldNotBeNull();
        RuleSet.Guards.ShouldBeUnique();

        static bool AreGuards(Type type) => type.GetInterfaces().Append(type).Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            && i.GetGenericArguments()[0] is { IsGenericType: true } of && of.GetGenericTypeDefinition() == typeof(Guard<>));
    }

    private static bool LetsSomebodyUsurp(World world, RuleSet rules) => world.Instants.Any(instant =>
        rules.Rights(instant.At, world.Appointments, world.Delegations).Any(right => !Invariants.IsGiven(world, right, instant.At)));
}
