using System.Diagnostics.Metrics;

namespace WorkflowPlatform.Platform.Telemetry;

/// <summary>The platform's own meter.</summary>
public static class Meters
{
    public const string Name = "WorkflowPlatform";

    public static Meter Platform { get; } = new(Name);
}
