using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Drafting.Intake;

namespace WorkflowPlatform.Drafting.Tests.Rules;

/// <summary>Wall times in all the zones there are, and the windows that come of them.</summary>
public sealed class Windows
{
    private static readonly IReadOnlyList<string> Zones = DateTimeZoneProviders.Tzdb.Ids;

    [Fact]
    public void A_wall_time_means_one_instant_or_is_refused_with_two_that_are_near_it() => Prop.ForAll(
        (from zone in Gen.Elements(Zones.AsEnumerable())
         from day in Gen.Choose(0, 800)
         from minute in Gen.Choose(0, 24 * 60 - 1)
         select (zone, local: new LocalDateTime(2026, 12, 1, 0, 0).PlusDays(day).PlusMinutes(minute))).ToArbitrary(), at =>
    {
        var said = new ReleaseTime(at.local.ToString("uuuu-MM-dd'T'HH:mm", null), at.zone);
        var zone = DateTimeZoneProviders.Tzdb[at.zone];
        if (ReleaseTimes.TryRead(said, out var meant, out var problem))
        {
            meant.ShouldNotBeNull().Local.ShouldBe(said.Local);
            Instant.FromDateTimeOffset(meant.Instant).InZone(zone).LocalDateTime.ShouldBe(at.local);
            ReleaseTimes.ComesTwice(said).ShouldBeFalse();
            return;
        }
        var readings = (IReadOnlyList<Reading>)problem!.ProblemDetails.Extensions["readings"]!;
        readings.Count.ShouldBe(2);
        foreach (var reading in readings)
        {
            Instant.FromDateTimeOffset(reading.Instant).InZone(zone).LocalDateTime.ToString("uuuu-MM-dd'T'HH:mm", null).ShouldBe(reading.Local);
            ReleaseTimes.TryRead(new ReleaseTime(reading.Local, at.zone, reading.Offset), out var chosen, out _).ShouldBeTrue();
            chosen.ShouldNotBeNull().Instant.ShouldBe(reading.Instant);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Every_change_of_a_clock_in_the_next_years_is_noticed()
    {
        var (from, to, noticed) = (Instant.FromUtc(2026, 12, 1, 0, 0), Instant.FromUtc(2029, 1, 1, 0, 0), 0);
        foreach (var id in Zones)
            foreach (var after in DateTimeZoneProviders.Tzdb[id].GetZoneIntervals(from, to).Skip(1))
            {
                var before = DateTimeZoneProviders.Tzdb[id].GetZoneInterval(after.Start - Duration.Epsilon);
                var shift = after.WallOffset - before.WallOffset;
                if (shift == Offset.Zero) continue;
                // A minute inside of the gap or of the overlap.
                var wall = (shift > Offset.Zero ? after.Start.WithOffset(before.WallOffset) : after.Start.WithOffset(after.WallOffset)).LocalDateTime.PlusMinutes(1);
                ReleaseTimes.TryRead(new ReleaseTime(wall.ToString("uuuu-MM-dd'T'HH:mm", null), id), out _, out var problem).ShouldBeFalse($"{id} {wall}");
                problem!.ProblemDetails.Extensions["code"].ShouldBe(shift > Offset.Zero ? "release.skipped" : "release.ambiguous");
                noticed++;
            }
        noticed.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void An_admitted_window_lies_ahead_and_ends_after_it_begins() => Prop.ForAll(
        (from begins in Gen.Choose(-2000, 600_000)
         from ends in Gen.Choose(-2000, 1_300_000)
         select (From: Given.Now.AddMinutes(begins), Until: Given.Now.AddMinutes(ends))).ToArbitrary(), window =>
    {
        var admitted = ReleaseWindow.Refuses(window.From, window.Until, Given.Now) is null;
        admitted.ShouldBe(window.From >= Given.Now && window.From <= Given.Now.AddDays(400) && window.Until > window.From && window.Until <= window.From.AddDays(400));
        (ReleaseWindow.Refuses(null, window.Until, Given.Now) is null).ShouldBe(window.Until > Given.Now && window.Until <= Given.Now.AddDays(400));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
}
