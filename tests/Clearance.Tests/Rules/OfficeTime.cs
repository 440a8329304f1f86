using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using WorkflowPlatform.Clearance.Calendar;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class OfficeTime
{
    private static readonly OfficeHours Karachi = new("Asia/Karachi", "09:00-17:00", ["sat", "sun"], ["2026-12-25"]);

    [Theory]
    [InlineData("2026-12-01T04:00Z", 60, "2026-12-01T05:00Z")] // Tuesday at nine.
    [InlineData("2026-12-01T00:00Z", 60, "2026-12-01T05:00Z")] // Before it opens.
    [InlineData("2026-12-01T11:30Z", 30, "2026-12-01T12:00Z")] // To the minute at which it closes.
    [InlineData("2026-12-01T11:30Z", 31, "2026-12-02T04:01Z")] // Over the night.
    [InlineData("2026-12-04T11:30Z", 60, "2026-12-07T04:30Z")] // Over Saturday and Sunday.
    [InlineData("2026-12-24T11:30Z", 60, "2026-12-28T04:30Z")] // Over a holiday and the days of rest after it.
    [InlineData("2026-12-01T04:00Z", 480, "2026-12-01T12:00Z")]
    [InlineData("2026-12-01T04:00Z", 2400, "2026-12-07T12:00Z")]
    [InlineData("2026-12-05T03:00Z", 0, "2026-12-05T03:00Z")] // Nothing to wait for.
    public void Passes_while_the_office_works(string from, int minutes, string expected) => WorkingTime.Add(Karachi, At(from), minutes).ShouldBe(At(expected));

    [Theory]
    [InlineData("00:00-24:00", "2026-03-29T00:00Z", 60, "2026-03-29T01:00Z")]
    [InlineData("00:00-24:00", "2026-03-28T23:00Z", 23 * 60, "2026-03-29T22:00Z")] // In Brussels this day has 23 hours.
    [InlineData("00:00-24:00", "2026-10-24T22:00Z", 25 * 60, "2026-10-25T23:00Z")] // And this one 25.
    [InlineData("02:30-04:00", "2026-03-29T00:00Z", 60, "2026-03-29T02:00Z")] // It opens when the clocks jump from two to three.
    [InlineData("02:00-03:00", "2026-03-29T00:00Z", 30, "2026-03-30T00:30Z")] // The hour is not there on that day.
    [InlineData("02:30-04:00", "2026-10-25T00:00Z", 60, "2026-10-25T01:30Z")] // Half past two comes twice: it opens at the first.
    [InlineData("09:00-17:00", "2026-03-28T15:00Z", 120, "2026-03-29T08:00Z")] // Summer time begins over the night.
    public void Is_time_that_passes_whatever_the_clocks_are_put_to(string hours, string from, int minutes, string expected) =>
        WorkingTime.Add(new("Europe/Brussels", hours, [], []), At(from), minutes).ShouldBe(At(expected));

    [Fact]
    public void Knows_no_day_that_a_country_left_out() =>
        WorkingTime.Add(new("Pacific/Apia", "09:00-17:00", [], []), At("2011-12-30T02:00Z"), 120).ShouldBe(At("2011-12-30T20:00Z")); // From Thursday to Saturday.

    [Theory]
    [InlineData("09:00-09:00")]
    [InlineData("17:00-09:00")]
    [InlineData("09:00-17:00", "mon", "tue", "wed", "thu", "fri", "sat", "sun")]
    public void Is_no_time_where_nobody_ever_works(string hours, params string[] rest) => Should.Throw<ArgumentException>(() => new OfficeHours("Asia/Karachi", hours, rest, []));

    [Fact]
    public void Never_comes_earlier_for_who_began_later_or_waits_longer() => Holds((hours, from, a, b) =>
    {
        WorkingTime.Add(hours, from.AddMinutes(a), b).ShouldBeGreaterThanOrEqualTo(WorkingTime.Add(hours, from, b));
        WorkingTime.Add(hours, from, a + b).ShouldBeGreaterThanOrEqualTo(WorkingTime.Add(hours, from, a));
    });

    [Fact]
    public void Adds_up() => Holds((hours, from, a, b) =>
    {
        WorkingTime.Add(hours, WorkingTime.Add(hours, from, a), b).ShouldBe(WorkingTime.Add(hours, from, a + b));
        WorkingTime.Between(hours, from, WorkingTime.Add(hours, from, a)).ShouldBe(TimeSpan.FromMinutes(a));
    });

    /// <summary>Looked up on a wall clock and a calendar, by another way than it was reckoned.</summary>
    [Fact]
    public void Ends_while_the_office_works() => Check.QuickThrowOnFailure(Prop.ForAll(SomeOffice.ToArbitrary(), SomeInstant.ToArbitrary(), Gen.Choose(1, 5000).ToArbitrary(), (office, from, minutes) =>
    {
        var end = WorkingTime.Add(office.Hours, from, minutes);
        var wall = Instant.FromDateTimeOffset(end.AddMilliseconds(-1)).InZone(office.Hours.Zone); // At the last moment it is still there.
        office.Rest.ShouldNotContain(wall.DayOfWeek.ToString()[..3].ToLowerInvariant());
        office.Holidays.ShouldNotContain(wall.Date.ToString("uuuu-MM-dd", null));
        wall.Hour.ShouldBeInRange(office.Opens, office.Closes - 1);
    }));

    [Fact]
    public void Is_the_same_wherever_the_machine_stands() => Holds((hours, from, a, _) =>
    {
        var end = WorkingTime.Add(hours, from, a);
        end.Offset.ShouldBe(TimeSpan.Zero);
        WorkingTime.Add(hours, from.ToOffset(TimeSpan.FromHours(14)), a).ShouldBe(end);
        foreach (var zone in new[] { "Pacific/Kiritimati", "America/St_Johns" })
            try
            {
                Environment.SetEnvironmentVariable("TZ", zone);
                TimeZoneInfo.ClearCachedData();
                TimeZoneInfo.Local.Id.ShouldBe(zone);
                WorkingTime.Add(hours, from, a).ShouldBe(end);
            }
            finally
            {
                Environment.SetEnvironmentVariable("TZ", null);
                TimeZoneInfo.ClearCachedData();
            }
    });

    /// <summary>For any office, beginning and two amounts of time.</summary>
    private static void Holds(Action<OfficeHours, DateTimeOffset, int, int> claim) => Check.QuickThrowOnFailure(Prop.ForAll(
        SomeOffice.ToArbitrary(), SomeInstant.ToArbitrary(), (from two in Gen.Choose(0, 5000).Two() select two).ToArbitrary(), (office, from, two) => claim(office.Hours, from, two.Item1, two.Item2)));

    private sealed record Example(string Zone, int Opens, int Closes, IReadOnlyList<string> Rest, IReadOnlyList<string> Holidays)
    {
        public OfficeHours Hours => new(Zone, $"{Opens:00}:00-{Closes:00}:00", Rest, Holidays);
    }

    private static Gen<Example> SomeOffice =>
        from zone in Gen.Elements("Asia/Karachi", "Europe/Brussels", "America/New_York", "America/Santiago", "Africa/Casablanca", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Tehran", "Africa/Cairo")
        from opens in Gen.Choose(4, 12)
        from length in Gen.Choose(1, 12)
        from rest in Gen.SubListOf("mon", "thu", "fri", "sat", "sun")
        from holidays in Gen.SubListOf("2026-03-23", "2026-03-29", "2026-03-30", "2026-10-25", "2026-12-25")
        select new Example(zone, opens, opens + length, [.. rest], [.. holidays]);

    private static Gen<DateTimeOffset> SomeInstant =>
        from minutes in Gen.Choose(0, 400 * 24 * 60)
        from milliseconds in Gen.Choose(0, 59_999)
        select At("2026-01-01T00:00Z").AddMinutes(minutes).AddMilliseconds(milliseconds);

    private static DateTimeOffset At(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal);
}
