namespace WorkflowPlatform.Drafting.Tests.Features;

/// <summary>When a post is to go out, as it is said and as it is understood. The clock stands at 1 December 2026, 09:00 UTC.</summary>
public sealed class TimesOfRelease
{
    [Theory, OnBothDatabases]
    public async Task A_wall_time_in_a_zone_is_one_instant_and_grows_stale_a_day_later(Store store)
    {
        await using var desk = await Desk.OpenAsync(new Setup(store) { Clock = new ManualClock() });
        var id = (await Desk.WriteAsync(desk.Amina, Desk.Draft(release: new { local = "2026-12-24T09:00:05", zone = "Asia/Tokyo" })))["id"].GetGuid();

        var read = await Desk.ReadAsync(desk.Amina, id);
        read["notBefore"].GetDateTimeOffset().ShouldBe(DateTimeOffset.Parse("2026-12-24T00:00:05Z"));
        read["notAfter"].GetDateTimeOffset().ShouldBe(DateTimeOffset.Parse("2026-12-25T00:00:05Z"));
        (read["release"].GetProperty("local").GetString(), read["release"].GetProperty("zone").GetString()).ShouldBe(("2026-12-24T09:00:05", "Asia/Tokyo"));
    }

    [Fact]
    public async Task A_time_that_the_clocks_skip_is_refused_with_both_readings()
    {
        await using var desk = await Desk.OpenAsync(new Setup(Store.Sqlite) { Clock = new ManualClock() });
        var skipped = (await desk.Amina.Post("api/drafting/drafts", Desk.Draft(release: new { local = "2027-03-28T02:30", zone = "Europe/Paris" }))).ShouldBe(400, "release.skipped");

        Readings(skipped).ShouldBe([("2027-03-28T03:30", "+02:00", "2027-03-28T01:30:00Z"), ("2027-03-28T01:30", "+01:00", "2027-03-28T00:30:00Z")]);
        foreach (var (local, offset, _) in Readings(skipped))
            await Desk.WriteAsync(desk.Amina, Desk.Draft(release: new { local, zone = "Europe/Paris", offset }));
    }

    [Fact]
    public async Task A_time_that_comes_twice_is_refused_until_one_reading_is_chosen()
    {
        await using var desk = await Desk.OpenAsync(new Setup(Store.Sqlite) { Clock = new ManualClock() });
        var twice = (await desk.Amina.Post("api/drafting/drafts", Desk.Draft(release: new { local = "2027-10-31T02:30", zone = "Europe/Paris" }))).ShouldBe(400, "release.ambiguous");
        Readings(twice).ShouldBe([("2027-10-31T02:30", "+02:00", "2027-10-31T00:30:00Z"), ("2027-10-31T02:30", "+01:00", "2027-10-31T01:30:00Z")]);

        foreach (var (local, offset, instant) in Readings(twice))
        {
            var id = (await Desk.WriteAsync(desk.Amina, Desk.Draft(release: new { local, zone = "Europe/Paris", offset })))["id"].GetGuid();
            var read = await Desk.ReadAsync(desk.Amina, id);
            read["notBefore"].GetDateTimeOffset().ShouldBe(DateTimeOffset.Parse(instant));
            read["release"].GetProperty("offset").GetString().ShouldBe(offset);
            (await Desk.SubmitAsync(desk.Amina, id, 1)).Digest.ShouldNotBeEmpty();
        }
        (await desk.Amina.Post("api/drafting/drafts", Desk.Draft(release: new { local = "2027-10-31T02:30", zone = "Europe/Paris", offset = "+03:00" }))).ShouldBe(400, "release.offset");
    }

    [Fact]
    public async Task An_offset_that_the_zone_does_not_have_is_refused_and_one_it_has_says_nothing_new()
    {
        await using var desk = await Desk.OpenAsync(new Setup(Store.Sqlite) { Clock = new ManualClock() });
        (await desk.Amina.Post("api/drafting/drafts", Desk.Draft(release: new { local = "2026-12-24T09:00", zone = "Asia/Tokyo", offset = "+08:00" }))).ShouldBe(400, "release.offset");

        var id = (await Desk.WriteAsync(desk.Amina, Desk.Draft("One.", release: new { local = "2026-12-24T09:00", zone = "Asia/Tokyo", offset = "+09:00" })))["id"].GetGuid();
        var without = Desk.Revision("One.", release: new { local = "2026-12-24T09:00", zone = "Asia/Tokyo" });
        (await desk.Amina.Post($"api/drafting/drafts/{id}/revisions", without, version: 1)).ShouldBe(200).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Windows_that_make_no_sense_are_refused()
    {
        await using var desk = await Desk.OpenAsync(new Setup(Store.Sqlite) { Clock = new ManualClock() });
        (object? Release, string? NotAfter, string Code)[] bad =
        [
            (new { local = "2026-12-01T09:59", zone = "Europe/Paris" }, null, "release.past"),
            (new { local = "0001-01-01T00:00", zone = "Europe/Paris" }, null, "release.local"),
            (new { local = "2028-02-01T09:00", zone = "Europe/Paris" }, null, "release.too-far"),
            (new { local = "9999-12-31T23:59", zone = "Europe/Paris" }, null, "release.local"),
            (new { local = "2026-12-24 09:00", zone = "Europe/Paris" }, null, "release.local"),
            (new { local = "2026-02-30T09:00", zone = "Europe/Paris" }, null, "release.local"),
            (new { local = "2026-12-24T09:00", zone = "Europe/Atlantis" }, null, "release.zone"),
            (new { local = "2026-12-24T09:00", zone = "UTC+05" }, null, "release.zone"),
            (new { local = "2026-12-24T09:00", zone = "Europe/Paris" }, "2026-12-24T08:00:00Z", "release.not-after"),
            (new { local = "2026-12-24T09:00", zone = "Europe/Paris" }, "2029-12-24T08:00:00Z", "release.not-after"),
            (null, "2026-12-01T09:00:00Z", "release.not-after"),
        ];
        foreach (var (release, notAfter, code) in bad)
            (await desk.Amina.Post("api/drafting/drafts", Desk.Draft(release: release, notAfter: notAfter is null ? null : DateTimeOffset.Parse(notAfter)))).ShouldBe(400, code);
    }

    private static List<(string Local, string Offset, string Instant)> Readings(Answer problem) =>
        [.. problem["readings"].EnumerateArray().Select(r => (
            r.GetProperty("local").GetString()!, r.GetProperty("offset").GetString()!, r.GetProperty("instant").GetDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")))];
}
