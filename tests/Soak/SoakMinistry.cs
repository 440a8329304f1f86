using WorkflowPlatform.Platform.Telemetry;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Soak;

/// <summary>A small ministry for long work: some missions of the real list, in many zones and scripts.</summary>
internal static class SoakMinistry
{
    private static readonly string[] Codes = ["KBL", "LON", "PAR", "RUH", "TYO", "WAS", "PEK", "NBO"];

    public static readonly IReadOnlyList<MissionLine> Missions = [.. MinistryFiles.Missions().Where(mission => Codes.Contains(mission.Code))];

    /// <summary>The services that pass a step when posts go their way.</summary>
    public static IReadOnlyList<string> Passing(string step) => step switch
    {
        Steps.Committed or Steps.Sent => ["drafting", "clearance", "publishing", "registry"],
        Steps.ConsumerCommitted => ["clearance", "publishing", "drafting", "oversight"],
        Steps.Intended or Steps.Called => ["publishing"],
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "No such step."),
    };
}
