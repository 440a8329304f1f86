using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>Smaller ministries, in which less is said and more comes together.</summary>
internal sealed partial record World
{
    private static readonly Dictionary<string, string> Ladder = new() { ["DESK"] = "HUB", ["HUB"] = "CENTRAL" }, Short = new() { ["DESK"] = "CENTRAL" };

    /// <summary>A desk whose silence counts beside the central unit, which may change the text, and a text that rests on what changes: what ran before must not count after.</summary>
    public static World Running() => new(
        "running", Lane.Routine, SilentDesk() with { Amendable = ["text"] }, ["ana"],
        [Own("ben", "DESK"), Own("cho", "CENTRAL"), Own("eve", "CENTRAL")], [], Short, [(Noon, true), (HalfAnHour, true), (AnHour, true), (End, true)])
    {
        Words = [DecisionKind.Cleared],
    };

    /// <summary>The telephone: Ben may clear for two offices, Dia stands in for him, Ida of the mission takes calls, and whoever is called may find the text changed.</summary>
    public static World Called() => new(
        "called", Lane.Routine, Examples.Route(("DESK", 1, 1), ("CENTRAL", 1, 1)) with { Amendable = ["text"] }, ["ana"],
        [Own("ana", "DESK"), Own("ben", "DESK"), Own("ben", "CENTRAL"), Own("cho", "CENTRAL"), Own("ida", "KBL", Roles.DraftingOfficer)], [For("ben", "dia", "DESK", Afternoon)], Ladder, [(Noon, true), (End, true)])
    {
        Words = [DecisionKind.Cleared, DecisionKind.Objected], Callers = [("ana", "DESK"), ("ben", "DESK"), ("ben", "CENTRAL"), ("cho", "CENTRAL")],
    };

    /// <summary>One of two texts: Ana wrote this one and Ben the other, each may clear what the other wrote, and Dia stands in for Ana. <see cref="TheOther"/> is the other.</summary>
    /// <param name="words">What is said of each: with objections too there are many times as many pairs.</param>
    public static World Paired(params DecisionKind[] words) => OfTwo("paired", Short, [], words);

    /// <summary>The same with an office between the two, which may be asked too, and with officers who change the text, stand aside and leave matters to others.</summary>
    public static World PairedWidely() => OfTwo("paired widely", Ladder, ["text"], DecisionKind.Cleared, DecisionKind.Objected, DecisionKind.Recused, DecisionKind.Referred);

    private static World OfTwo(string name, Dictionary<string, string> parents, string[] amendable, params DecisionKind[] words) => new(
        name, Lane.Routine, SilentDesk() with { Amendable = amendable }, ["ana"],
        [Own("ana", "DESK"), Own("ben", "DESK"), Own("cho", "CENTRAL"), .. parents.Count > 1 ? [Own("dia", "HUB")] : Array.Empty<OwnAppointment>()],
        [For("ana", "dia", "DESK", Afternoon)], parents, [(Noon, true), (AnHour, true), (End, true)])
    {
        Words = words, Other = Calm().Other with { Contributors = ["ben"] },
    };

    /// <summary>The same people around the other text, written by Ben.</summary>
    public World TheOther => Twin with { Contributors = ["ben"] };

    /// <summary>A text of another mission.</summary>
    public World OfAnotherMission => this with { Package = Package with { Mission = "TYO", Account = "noticeboard:TYO" }, digest = null, known = null };

    /// <summary>A text that gave reason to look twice.</summary>
    public World Found => this with { Findings = [new Finding(FindingCodes.AltTextMissing, [])] };

    private static Route SilentDesk() => Examples.Route(("DESK", 1, 1), ("CENTRAL", 1, 1)) is var route
        ? route with { Required = [.. route.Required.Select(r => r.Office == "DESK" ? r with { ClockMinutes = 60, SilenceCounts = true } : r)] }
        : route;
}
