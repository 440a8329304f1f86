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
    Func<DateTimeOffset, IReadOnlyList<OwnAppointment>, IEnumerable<KnownDelegation>, IReadOnlyList<HeldCapacity>> Rights)
{
    public static readonly RuleSet Product = new(
        ClearanceRules.Decide, (amending, drawn, digest) => AmendmentRules.Amend(amending, drawn, digest, 1, amending.Request.Route), RevocationRules.Ask, ReviewRules.Review, Capacities.At);

    /// <summary>The lists by which what was said is judged.</summary>
    private static readonly (string List, IReadOnlyList<Guard<Judged>> Guards)[] OfDecisions =
    [
        ("decision", DecisionGuards.All), ("escalation", ClockRules.EscalationGuards), ("silence", SilenceRules.Guards), ("bypass", BypassRules.Guards), ("immediate", ImmediateRules.Guards),
    ];

    /// <summary>Every guard there is, by the list it stands in and its name.</summary>
    public static IReadOnlyList<string> Guards =>
    [
        .. OfDecisions.SelectMany(of => of.Guards.Select(g => $"{of.List}: {g.Name}")),
        .. AmendmentRules.Guards.Select(g => $"amendment: {g.Name}"),
        .. RevocationRules.Guards.Select(g => $"revocation: {g.Name}"),
        .. ReviewRules.Guards.Select(g => $"review: {g.Name}"),
        .. Capacities.DelegationGuards.Select(g => $"delegation: {g.Name}"),
    ];

    public static RuleSet Without(string guard)
    {
        var lists = OfDecisions.ToDictionary(of => of.Guards, of => Rest(of.List, of.Guards));
        var amendment = Rest("amendment", AmendmentRules.Guards);
        var (revocation, review, delegation) = (Rest("revocation", RevocationRules.Guards), Rest("review", ReviewRules.Guards), Rest("delegation", Capacities.DelegationGuards));
        return new(
            (request, said) => ClearanceRules.Decide(request, said, lists[OtherWays.GuardsOf(said.Kind)]),
            (amending, drawn, digest) => AmendmentRules.Amend(amending, drawn, digest, 1, amending.Request.Route, amendment),
            (request, wanted) => RevocationRules.Ask(request, wanted, revocation),
            (request, given) => ReviewRules.Review(request, given, review),
            (now, appointments, delegations) => Capacities.At(now, appointments, delegations, delegation));

        IReadOnlyList<Guard<T>> Rest<T>(string list, IReadOnlyList<Guard<T>> guards) => [.. guards.Where(g => $"{list}: {g.Name}" != guard)];
    }
}
