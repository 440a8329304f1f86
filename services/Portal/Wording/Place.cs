using NodaTime;
using NodaTime.TimeZones;
using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.Wording;

/// <summary>A mission as readers know it: its name, and whose clock its times are told by.</summary>
internal sealed record Place(string Code, string Name, string City, DateTimeZone Zone)
{
    /// <summary>The centre's own view: coordinated universal time.</summary>
    public static Place Nowhere { get; } = new("", "", "UTC", DateTimeZone.Utc);

    public string Clock => Zone == DateTimeZone.Utc ? "UTC" : $"{City} time";

    public static Place Of(string code, Mission? mission) => mission is null
        ? Nowhere with { Code = code, Name = code }
        : new(code, mission.Name, mission.City, DateTimeZoneProviders.Tzdb.GetZoneOrNull(mission.TimeZone) ?? DateTimeZone.Utc);

    public LocalDateTime Local(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(Zone).LocalDateTime;

    /// <summary>What a wall time means here: once as a rule, never or twice when clocks change.</summary>
    public ZoneLocalMapping Map(LocalDateTime local) => Zone.MapLocal(local);
}
