namespace WorkflowPlatform.Platform.Time;

/// <summary>Now, as the platform keeps time: UTC, whole milliseconds.</summary>
public static class Clock
{
    extension(TimeProvider clock)
    {
        public DateTimeOffset Now => clock.GetUtcNow().ToWholeMilliseconds();
    }

    /// <summary>Every store keeps whole milliseconds; what is finer would not survive a round trip.</summary>
    public static DateTimeOffset ToWholeMilliseconds(this DateTimeOffset instant) =>
        new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
}
