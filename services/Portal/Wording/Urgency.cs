using WorkflowPlatform.Contracts;
using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.Wording;

/// <summary>How much time an officer has, in words.</summary>
internal static class Urgency
{
    public static string Of(Waiting item, DateTimeOffset now)
    {
        if (now >= item.NotAfter) return "Its time has passed";
        if (item.NotBefore > now) return $"Goes out in {Times.Length(item.NotBefore - now)}";
        return item.Local is null
            ? $"Goes out as soon as it is cleared; expires in {Times.Length(item.NotAfter - now)}"
            : $"Late by {Times.Length(now - item.NotBefore)}; expires in {Times.Length(item.NotAfter - now)}";
    }

    /// <summary>How much time the reader's office has to decide, after what else is told of the post; empty without a clock.</summary>
    public static string Due(Waiting item, DateTimeOffset now) => item.DueAt is not { } due ? ""
        : $" · {(item.Late || due <= now ? "late" : $"due in {Times.Length(due - now)}")}{item.Reminders switch { 0 => "", 1 => ", reminded", _ => ", reminded twice" }}";

    /// <summary>Less than an hour is left, or none.</summary>
    public static bool IsPressing(Waiting item, DateTimeOffset now) => item.Local is not null && item.NotBefore < now + TimeSpan.FromHours(1);

    public static string Of(Lane lane) => lane switch
    {
        Lane.Routine => "Routine",
        Lane.Priority => "Priority",
        Lane.Immediate => "Immediate",
        _ => "Flash",
    };
}
