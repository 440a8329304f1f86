using NodaTime;

namespace WorkflowPlatform.Clearance.Calendar;

/// <summary>Reckons in an office's working time, over nights, rest days, holidays and changes of the clocks.</summary>
/// <remarks>An hour is an hour that passes while the office works, whatever its wall clock is put to meanwhile.</remarks>
public static class WorkingTime
{
    /// <summary>The first instant by which so much of the office's working time has passed, in UTC. None at all is over at once, even at night.</summary>
    public static DateTimeOffset Add(OfficeHours hours, DateTimeOffset from, int workingMinutes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingMinutes);
        var (at, left) = (Instant.FromDateTimeOffset(from), Duration.FromMinutes(workingMinutes));
        if (left == Duration.Zero) return from.ToUniversalTime();
        for (var day = at.InZone(hours.Zone).Date; ; day = day.PlusDays(1))
        {
            if (hours.On(day) is not { } open || open.End <= at) continue;
            var begin = Instant.Max(open.Start, at);
            if (open.End - begin >= left) return (begin + left).ToDateTimeOffset();
            left -= open.End - begin;
        }
    }

    /// <summary>How much of the office's working time lies between two instants.</summary>
    public static TimeSpan Between(OfficeHours hours, DateTimeOffset from, DateTimeOffset to)
    {
        var (begin, end, sum) = (Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(to), Duration.Zero);
        if (end <= begin) return TimeSpan.Zero;
        var last = end.InZone(hours.Zone).Date;
        for (var day = begin.InZone(hours.Zone).Date; day <= last; day = day.PlusDays(1))
            if (hours.On(day) is { } open && open.End > begin && open.Start < end)
                sum += Instant.Min(open.End, end) - Instant.Max(open.Start, begin);
        return sum.ToTimeSpan();
    }
}
