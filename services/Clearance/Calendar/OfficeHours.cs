using System.Collections.Frozen;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using WorkflowPlatform.Clearance.Domain.Register;

namespace WorkflowPlatform.Clearance.Calendar;

/// <summary>When an office works: the same hours on each of its days, by the clock of its zone.</summary>
public sealed class OfficeHours
{
    private static readonly string[] Week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Where the clocks are put forward over a time the moment of the jump counts, where a time comes twice the first. So a later wall time never means an earlier instant.</summary>
    private static readonly ZoneLocalMappingResolver InOrder = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private readonly (int Hour, int Minute) opens, closes;
    private readonly FrozenSet<IsoDayOfWeek> restDays;
    private readonly FrozenSet<LocalDate> holidays;

    /// <param name="zone">IANA zone.</param>
    /// <param name="hours"><c>09:00-17:00</c>; the end may be <c>24:00</c>.</param>
    /// <param name="restDays"><c>fri</c>, <c>sat</c> …</param>
    /// <param name="holidays">Dates such as <c>2026-12-25</c>.</param>
    /// <exception cref="ArgumentException">Nobody would ever be there. The register takes no such office.</exception>
    public OfficeHours(string zone, string hours, IReadOnlyList<string> restDays, IReadOnlyList<string> holidays)
    {
        Zone = DateTimeZoneProviders.Tzdb[zone];
        (opens, closes) = (Read(hours[..5]), Read(hours[6..]));
        this.restDays = restDays.Select(day => (IsoDayOfWeek)(Array.IndexOf(Week, day) + 1)).ToFrozenSet();
        this.holidays = holidays.Select(day => LocalDatePattern.Iso.Parse(day).Value).ToFrozenSet();
        if (opens.CompareTo(closes) >= 0 || this.restDays.Count(day => day is not IsoDayOfWeek.None) == Week.Length)
            throw new ArgumentException($"An office with the hours {hours} and the rest days {string.Join(';', restDays)} never works.");
    }

    public static OfficeHours Of(KnownOffice office) => new(office.Zone, office.Hours, office.RestDays, office.Holidays);

    public DateTimeZone Zone { get; }

    /// <summary>The working time of a day; null when there is none: a rest day, a holiday, or a day that the clocks jump over.</summary>
    public Interval? On(LocalDate day)
    {
        if (restDays.Contains(day.DayOfWeek) || holidays.Contains(day)) return null;
        var (from, to) = (At(day, opens), At(day, closes));
        return from < to ? new Interval(from, to) : null;
    }

    private Instant At(LocalDate day, (int Hour, int Minute) time) =>
        Zone.ResolveLocal(time.Hour == 24 ? day.PlusDays(1).AtMidnight() : day.At(new LocalTime(time.Hour, time.Minute)), InOrder).ToInstant();

    private static (int Hour, int Minute) Read(string time) => (int.Parse(time[..2], null), int.Parse(time[3..], null));
}
