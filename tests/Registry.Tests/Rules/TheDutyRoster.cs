using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Registry.Domain;
using WorkflowPlatform.Registry.Imports;

namespace WorkflowPlatform.Registry.Tests.Rules;

public sealed class TheDutyRoster
{
    private static readonly DateTimeOffset Midnight = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Omar = ["HUB-EUROPE", "omar", "2026-12-01T08:00:00Z", "2026-12-01T16:00:00Z", ""];

    private static readonly TimeContext Context = new(new HashSet<string> { "omar", "hina" },
        new[] { new AppointmentRecord(Guid.Empty, 1, "omar", "HUB-EUROPE", Roles.DutyOfficer, Midnight.AddYears(-1), Midnight.AddDays(10)) }.ToLookup(a => (a.Person, a.Office, a.Role)),
        new HashSet<Guid>());

    [Theory]
    [InlineData("2026-12-01T08:00:00Z", "2026-12-01T16:00:00Z", "")]
    [InlineData("2026-12-01T09:00", "2026-12-01T17:00", "Europe/Brussels")]
    [InlineData("2026-12-01T17:00", "2026-12-02T01:00", "Asia/Tokyo")]
    public void Takes_instants_and_times_by_a_zone_s_clocks(string from, string to, string zone) =>
        Check(With((2, from), (3, to), (4, zone))).Good.ShouldHaveSingleItem().ShouldBe(new("HUB-EUROPE", "omar", Midnight.AddHours(8), Midnight.AddHours(16)));

    [Theory]
    [InlineData(0, "HUB-ASIA", "omar is not duty-officer of \"HUB-ASIA\" by appointment")]
    [InlineData(1, "nobody", "Person \"nobody\" is not in the register.")]
    [InlineData(1, "hina", "hina is not duty-officer of \"HUB-EUROPE\" by appointment")]
    [InlineData(2, "2026-12-01T08:00", "is not an instant like 2026-12-01T08:00:00Z. For times by a clock on a wall, give its zone in the last column.")]
    [InlineData(3, "2026-12-01T07:00:00Z", "The duty ends before it begins.")]
    [InlineData(3, "2026-12-01T08:00:00Z", "To is from: that strikes a duty out, and the roster has none like this.")]
    [InlineData(3, "2026-12-12", "omar is not duty-officer of \"HUB-EUROPE\" by appointment during the whole of that time.")]
    [InlineData(4, "Europe/Bruxelles", "the zone is not known.")]
    [InlineData(4, "Europe/Brussels", "that is no time like 2026-12-01T08:00.")]
    public void Says_of_a_bad_value_what_is_wrong_with_it(int column, string value, string reason) =>
        Check(With((column, value))).Rejected.ShouldHaveSingleItem().Reason.ShouldContain(reason);

    [Theory]
    [InlineData("2026-03-29T02:30", "it does not exist there. Give it in UTC.")]
    [InlineData("2026-10-25T02:30", "it comes twice there. Give it in UTC.")]
    public void Guesses_no_time_that_the_clocks_do_not_show_once(string from, string reason) =>
        Check(With((2, from), (3, "2026-12-01T16:00"), (4, "Europe/Brussels"))).Rejected.ShouldHaveSingleItem().Reason.ShouldContain(reason);

    [Fact]
    public void Goes_round_the_world_without_a_word_when_each_hands_over_to_the_next() =>
        DutyRoster.Examine([Duty("HUB-ASIA", 0, 8), Duty("HUB-EUROPE", 8, 16), Duty("HUB-AMERICAS", 16, 24)], Midnight).ShouldBeEmpty();

    [Fact]
    public void Tells_gaps_and_overlaps()
    {
        var remarks = DutyRoster.Examine([Duty("HUB-ASIA", 0, 9), Duty("HUB-EUROPE", 8, 16), Duty("HUB-AMERICAS", 17, 24), Duty("HUB-AFRICA", 18, 18)], Midnight);

        remarks.Select(r => r.ToString()).ShouldBe(
        [
            "HUB-ASIA omar and HUB-EUROPE omar have the duty at once from 2026-12-01T08:00:00Z to 2026-12-01T09:00:00Z.",
            "Nobody has the duty from 2026-12-01T16:00:00Z to 2026-12-01T17:00:00Z.",
        ]);
        DutyRoster.Examine([Duty("HUB-ASIA", 0, 9), Duty("HUB-EUROPE", 8, 16)], Midnight.AddHours(9)).ShouldBeEmpty(); // What is past is past.
    }

    /// <summary>Minute by minute, by counting who is on.</summary>
    [Fact]
    public void Is_told_of_as_a_count_of_each_hour_would_tell_it() => FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(SomeDuties.ToArbitrary(), duties =>
    {
        var remarks = DutyRoster.Examine(duties, Midnight);
        var end = duties.Where(d => d.To > d.From).Select(d => d.To).DefaultIfEmpty(Midnight).Max();
        var begin = duties.Where(d => d.To > d.From).Select(d => d.From).DefaultIfEmpty(Midnight).Min();
        for (var hour = begin; hour < end; hour = hour.AddHours(1))
        {
            var on = duties.Where(d => d.From <= hour && d.To > hour).Select(d => d.Office).Distinct().Count();
            remarks.Count(r => r.From <= hour && r.To > hour).ShouldBe(on == 1 ? 0 : 1);
            if (on != 1) remarks.Single(r => r.From <= hour && r.To > hour).Duties.Count.ShouldBe(on);
        }
    }));

    private static Gen<Duty[]> SomeDuties =>
        (from office in Gen.Elements("HUB-ASIA", "HUB-EUROPE", "HUB-AMERICAS") from hour in Gen.Choose(0, 40) from length in Gen.Choose(0, 12) select Duty(office, hour, hour + length))
        .ListOf().Select(duties => duties.ToArray());

    private static Duty Duty(string office, int from, int to) => new(Guid.Empty, 1, office, "omar", Midnight.AddHours(from), Midnight.AddHours(to));

    private static CheckedFile<DutyLine> Check(string[] fields) => DutyFile.Check([new(2, fields)], Context, WallClocks.Read);

    private static string[] With(params (int Column, string Value)[] changes)
    {
        var fields = Omar.ToArray();
        foreach (var (column, value) in changes) fields[column] = value;
        return fields;
    }
}
