using System.Security.Cryptography;
using System.Text;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Drafting.Tests.Features;

/// <summary>Handing a revision over for clearance, and the package that is made of it.</summary>
public sealed class Submitting
{
    [Theory, OnBothDatabases]
    public async Task The_package_is_given_out_exactly_as_it_was_hashed(Store store)
    {
        await using var desk = await Desk.OpenAsync(new Setup(store) { Clock = new ManualClock() });
        var text = "پاسپورٹ کی درخواستیں — ខ្មែរ 👩‍👩‍👧 \"quoted\"\r\nзавтра";
        var written = await Desk.WriteAsync(desk.Bilal, Desk.Draft(text, release: new { local = "2026-12-24T18:00", zone = "Europe/Paris" }, language: "ur"));
        await desk.Amina.Post($"api/drafting/drafts/{written["id"].GetGuid()}/revisions", Desk.Revision(text + ".", release: new { local = "2026-12-24T18:00", zone = "Europe/Paris" }), version: 1);
        var round = await Desk.SubmitAsync(desk.Bilal, written["id"].GetGuid(), 2);

        var clearance = desk.Service.ServiceClient("clearance");
        using var response = await clearance.GetAsync(new Uri($"api/drafting/packages/{round.Digest}", UriKind.Relative), TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(round.Digest);
        response.Headers.ETag!.Tag.ShouldBe($"\"{round.Digest}\"");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");

        var package = CanonicalJson.Parse<ReleasePackage>(bytes);
        package.Text.ShouldBe(text + ".");
        package.Contributors.ShouldBe(["1001", "1002"]);
        (package.Type, package.Revision, package.Network, package.SubmittedBy).ShouldBe((ReleasePackage.V1, 2, "noticeboard", new Capacity("1002", Desk.Paris)));
        (package.Local, package.Zone).ShouldBe(("2026-12-24T18:00", "Europe/Paris"));
        package.Tzdb.ShouldNotBeNull().ShouldMatch("^20[0-9]{2}[a-z]$");
        (package.NotBefore, package.NotAfter).ShouldBe((DateTimeOffset.Parse("2026-12-24T17:00:00Z"), DateTimeOffset.Parse("2026-12-25T17:00:00Z")));
        package.Salt.ShouldMatch("^[0-9a-f]{32}$");
    }

    [Theory, OnBothDatabases]
    public async Task Without_a_time_it_may_go_out_as_soon_as_it_is_cleared(Store store)
    {
        await using var desk = await Desk.OpenAsync(new Setup(store) { Clock = new ManualClock() });
        var round = await Desk.SubmitAsync(desk.Amina);

        var read = await Desk.ReadAsync(desk.Amina, round.Draft);
        (read["state"].GetString(), read["standing"].GetString(), read["packageDigest"].GetString()).ShouldBe(("Submitted", "InClearance", round.Digest));
        read["notBefore"].GetDateTimeOffset().ShouldBe(desk.At);
        read["notAfter"].GetDateTimeOffset().ShouldBe(desk.At.AddHours(24));
        read["release"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Theory, OnBothDatabases]
    public async Task The_fact_tells_the_digest_and_never_the_text(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var round = await Desk.SubmitAsync(desk.Amina, Desk.Draft("canary-7341"));

        var facts = await desk.Service.Db<Data.DraftingDb, List<OutboxRow>>(db => db.Outbox.Where(row => row.AggregateId == round.Draft.ToString()).OrderBy(row => row.Version).ToListAsync());
        facts.Select(f => f.Type).ShouldBe([typeof(RevisionSaved).FullName, typeof(PackageSubmitted).FullName]);
        facts.ShouldAllBe(fact => !Encoding.UTF8.GetString(fact.Body).Contains("canary-7341"));
        Encoding.UTF8.GetString(facts[1].Body).ShouldContain(round.Digest);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_submitted_is_read_only_and_submitted_once(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var round = await Desk.SubmitAsync(desk.Amina);

        (await desk.Amina.Post($"api/drafting/drafts/{round.Draft}/submissions", version: 2)).ShouldBe(409, "draft.already-submitted");
        (await desk.Amina.Post($"api/drafting/drafts/{round.Draft}/revisions", Desk.Revision("Changed."), version: 2)).ShouldBe(409, "draft.submitted");
        (await desk.Amina.Post($"api/drafting/drafts/{round.Draft}/revisions", Desk.Revision("We are open."), version: 2)).ShouldBe(200).Version.ShouldBe(2, "a save without change voids nothing");
        (await desk.Amina.Post($"api/drafting/drafts/{round.Draft}/submissions")).ShouldBe(428, "if-match.missing");
        (await desk.Amina.Post($"api/drafting/drafts/{round.Draft}/submissions", version: 1)).ShouldBe(412, "changed");
    }

    [Theory, OnBothDatabases]
    public async Task Of_many_submissions_at_once_exactly_one_counts(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var id = (await Desk.WriteAsync(desk.Amina))["id"].GetGuid();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => desk.Amina.Post($"api/drafting/drafts/{id}/submissions", version: 1)));

        answers.Select(a => a.Status).Order().ShouldBe([201, .. Enumerable.Repeat(412, 7)]);
        (await desk.Service.Db<Data.DraftingDb, int>(db => db.Packages.CountAsync(p => p.DraftId == id))).ShouldBe(1);
    }

    [Fact]
    public async Task What_changed_since_the_save_is_checked_again()
    {
        var clock = new ManualClock();
        await using var desk = await Desk.OpenAsync(new Setup(Store.Sqlite) { Clock = clock });
        var timed = (await Desk.WriteAsync(desk.Amina, Desk.Draft(release: new { local = "2026-12-01T10:30", zone = "Europe/Paris" })))["id"].GetGuid();
        var open = (await Desk.WriteAsync(desk.Amina))["id"].GetGuid();

        clock.Advance(TimeSpan.FromHours(1));
        (await desk.Amina.Post($"api/drafting/drafts/{timed}/submissions", version: 1)).ShouldBe(400, "release.past");
        await desk.HeardAsync(new AccountRecorded("noticeboard:PAR", 2, Desk.Paris, "noticeboard", "PAR", false, false, desk.At));
        (await desk.Amina.Post($"api/drafting/drafts/{open}/submissions", version: 1)).ShouldBe(409, "draft.account-not-live");
    }

    [Fact]
    public async Task Packages_are_for_the_two_services_that_work_on_them()
    {
        await using var desk = await Desk.OpenAsync(Store.Sqlite);
        var round = await Desk.SubmitAsync(desk.Amina);
        var path = $"api/drafting/packages/{round.Digest}";

        (await desk.Service.ServiceClient("publishing").Get(path)).ShouldBe(200);
        (await desk.Service.ServiceClient("oversight").Get(path)).ShouldBe(403);
        (await desk.Amina.Get(path)).ShouldBe(403);
        (await desk.Clearing.Get(path)).ShouldBe(403);
        (await desk.Service.ClientWith().Get(path)).ShouldBe(401);
        (await desk.Service.ServiceClient("clearance").Get($"api/drafting/packages/{new string('0', 64)}")).ShouldBe(404);
    }

    [Theory, OnBothDatabases]
    public async Task Revisions_and_packages_cannot_be_changed_even_behind_the_rules(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        await Desk.SubmitAsync(desk.Amina);

        foreach (var sql in new[] { "update revision set text = 'x'", "update package set mission = 'x'" })
            (await Should.ThrowAsync<System.Data.Common.DbException>(() => desk.Service.Db<Data.DraftingDb>(db => db.Database.ExecuteSqlRawAsync(sql)))).Message.ShouldContain("never changed");
    }
}
