using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>For how long whoever decides can take it back: as it is set, and not at all in the lane Flash.</summary>
internal static class Undoing
{
    public static TimeSpan UndoPeriod(this IConfiguration configuration, Lane lane) =>
        lane is Lane.Flash ? TimeSpan.Zero : TimeSpan.FromSeconds(configuration.GetValue("Clearance:UndoSeconds", 20));
}
