namespace WorkflowPlatform.Clearance.Tests.Explorer;

public sealed class TakingGuardsOut(ITestOutputHelper output)
{
    /// <summary>What notices first that a guard is gone.</summary>
    private static readonly Dictionary<string, string> NoticedBy = new()
    {
        ["decision: in-clearance"] = "the end is the end",
        ["decision: same-text"] = "every decision is of these bytes",
        ["decision: window-open"] = "nothing is said after the window",
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
        ["decision: somebody-clears"] = "somebody says yes",
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
        ["silence: said-by-nobody"] = "heads set aside, officers decide, and nobody speaks for the clock",
        ["silence: policy-allows"] = "silence counts only where the policy says so",
        ["silence: waited-for"] = "silence counts only of who is waited for, alone",
        ["silence: not-escalated"] = "silence counts only of who is waited for, alone",
        ["silence: not-cut-off"] = "who was cut off has not agreed",
        ["silence: time-over"] = "silence counts only when its time is over",
        ["silence: noticed"] = "silence counts only of who had it in hand in time",
        ["silence: noticed-by-no-contributor"] = "silence of who wrote it counts for nothing",
        ["silence: somebody-clears"] = "somebody says yes",
        ["bypass: in-clearance"] = "the end is the end",
        ["bypass: same-text"] = "every decision is of these bytes",
        ["bypass: window-open"] = "nothing is said after the window",
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
        ["delegation: begun"] = Invariants.Rights,
        ["delegation: not-over"] = Invariants.Rights,
        ["delegation: somebody-else"] = Invariants.Rights,
        ["delegation: of-an-office"] = Invariants.Rights,
        ["delegation: absent-one-holds-it"] = Invariants.Rights,
    };

    /// <summary>A guard without a row here fails: whoever adds one says what it is there for.</summary>
    [Fact]
    public void Each_guard_taken_out_lets_something_happen_that_must_not()
    {
        var noticed = new Dictionary<string, string>();
        foreach (var guard in RuleSet.Guards)
        {
            var explored = Explored(guard).FirstOrDefault(e => e.Broken is not null) ?? new Exploration(World.Strict(), RuleSet.Product, 0);
            noticed[guard] = explored.Broken?.Invariant ?? "nothing";
            output.WriteLine($"{guard,-42} {noticed[guard],-60} {explored.Story} ({explored.States:n0}, {explored.Took.TotalSeconds:0.0} s)");
        }
        noticed.ShouldBe(NoticedBy, ignoreOrder: true);
    }

    /// <summary>In the worlds where it can matter, the nearest first.</summary>
    private static IEnumerable<Exploration> Explored(string guard)
    {
        (World World, int Bound)[] worlds = guard.Split(':')[0] is "decision" or "delegation"
            ? [(World.Calm(), 2), (World.Pressed(), 2)]
            : guard.StartsWith("amendment", StringComparison.Ordinal) ? [(World.Changing(), 1), (World.Strict(), 1)]
            : [(World.Pressed(), 1), (World.Strict(), 1), (World.Patient(), 1), (World.Pressed(), 2)];
        return worlds.Select(of => new Exploration(of.World, RuleSet.Without(guard), of.Bound).Run());
    }
}
