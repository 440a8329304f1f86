using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>A small ministry around one package: who holds which right, who stands in for whom, who must clear, and the instants that matter.</summary>
/// <param name="Parents">The office above each; none above the last.</param>
/// <param name="DelegationsEnd">When the deputies' time is over.</param>
internal sealed record World(
    Route Route, IReadOnlyList<string> Contributors, IReadOnlyList<OwnAppointment> Appointments, IReadOnlyList<KnownDelegation> Delegations,
    IReadOnlyDictionary<string, string> Parents, DateTimeOffset DelegationsEnd)
{
    public static readonly TimeSpan UndoPeriod = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(10);
    private static readonly DateTimeOffset Noon = Examples.Noon;

    public ReleasePackage Package { get; init; } = Examples.Package(contributors: [.. Contributors]) with { DraftId = Id(1), Salt = new string('1', 32) };

    /// <summary>The other package in the house: what was said of its bytes counts for nothing here.</summary>
    public ReleasePackage Other { get; init; } = Examples.Package(contributors: [.. Contributors]) with { DraftId = Id(2), Salt = new string('2', 32) };

    public string Digest => digest ??= Examples.DigestOf(Package);
    public string OtherDigest => otherDigest ??= Examples.DigestOf(Other);

    /// <summary>The same ministry around the other package.</summary>
    public World Twin => this with { Package = Other, Other = Package, digest = OtherDigest, otherDigest = Digest };

    private string? digest;
    private string? otherDigest;

    /// <summary>Where time can jump to: just before the deputies' end, that end, just before the window's, and that.</summary>
    /// <remarks>From just before an end, what was decided there can still be taken back after it.</remarks>
    public IReadOnlyList<DateTimeOffset> Instants => instants ??= [Noon, DelegationsEnd - Shortly, DelegationsEnd, Package.NotAfter - Shortly, Package.NotAfter];

    private IReadOnlyList<DateTimeOffset>? instants;

    /// <summary>Which of <see cref="Instants"/> came last.</summary>
    public int PhaseOf(DateTimeOffset now)
    {
        var phase = Instants.Count - 1;
        while (Instants[phase] > now) phase--;
        return phase;
    }

    /// <summary>False just before an end: there, time only goes on to that end.</summary>
    public static bool CanWaitIn(int phase) => phase is not (1 or 3);

    /// <summary>
    /// Three offices and six people. DESK decides first (its parent is HUB), two of CENTRAL after it. Ana wrote it and sits at the desk; Ben has rights in two
    /// offices; Cho and Eve are alike; Fay heads the central unit; Dia of the hub stands in for Ana and for Ben. Five more delegations give nobody anything.
    /// </summary>
    public static World Small()
    {
        var end = Noon.AddHours(3);
        return new World(
            Examples.Route(("DESK", 1, 1), ("CENTRAL", 2, 2)), ["ana"],
            [
                Own("ana", "KBL", Roles.DraftingOfficer), Own("ana", "DESK"), Own("ben", "DESK"), Own("ben", "CENTRAL"), Own("cho", "CENTRAL"), Own("eve", "CENTRAL"),
                Own("fay", "CENTRAL", Roles.HeadOfUnit), Own("dia", "HUB"),
            ],
            [
                For("ana", "dia", "DESK", end), For("ben", "dia", "CENTRAL", end),
                For("fay", "dia", "CENTRAL", end, Roles.HeadOfUnit) with { From = Noon.AddYears(1), To = Noon.AddYears(2) }, // Not begun.
                For("fay", "dia", "CENTRAL", Noon.AddDays(-1), Roles.HeadOfUnit), // Over.
                For("fay", "fay", "CENTRAL", end, Roles.HeadOfUnit), // For herself.
                For("ana", "dia", "KBL", end, Roles.DraftingOfficer), // Nobody writes in another's stead.
                For("fay", "dia", "CENTRAL", end), // She heads the unit and does not clear for it.
            ],
            new Dictionary<string, string> { ["DESK"] = "HUB", ["HUB"] = "CENTRAL" }, end);
    }

    public static OwnAppointment Own(string person, string office, string role = Roles.ClearingOfficer) => new(person, office, role, Noon.AddDays(-30), null);

    public static KnownDelegation For(string absent, string deputy, string office, DateTimeOffset to, string role = Roles.ClearingOfficer) =>
        new(Id(3), 1, absent, deputy, office, role, Noon.AddDays(-7), to, "deputy");

    public static Guid Id(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The renamings of people under which nothing in this world changes.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Symmetries()
    {
        var people = Appointments.Select(a => a.Person).Concat(Delegations.SelectMany(d => new[] { d.Absent, d.Deputy })).Concat(Contributors).Distinct().ToList();
        return [.. Orders(people).Select(order => people.Zip(order).ToDictionary(pair => pair.First, pair => pair.Second)).Where(IsSymmetry)];
    }

    private bool IsSymmetry(Dictionary<string, string> named) =>
        Contributors.Select(c => named[c]).ToHashSet().SetEquals(Contributors)
        && Appointments.Select(a => a with { Person = named[a.Person] }).ToHashSet().SetEquals(Appointments)
        && Delegations.Select(d => d with { Absent = named[d.Absent], Deputy = named[d.Deputy] }).ToHashSet().SetEquals(Delegations);

    private static IEnumerable<IEnumerable<string>> Orders(IReadOnlyList<string> of) =>
        of.Count == 0 ? [[]] : of.SelectMany(first => Orders([.. of.Where(other => other != first)]).Select(rest => rest.Prepend(first)));
}

/// <summary>How it stands at one moment: the product's own record, and what time it is.</summary>
internal sealed record Situation(ClearanceRequest? Request, DateTimeOffset Now);

/// <summary>The product's rules, whole or with one guard taken out.</summary>
internal sealed record RuleSet(
    Func<ClearanceRequest, OfficerDecision, Decision<ClearanceRequest>> Decide,
    Func<ClearanceRequest, Revocation, Decision<ClearanceRequest>> AskBack,
    Func<DateTimeOffset, IReadOnlyList<OwnAppointment>, IEnumerable<KnownDelegation>, IReadOnlyList<HeldCapacity>> Rights)
{
    public static readonly RuleSet Product = new(ClearanceRules.Decide, RevocationRules.Ask, Capacities.At);

    /// <summary>Every guard there is, by the list it stands in and its name.</summary>
    public static IReadOnlyList<string> Guards =>
    [
        .. DecisionGuards.All.Select(g => $"decision: {g.Name}"),
        .. RevocationRules.Guards.Select(g => $"revocation: {g.Name}"),
        .. Capacities.DelegationGuards.Select(g => $"delegation: {g.Name}"),
    ];

    public static RuleSet Without(string guard)
    {
        var decision = DecisionGuards.All.Where(g => $"decision: {g.Name}" != guard).ToList();
        var revocation = RevocationRules.Guards.Where(g => $"revocation: {g.Name}" != guard).ToList();
        var delegation = Capacities.DelegationGuards.Where(g => $"delegation: {g.Name}" != guard).ToList();
        return new(
            (request, said) => ClearanceRules.Decide(request, said, decision),
            (request, wanted) => RevocationRules.Ask(request, wanted, revocation),
            (now, appointments, delegations) => Capacities.At(now, appointments, delegations, delegation));
    }
}
