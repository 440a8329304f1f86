using System.Globalization;
using Microsoft.AspNetCore.Html;
using NodaTime;
using NodaTime.Text;

namespace WorkflowPlatform.Portal.Wording;

/// <summary>Times as people read them: by the mission's clock with UTC beside, in the Gregorian calendar, whatever the machine is set to.</summary>
internal static class Times
{
    private static readonly LocalDateTimePattern Long = LocalDateTimePattern.CreateWithInvariantCulture("d MMMM yyyy, HH:mm");
    private static readonly LocalDateTimePattern DayAndTime = LocalDateTimePattern.CreateWithInvariantCulture("d MMM HH:mm");
    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalDateTimePattern Field = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private static readonly LocalDateTimePattern[] Typed =
    [
        Field, .. new[] { "uuuu-MM-dd'T'HH:mm:ss", "uuuu-MM-dd HH:mm", "d/M/uuuu HH:mm", "d.M.uuuu HH:mm", "d MMMM uuuu HH:mm", "d MMMM uuuu, HH:mm", "d MMM uuuu HH:mm" }
            .Select(LocalDateTimePattern.CreateWithInvariantCulture),
    ];

    /// <summary>"1 December 2026, 09:00 Tokyo time (00:00 UTC)".</summary>
    public static string Text(DateTimeOffset instant, Place place)
    {
        var local = place.Local(instant);
        if (place.Zone == DateTimeZone.Utc) return $"{Long.Format(local)} UTC";
        var utc = LocalDateTime.FromDateTime(instant.UtcDateTime);
        return $"{Long.Format(local)} {place.Clock} ({(utc.Date == local.Date ? Time : DayAndTime).Format(utc)} UTC)";
    }

    /// <summary>The same for a page. The brackets of <c>bdi</c> keep it in order inside right-to-left text.</summary>
    public static IHtmlContent Show(DateTimeOffset instant, Place place) => Markup.Of(Html(instant, place));

    public static string Html(DateTimeOffset instant, Place place) =>
        $"<bdi><time datetime=\"{instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\">{Markup.Encode(Text(instant, place))}</time></bdi>";

    /// <summary>"1 December 2026", by UTC.</summary>
    public static IHtmlContent Day(DateTimeOffset instant) =>
        Markup.Of($"<bdi>{instant.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}</bdi>");

    /// <summary>A wall time as the form's field holds it: <c>2026-12-01T09:00</c>.</summary>
    public static string ForField(LocalDateTime local) => Field.Format(local);

    /// <summary>Reads what stands in the field: what browsers send, or one of the ways people write it. Null when it is no time.</summary>
    public static LocalDateTime? Read(string text)
    {
        foreach (var pattern in Typed)
            if (pattern.Parse(text.Trim()) is { Success: true, Value: var local }) return local;
        return null;
    }

    /// <summary>"2 hours 5 minutes": the two largest units, rounded down.</summary>
    public static string Length(TimeSpan span)
    {
        span = span.Duration();
        if (span.TotalMinutes < 1) return Count((int)span.TotalSeconds, "second");
        if (span.TotalHours < 1) return Count(span.Minutes, "minute");
        return span.TotalDays < 1 ? Two(Count(span.Hours, "hour"), span.Minutes, "minute") : Two(Count((int)span.TotalDays, "day"), span.TotalDays < 10 ? span.Hours : 0, "hour");
    }

    private static string Two(string first, int rest, string unit) => rest == 0 ? first : $"{first} {Count(rest, unit)}";

    private static string Count(int n, string unit) => n == 1 ? $"1 {unit}" : string.Create(CultureInfo.InvariantCulture, $"{n} {unit}s");
}
