using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>A small ministry around one package: who holds which right, who stands in for whom, who must clear, and the instants that matter.</summary>
/// <param name="Parents">The office above each; none above the last.</param>
/// <param name="Instants">Where time can jump to, the beginning first and the end of the window last; where it can also pass by the period for undoing, the second is true.</param>
internal sealed partial record World(
    string Name, Lane Lane, Route Route, IReadOnlyList<string> Contributors, IReadOnlyList<OwnAppointment> Appointments, IReadOnlyList<KnownDelegation> Delegations,
    IReadOnlyDictionary<string, string> Parents, IReadOnlyList<(DateTimeOffset At, bool TimePasses)> Instants)
{
    public static readonly TimeSpan UndoPeriod = TimeSpan.FromSeconds(20);
    private static readonly DateTimeOffset Noon = Examples.Noon;

    /// <summary>The end of everybody's first hour, and of half of it.</summary>
    public static readonly DateTimeOffset HalfAnHour = Noon.AddMinutes(30), AnHour = Noon.AddHours(1);

    /// <summary>The deputies' time is over, and so is the time for a review.</summary>
    public static readonly DateTimeOffset Afternoon = Noon.AddHours(3);

    private static readonly DateTimeOffset End = Noon.AddHours(26);

    public ReleasePackage Package { get; private init; } = Examples.Package(lane: Lane, contributors: [.. Contributors]) with { DraftId = Id(1), Salt = new string('1', 32) };

    /// <summary>The other package in the house: what was said of its bytes counts for nothing here.</summary>
    public ReleasePackage Other { get; private init; } = Examples.Package(lane: Lane, contributors: [.. Contributors]) with { DraftId = Id(2), Salt = new string('2', 32) };

    public string Digest => digest ??= Examples.DigestOf(Package);
    public string OtherDigest => otherDigest ??= Examples.DigestOf(Other);

    /// <summary>The same ministry around the other package.</summary>
    public World Twin => this with { Package = Other, Other = Package, digest = OtherDigest, otherDigest = Digest };

    /// <summary>Every package that there has been, as an officer changed it too.</summary>
    public Dictionary<string, ReleasePackage> Known => known ??= new() { [Digest] = Package, [OtherDigest] = Other };

    private Dictionary<string, ReleasePackage>? known;
    private string? digest;
    private string? otherDigest;

    public List<string> Offices { get; } = [.. Parents.Keys.Concat(Parents.Values).Distinct()];

    /// <summary>True when time matters to the offices, or somebody may go past them.</summary>
    public bool IsPressed => Lane is not Lane.Routine || Route.Required.Any(r => r.ClockMinutes is not null);

    /// <summary>What officers say in the queue; and, unless it is all that they can say, nothing that no portal would send.</summary>
    public IReadOnlyList<DecisionKind> Words { get; init; } = Enum.GetValues<DecisionKind>();

    public bool IsThorough => Words.Count == Enum.GetValues<DecisionKind>().Length;

    /// <summary>Who may be said to have cleared it by telephone, and for which office; nobody where nobody is called.</summary>
    public IReadOnlyList<(string Person, string Office)> Callers { get; init; } = [];

    /// <summary>What the text was found to have when it was submitted.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>True when officers may change the text.</summary>
    public bool IsChanging => Route.Amendable.Count > 0;

    /// <summary>Which of <see cref="Instants"/> came last.</summary>
    public int PhaseOf(DateTimeOffset now)
    {
        var phase = Instants.Count - 1;
        while (Instants[phase].At > now) phase--;
        return phase;
    }

    /// <summary>A calendar of two working hours: who begins in the first is late at its end, who begins later has until tomorrow.</summary>
    public static DateTimeOffset After(DateTimeOffset now, int minutes) => now < HalfAnHour && minutes <= 30 ? HalfAnHour : now < AnHour ? AnHour : End;

    /// <summary>
    /// Three offices and six people. DESK decides first (its parent is HUB), two of CENTRAL after it. Ana wrote it and sits at the desk; Ben has rights in two
    /// offices; Cho and Eve are alike; Fay heads the central unit; Dia of the hub stands in for Ana and for Ben. Five more delegations give nobody anything.
    /// </summary>
    public static World Calm() => new(
        "calm", Lane.Routine, Examples.Route(("DESK", 1, 1), ("CENTRAL", 2, 2)), ["ana"],
        [
            Own("ana", "KBL", Roles.DraftingOfficer), Own("ana", "DESK"), Own("ben", "DESK"), Own("ben", "CENTRAL"), Own("cho", "CENTRAL"), Own("eve", "CENTRAL"),
            Own("fay", "CENTRAL", Roles.HeadOfUnit), Own("dia", "HUB"),
        ],
        [
            For("ana", "dia", "DESK", Afternoon), For("ben", "dia", "CENTRAL", Afternoon),
            For("fay", "dia", "CENTRAL", Afternoon, Roles.HeadOfUnit) with { From = Noon.AddYears(1), To = Noon.AddYears(2) }, // Not begun.
            For("fay", "dia", "CENTRAL", Noon.AddDays(-1), Roles.HeadOfUnit), // Over.
            For("fay", "fay", "CENTRAL", Afternoon, Roles.HeadOfUnit), // For herself.
            For("ana", "dia", "KBL", Afternoon, Roles.DraftingOfficer), // Nobody writes in another's stead.
            For("fay", "dia", "CENTRAL", Afternoon), // She heads the unit and does not clear for it.
        ],
        new Dictionary<string, string> { ["DESK"] = "HUB", ["HUB"] = "CENTRAL" },
        [(Noon, true), (Afternoon.AddSeconds(-10), false), (Afternoon, true), (End.AddSeconds(-10), false), (End, true)]); // What is said just before an end can be taken back after it.

    /// <summary>A text that cannot wait: two offices side by side, an hour for each, and everything that a policy can allow. Ana wrote it, and has every right that tempts.</summary>
    public static World Pressed() => new(
        "pressed", Lane.Immediate, Examples.Route(("DESK", 1, 1), ("CENTRAL", 1, 1)) is var route
            ? route with { Required = [.. route.Required.Select(r => r with { ClockMinutes = 60, SilenceCounts = true })], ImmediateAllowed = true, Bypass = [Roles.HeadOfUnit] }
            : route,
        ["ana"],
        [
            Own("ana", "DESK"), Own("ana", "DESK", Roles.HeadOfUnit), Own("ana", "CENTRAL", Roles.DutyOfficer), Own("ben", "DESK"), Own("cho", "CENTRAL"),
            Own("cho", "CENTRAL", Roles.HeadOfUnit), Own("cho", "CENTRAL", Roles.DutyOfficer), Own("dia", "HUB", Roles.HeadOfUnit), Own("dia", "HUB", Roles.DutyOfficer), Own("dia", "HUB"), Own("eve", "CENTRAL"),
        ],
        [For("ana", "dia", "DESK", Afternoon), For("ana", "dia", "DESK", Afternoon, Roles.HeadOfUnit), For("ana", "dia", "CENTRAL", Afternoon, Roles.DutyOfficer)],
        new Dictionary<string, string> { ["DESK"] = "HUB", ["HUB"] = "CENTRAL" },
        [(Noon, true), (HalfAnHour, false), (AnHour, true), (Afternoon, true), (End, true)]);

    /// <summary>The same people, and a policy that allows none of it.</summary>
    public static World Strict() => Pressed() is var pressed ? pressed with
    {
        Name = "strict", Route = pressed.Route with { Required = [.. pressed.Route.Required.Select(r => r with { SilenceCounts = false })], ImmediateAllowed = false, Bypass = [] },
    } : pressed;

    /// <summary>A text that officers may change, and that rests on what can change under it. Ana wrote it; whoever changes it has written it too.</summary>
    public static World Changing() => new(
        "changing", Lane.Routine, Examples.Route(("DESK", 1, 1), ("CENTRAL", 2, 1)) with { Amendable = ["text", "links"] }, ["ana"],
        [Own("ana", "DESK"), Own("ben", "DESK"), Own("cho", "CENTRAL"), Own("eve", "CENTRAL"), Own("gus", "DESK"), Own("fay", "CENTRAL", Roles.HeadOfUnit), Own("dia", "HUB")],
        [For("cho", "dia", "CENTRAL", Afternoon), For("eve", "dia", "CENTRAL", Afternoon)],
        new Dictionary<string, string> { ["DESK"] = "HUB", ["HUB"] = "CENTRAL" },
        [(Noon, true), (End.AddSeconds(-10), false), (End, true)]);

    /// <summary>A text that can wait, whatever the policy allows.</summary>
    public static World Patient() => Pressed() with { Name = "patient", Lane = Lane.Routine, Package = Calm().Package, Other = Calm().Other };

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
