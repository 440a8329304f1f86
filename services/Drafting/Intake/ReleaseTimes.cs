using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Http;

namespace WorkflowPlatform.Drafting.Intake;

/// <summary>When a post is to go out, as its author says it: by the clock on a wall.</summary>
/// <param name="Local">For example <c>2026-12-01T09:00</c>; seconds may follow.</param>
/// <param name="Zone">IANA name of the time zone, for example <c>Asia/Tokyo</c>.</param>
/// <param name="Offset">Only for a wall time that comes twice: which of the two, for example <c>+02:00</c>.</param>
public sealed record ReleaseTime(string Local, string Zone, string? Offset = null);

/// <summary>One moment that a wall time can mean.</summary>
public sealed record Reading(string Local, string Offset, DateTimeOffset Instant);

/// <summary>Finds the one moment that a wall time in a zone means. One that means none or two is refused with both readings, never guessed.</summary>
internal static class ReleaseTimes
{
    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");
    private static readonly LocalDateTimePattern Seconds = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss");
    private static readonly OffsetPattern Offsets = OffsetPattern.CreateWithInvariantCulture("+HH:mm");

    /// <summary>The version of the time zone rules this program was built with, for example <c>2026a</c>.</summary>
    public static string Tzdb => TzdbDateTimeZoneSource.Default.TzdbVersion;

    /// <summary>True with the reading that is meant, or with none when it goes out as soon as cleared; else the problem to answer with.</summary>
    public static bool TryRead(ReleaseTime? asked, out Reading? meant, out ProblemHttpResult? problem)
    {
        (meant, problem) = (null, null);
        if (asked is null) return true;
        if (!TryParse(asked.Local, out var local)) return Refuse(Unreadable, [], out problem);
        if (!DateTimeZoneProviders.Tzdb.Ids.Contains(asked.Zone)) return Refuse(UnknownZone, [], out problem);

        var mapping = DateTimeZoneProviders.Tzdb[asked.Zone].MapLocal(local);
        if (mapping.Count == 0) return Refuse(Skipped, Around(mapping), out problem);

        var readings = (mapping.Count == 1 ? [mapping.Single()] : new[] { mapping.First(), mapping.Last() }).Select(Read).ToList();
        if (asked.Offset is null && readings.Count == 2) return Refuse(Ambiguous, readings, out problem);
        meant = asked.Offset is null ? readings[0] : readings.SingleOrDefault(r => r.Offset == asked.Offset);
        return meant is not null || Refuse(WrongOffset, readings, out problem);
    }

    /// <summary>True for a wall time that comes twice in its zone, so that the offset is part of what was said.</summary>
    public static bool ComesTwice(ReleaseTime asked) =>
        TryParse(asked.Local, out var local) && DateTimeZoneProviders.Tzdb[asked.Zone].MapLocal(local).Count == 2;

    private static bool TryParse(string text, out LocalDateTime local)
    {
        var parsed = Minutes.Parse(text) is { Success: true } minutes ? minutes : Seconds.Parse(text);
        local = parsed.Success ? parsed.Value : default;
        return parsed.Success && local.Year is >= 1900 and <= 9000;
    }

    /// <summary>What the clocks showed just before they were put forward, and what they show just after, for the same count of minutes.</summary>
    private static List<Reading> Around(ZoneLocalMapping mapping) =>
    [
        Read(mapping.LocalDateTime.WithOffset(mapping.EarlyInterval.WallOffset).InZone(mapping.Zone)),
        Read(mapping.LocalDateTime.WithOffset(mapping.LateInterval.WallOffset).InZone(mapping.Zone)),
    ];

    private static Reading Read(ZonedDateTime at) =>
        new((at.Second == 0 ? Minutes : Seconds).Format(at.LocalDateTime), Offsets.Format(at.Offset), at.ToInstant().ToDateTimeOffset());

    private static bool Refuse(Refusal refusal, IReadOnlyList<Reading> readings, out ProblemHttpResult problem)
    {
        problem = readings.Count == 0 ? refusal.ToProblem() : refusal.ToProblem(("readings", readings));
        return false;
    }

    public static readonly Refusal Unreadable = new("release.local", "Give the time of release as 2026-12-01T09:00.", 400);
    public static readonly Refusal UnknownZone = new("release.zone", "This time zone is not known. Give its IANA name, for example Asia/Tokyo.", 400);
    public static readonly Refusal Skipped = new("release.skipped", "The clocks are put forward over this time: it does not exist there. Choose one of the two readings, or another time.", 400);
    public static readonly Refusal Ambiguous = new("release.ambiguous", "The clocks are put back over this time: it comes twice there. Send the offset of the reading you mean.", 400);
    public static readonly Refusal WrongOffset = new("release.offset", "The zone does not have this offset at that time. Leave the offset out, or send one of the readings'.", 400);
}
