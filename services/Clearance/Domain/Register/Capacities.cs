using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Domain.Register;

/// <summary>A right in which somebody may act at this moment, their own or that of one for whom they stand in, with the role that gives it.</summary>
public sealed record HeldCapacity(Capacity By, string Role);

/// <summary>In which capacities people may act, from the register's rows. Pure: same rows, same moment, same answer.</summary>
public static class Capacities
{
    /// <summary>What a delegation is judged on.</summary>
    public sealed record Claim(KnownDelegation Delegation, IReadOnlyList<OwnAppointment> Appointments, DateTimeOffset Now);

    /// <summary>The checks on a delegation, in their order. Taking one out makes a test fail.</summary>
    /// <remarks>The appointments are people's own, so nothing is handed on that was itself handed on, and a deputy never may what the absent one may not.</remarks>
    public static readonly IReadOnlyList<Guard<Claim>> DelegationGuards =
    [
        new("begun", c => c.Delegation.From <= c.Now ? null : NotYet),
        new("not-over", c => c.Now < c.Delegation.To ? null : Over),
        new("somebody-else", c => c.Delegation.Deputy != c.Delegation.Absent ? null : OwnDeputy),
        new("of-an-office", c => Roles.OfAnOffice.Contains(c.Delegation.Role) ? null : NotToStandIn),
        new("absent-one-holds-it", c => c.Appointments.Any(a =>
            (a.Person, a.Office, a.Role) == (c.Delegation.Absent, c.Delegation.Office, c.Delegation.Role) && a.HoldsAt(c.Now)) ? null : AbsentHoldsItNot),
    ];

    /// <summary>All capacities at <paramref name="now"/>, of everybody that the rows speak of: first in their own right, then in others'.</summary>
    public static IReadOnlyList<HeldCapacity> At(DateTimeOffset now, IReadOnlyList<OwnAppointment> appointments, IEnumerable<KnownDelegation> delegations) =>
        At(now, appointments, delegations, DelegationGuards);

    internal static IReadOnlyList<HeldCapacity> At(
        DateTimeOffset now, IReadOnlyList<OwnAppointment> appointments, IEnumerable<KnownDelegation> delegations, IReadOnlyList<Guard<Claim>> guards) =>
    [
        .. appointments.Where(a => a.HoldsAt(now)).Select(a => new HeldCapacity(new(a.Person, a.Office), a.Role))
            .Concat(delegations.Where(d => guards.FirstRefusal(new Claim(d, appointments, now)) is null).Select(d => new HeldCapacity(new(d.Deputy, d.Office, d.Absent), d.Role)))
            .Distinct(),
    ];

    public static readonly Refusal NotYet = new("delegation.not-yet", "The delegation has not begun.", 403);
    public static readonly Refusal Over = new("delegation.over", "The delegation is over. The registrar can extend it.", 403);
    public static readonly Refusal OwnDeputy = new("delegation.own-deputy", "Nobody is their own deputy.", 403);
    public static readonly Refusal NotToStandIn = new("delegation.role", "Nobody stands in for another in this role.", 403);
    public static readonly Refusal AbsentHoldsItNot = new("delegation.absent", "The person stood in for holds this appointment no longer, so nobody stands in for them.", 403);
}
