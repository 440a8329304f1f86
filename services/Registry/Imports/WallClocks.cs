using NodaTime;
using NodaTime.Text;

namespace WorkflowPlatform.Registry.Imports;

/// <summary>Zones, and what their clocks mean. A wall time that comes twice or never is not guessed at.</summary>
internal static class WallClocks
{
    public static readonly IReadOnlySet<string> Zones = new HashSet<string>(DateTimeZoneProviders.Tzdb.Ids);

    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    /// <summary>The one instant that a wall time means, or why there is not one.</summary>
    public static (DateTimeOffset? Instant, string? Flaw) Read(string local, string zone)
    {
        if (!Zones.Contains(zone)) return (null, "the zone is not known. Zones are written as in Asia/Kabul.");
        if (!Minutes.Parse(local).TryGetValue(default, out var wall) || wall.Year is < 1900 or > 9000) return (null, "that is no time like 2026-12-01T08:00.");
        var meant = DateTimeZoneProviders.Tzdb[zone].MapLocal(wall);
        return meant.Count switch
        {
            1 => (meant.Single().ToInstant().ToDateTimeOffset(), null),
            0 => (null, "the clocks are put forward over this time: it does not exist there. Give it in UTC."),
            _ => (null, "the clocks are put back over this time: it comes twice there. Give it in UTC."),
        };
    }
}
