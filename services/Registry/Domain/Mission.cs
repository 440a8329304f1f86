using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>One of the ministry's missions abroad, as the register holds it.</summary>
/// <param name="Code">Three capital letters as a rule, for example <c>KBL</c>.</param>
/// <param name="Country">ISO 3166-1, two letters.</param>
/// <param name="TimeZone">IANA zone of its seat.</param>
/// <param name="Languages">ISO 639 codes in which it posts, the first one first.</param>
public sealed record Mission(
    string Code, int Version, string Name, string Kind, string City, string Country, string Region, string TimeZone,
    IReadOnlyList<string> Languages) : IAggregate
{
    public string LedgerId => Code;
}

/// <summary>What may happen to a mission's entry.</summary>
public static class MissionRules
{
    /// <summary>The register takes what a line of a file says; a line that says nothing new changes nothing.</summary>
    public static Decision<Mission> Record(Mission? current, MissionLine line, DateTimeOffset now)
    {
        if (current is not null && Says(current, line)) return Register.Unchanged;
        var mission = new Mission(
            line.Code, (current?.Version ?? 0) + 1, line.Name, line.Kind, line.City, line.Country, line.Region, line.TimeZone, line.Languages);
        return Accept(mission, new MissionRecorded(
            mission.Code, mission.Version, mission.Name, mission.Kind, mission.City, mission.Country, mission.Region, mission.TimeZone, mission.Languages, now));
    }

    private static bool Says(Mission mission, MissionLine line) =>
        (mission.Name, mission.Kind, mission.City, mission.Country, mission.Region, mission.TimeZone)
            == (line.Name, line.Kind, line.City, line.Country, line.Region, line.TimeZone)
        && mission.Languages.SequenceEqual(line.Languages);
}
