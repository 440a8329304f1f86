using System.Collections;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>The product's rules, whole or with one guard taken out.</summary>
internal sealed record RuleSet(
    Func<ClearanceRequest, OfficerDecision, Decision<ClearanceRequest>> Decide,
    Func<AmendmentRules.Amending, ReleasePackage, string, Decision<ClearanceRequest>> Amend,
    Func<ClearanceRequest, Revocation, Decision<ClearanceRequest>> AskBack,
    Func<ClearanceRequest, ReviewGiven, Decision<ClearanceRequest>> Review,
    Func<ClearanceRequest, RecordedClearance, Decision<ClearanceRequest>> WriteDown,
    Func<ClearanceRequest, OfficerDecision, Decision<ClearanceRequest>> Countersign,
    Func<DateTimeOffset, IReadOnlyList<OwnAppointment>, IEnumerable<KnownDelegation>, IReadOnlyList<HeldCapacity>> Rights)
{
    public static RuleSet Product => With(new AsTheyAre());

    public static RuleSet Without(string guard) => With(new AllBut(guard));

    /// <summary>Every list of guards, by what the tests call it.</summary>
    public static readonly IReadOnlyList<(string Name, IEnumerable Guards, IReadOnlyList<string> Names)> Lists =
    [
        Of("decision", DecisionGuards.All), Of("escalation", ClockRules.EscalationGuards), Of("silence", SilenceRules.Guards), Of("bypass", BypassRules.Guards), Of("immediate", ImmediateRules.Guards),
        Of("amendment", AmendmentRules.Guards), Of("revocation", RevocationRules.Guards), Of("review", ReviewRules.Guards), Of("record", RecordingRules.Guards),
        Of("countersignature", RecordingRules.SignatureGuards), Of("bulk", BulkRules.All), Of("delegation", Capacities.DelegationGuards),
    ];

    /// <summary>Every guard there is, by the list it stands in and its name.</summary>
    public static IReadOnlyList<string> Guards => [.. Lists.SelectMany(list => list.Names.Select(name => $"{list.Name}: {name}"))];

    public static RuleSet With(ITaking taking)
    {
        (ClearanceRequest? Request, ClearanceSheet? Sheet) last = default;
        return new(
            (request, said) => Decide(request, said, OtherWays.GuardsOf(said.Kind)),
            (amending, drawn, digest) => taking.Ask("amendment", AmendmentRules.Guards, amending, rest => AmendmentRules.Amend(amending, drawn, digest, 1, amending.Request.Route, rest)),
            (request, wanted) => taking.Ask("revocation", RevocationRules.Guards, new RevocationRules.Judged(request, wanted), rest => RevocationRules.Ask(request, wanted, rest)),
            (request, given) => taking.Ask("review", ReviewRules.Guards, new ReviewRules.Judged(request, given), rest => ReviewRules.Review(request, given, rest)),
            (request, recorded) => taking.Ask("record", RecordingRules.Guards, new RecordingRules.Judged(request, recorded), rest => RecordingRules.Record(request, recorded, rest)),
            (request, signed) => taking.Ask("countersignature", RecordingRules.SignatureGuards, Signed(request, signed), rest => RecordingRules.Countersign(request, signed, rest)),
            (now, appointments, delegations) => Capacities.At(now, appointments, delegations, taking.Left("delegation", Capacities.DelegationGuards)));

        Decision<ClearanceRequest> Decide(ClearanceRequest request, OfficerDecision said, IReadOnlyList<Guard<Judged>> guards)
        {
            // Hundreds of decisions are tried on one request: its sheet is worked out for the first.
            if (!ReferenceEquals(last.Request, request)) last = (request, ClearanceSheet.Of(request));
            var judged = new Judged(request, said) { Sheet = last.Sheet! };
            return taking.Ask(NameOf(guards), guards, judged, rest => ClearanceRules.Decide(judged, rest));
        }
    }

    private static RecordingRules.Countersigned Signed(ClearanceRequest request, OfficerDecision signed) => new(request, request.Recorded.FirstOrDefault(r => r.Id == signed.RecordedAs), signed);

    private static string NameOf(IEnumerable guards)
    {
        foreach (var list in Lists)
            if (list.Guards == guards) return list.Name;
        throw new InvalidOperationException("A list of guards that nobody takes apart.");
    }

    private static (string, IEnumerable, IReadOnlyList<string>) Of<T>(string name, IReadOnlyList<Guard<T>> guards) => (name, guards, [.. guards.Select(g => g.Name)]);
}

/// <summary>Asks a rule with some of its guards.</summary>
internal interface ITaking
{
    IReadOnlyList<Guard<T>> Left<T>(string list, IReadOnlyList<Guard<T>> guards);

    Decision<ClearanceRequest> Ask<T>(string list, IReadOnlyList<Guard<T>> guards, T subject, Func<IReadOnlyList<Guard<T>>, Decision<ClearanceRequest>> rule) => rule(Left(list, guards));
}

/// <summary>With all of them, as the product does.</summary>
internal sealed class AsTheyAre : ITaking
{
    public IReadOnlyList<Guard<T>> Left<T>(string list, IReadOnlyList<Guard<T>> guards) => guards;
}

/// <summary>With all but one.</summary>
internal sealed class AllBut(string guard) : ITaking
{
    private readonly Dictionary<object, object> left = [];

    public IReadOnlyList<Guard<T>> Left<T>(string list, IReadOnlyList<Guard<T>> guards) =>
        (IReadOnlyList<Guard<T>>)(left.TryGetValue(guards, out var rest) ? rest : left[guards] = guards.Where(g => $"{list}: {g.Name}" != guard).ToList());
}

/// <summary>With all of them; and where one alone has refused, once more without it, so that it can be seen what it is there for.</summary>
internal sealed class OneByOne(IEnumerable<string> guards) : ITaking
{
    private (string Guard, Accepted<ClearanceRequest> Yes)? slip;

    /// <summary>Those of which nobody knows yet what they are there for.</summary>
    public HashSet<string> Open { get; } = [.. guards];

    /// <summary>What the rule that was asked last would have accepted without one guard; null when nothing.</summary>
    public (string Guard, Accepted<ClearanceRequest> Yes)? Slipped()
    {
        var last = slip;
        slip = null;
        return last;
    }

    public IReadOnlyList<Guard<T>> Left<T>(string list, IReadOnlyList<Guard<T>> guards) => guards;

    /// <summary>The one guard that refuses it, when it is one alone and an open one.</summary>
    public Guard<T>? Alone<T>(string list, IReadOnlyList<Guard<T>> guards, T subject) =>
        guards.Where(g => g.Check(subject) is not null).Take(2).ToList() is [var guard] && Open.Contains($"{list}: {guard.Name}") ? guard : null;

    public Decision<ClearanceRequest> Ask<T>(string list, IReadOnlyList<Guard<T>> guards, T subject, Func<IReadOnlyList<Guard<T>>, Decision<ClearanceRequest>> rule)
    {
        slip = null;
        var answer = rule(guards);
        if (!answer.Allows(out _, out _) && Alone(list, guards, subject) is { } guard && rule([.. guards.Where(g => g != guard)]).Allows(out var yes, out _)) slip = ($"{list}: {guard.Name}", yes);
        return answer;
    }
}
