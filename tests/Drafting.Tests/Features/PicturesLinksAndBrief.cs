using WorkflowPlatform.Contracts;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Drafting.Tests.Features;

/// <summary>What goes with a text, from the upload to the package.</summary>
public sealed class PicturesLinksAndBrief
{
    private const string Figure = "figure:01a2021b-0000-7000-8000-000000000002";
    private const string Line = "line:01a2021b-0000-7000-8000-000000000001";
    private const string Place = "api/drafting/missions/PAR/media";

    [Theory, OnBothDatabases]
    public async Task All_of_it_is_in_the_revision_and_in_the_package(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var first = await BringAsync(desk.Bilal, Pictures.Jpeg("33.69N 73.05E"), "image/jpeg");
        var second = await BringAsync(desk.Amina, Pictures.Png());
        first["digest"].GetString().ShouldBe(Pictures.DigestOf(Pictures.JpegLeft()), "what is cleared is what is kept, not what was sent");
        (first["type"].GetString(), first["width"].GetInt32(), first["height"].GetInt32(), first["bytes"].GetInt32()).ShouldBe(("image/jpeg", 16, 8, Pictures.JpegLeft().Length));

        var written = await Desk.WriteAsync(desk.Amina, Draft(
            media: [new { digest = Digest(first), alt = "A queue at a door" }, new { digest = Digest(second) }], links: ["https://example.org/b", "https://example.org/a"], cites: [Figure, Line],
            brief: new { message = "Come early.", audience = "diaspora", dimec = new[] { "E", "D" }, counterparts = new[] { "SA", "AE" } }));
        var id = written["id"].GetGuid();

        var read = await Desk.ReadAsync(desk.Bilal, id);
        read["links"].EnumerateArray().Select(l => l.GetString()).ShouldBe(["https://example.org/b", "https://example.org/a"]);
        read["media"].EnumerateArray().Select(m => (m.GetProperty("digest").GetString(), m.GetProperty("type").GetString(), m.GetProperty("alt").GetString()))
            .ShouldBe([(Digest(first), "image/jpeg", "A queue at a door"), (Digest(second), "image/png", "")]);
        read["brief"].GetProperty("message").GetString().ShouldBe("Come early.");
        read["brief"].GetProperty("dimec").EnumerateArray().Select(l => l.GetString()).ShouldBe(["D", "E"]);
        read["contributors"].EnumerateArray().Select(c => c.GetString()).ShouldBe(["1001", "1002"], "who brought a picture had a hand in it");

        var round = await Desk.SubmitAsync(desk.Amina, id, 1);
        var bytes = await desk.Service.ServiceClient("clearance").GetByteArrayAsync($"api/drafting/packages/{round.Digest}");
        var package = CanonicalJson.Parse<ReleasePackage>(bytes);
        package.Media.ShouldBe([new(Digest(first), "image/jpeg", Pictures.JpegLeft().Length, "A queue at a door"), new(Digest(second), "image/png", Pictures.Png().Length, "")]);
        package.Links.ShouldBe(["https://example.org/b", "https://example.org/a"]);
        (package.Brief!.Message, package.Brief.Objective, string.Concat(package.Brief.Dimec), string.Join(' ', package.Brief.Counterparts)).ShouldBe(("Come early.", null, "DE", "AE SA"));
        package.Contributors.ShouldBe(["1001", "1002"]);
        package.Cites.ShouldBe([Figure, Line]);
    }

    [Theory, OnBothDatabases]
    public async Task A_save_of_the_same_things_makes_no_new_version_and_one_of_others_does(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var digest = Digest(await BringAsync(desk.Amina, Pictures.Png()));
        object Saved(string alt, params string[] states) => new
        {
            account = "noticeboard:PAR", text = "We are open.", language = "en", media = new[] { new { digest, alt } }, links = new[] { "https://example.org" }, brief = new { counterparts = states, message = " " },
        };
        var id = (await Desk.WriteAsync(desk.Amina))["id"].GetGuid();

        (await desk.Amina.Post($"api/drafting/drafts/{id}/revisions", Saved("A door", "AE", "SA"), version: 1)).ShouldBe(200).Version.ShouldBe(2);
        (await desk.Amina.Post($"api/drafting/drafts/{id}/revisions", Saved("A door", "SA", "AE"), version: 2)).ShouldBe(200).Version.ShouldBe(2);
        (await desk.Amina.Post($"api/drafting/drafts/{id}/revisions", Saved("A gate", "SA", "AE"), version: 2)).ShouldBe(200).Version.ShouldBe(3);
        (await desk.Amina.Post($"api/drafting/drafts/{id}/revisions", Desk.Revision("We are open."), version: 3)).ShouldBe(200).Version.ShouldBe(4);
    }

    [Theory, OnBothDatabases]
    public async Task A_picture_is_kept_once_and_is_the_missions_that_brought_it(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var digest = Digest(await BringAsync(desk.Amina, Pictures.Png()));
        Digest(await BringAsync(desk.Amina, Pictures.Png())).ShouldBe(digest);
        Digest(await BringAsync(desk.Bilal, Pictures.Png())).ShouldBe(digest);
        (await desk.Chie.Get($"{Place}/{digest}")).ShouldBe(404, "not-found");
        (await desk.Chie.Get($"api/drafting/missions/TYO/media/{digest}")).ShouldBe(404, "not-found");
        (await desk.Chie.Post(Place, Pictures.Content(Pictures.Png()))).ShouldBe(404, "not-found");
        (await desk.Chie.Post("api/drafting/drafts", Draft("TYO", media: [new { digest }]))).ShouldBe(400, "draft.media-unknown");

        // The same picture may be another mission's too; who brought it there had no hand in this one's posts.
        (await desk.Chie.Post("api/drafting/missions/TYO/media", Pictures.Content(Pictures.Png()))).ShouldBe(201);
        await Desk.WriteAsync(desk.Chie, Draft("TYO", media: [new { digest }]));
        var id = (await Desk.WriteAsync(desk.Amina, Draft(media: [new { digest }])))["id"].GetGuid();
        (await Desk.ReadAsync(desk.Amina, id))["contributors"].EnumerateArray().Select(c => c.GetString()).ShouldBe(["1001", "1002"]);
        (await desk.Service.Db<DraftingDb, int>(db => db.Media.CountAsync())).ShouldBe(1);

        using var seen = await desk.Bilal.GetAsync($"{Place}/{digest}");
        (await seen.Content.ReadAsByteArrayAsync()).ShouldBe(Pictures.Png());
        (seen.Content.Headers.ContentType!.ToString(), seen.Headers.ETag!.Tag).ShouldBe(("image/png", $"\"{digest}\""));
        seen.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        foreach (var service in new[] { "clearance", "publishing" })
            (await desk.Service.ServiceClient(service).GetByteArrayAsync($"api/drafting/media/{digest}")).ShouldBe(Pictures.Png());
        (await desk.Service.ServiceClient("clearance").Get($"api/drafting/media/{new string('0', 64)}")).ShouldBe(404);
        (await desk.Amina.Get($"api/drafting/media/{digest}")).ShouldBe(403);
    }

    [Theory, OnBothDatabases]
    public async Task An_upload_that_comes_twice_is_done_once(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var first = (await desk.Amina.Post(Place, Pictures.Content(Pictures.Png()), key: "k")).ShouldBe(201);
        var second = (await desk.Amina.Post(Place, Pictures.Content(Pictures.Png()), key: "k")).ShouldBe(201);
        (second.Body, second.Headers.Location).ShouldBe((first.Body, first.Headers.Location));
        (await desk.Amina.Post(Place, Pictures.Content(Pictures.Png(shade: 1)), key: "k")).ShouldBe(422, "idempotency.differs");
        (await desk.Amina.Get(first.Headers.Location!.ToString())).ShouldBe(200);
    }

    [Fact]
    public async Task Bad_input_is_told_what_to_do_and_leaves_nothing()
    {
        await using var desk = await Desk.OpenAsync(Store.Sqlite);
        foreach (var (bytes, type, status, code) in new (byte[], string, int, string)[]
        {
            ("<svg/>"u8.ToArray(), "image/png", 400, "media.type"), (Pictures.Png()[..40], "image/png", 400, "media.broken"), ([], "image/png", 400, "media.type"),
            (Pictures.Png(width: 9_000), "image/png", 400, "media.dimensions"), ([.. Pictures.Png(), .. new byte[3_000_000]], "image/png", 413, "request.too-large"), (Pictures.Png(), "text/html", 415, "request.media-type"),
        })
            (await desk.Amina.Post(Place, Pictures.Content(bytes, type))).ShouldBe(status, code);
        (await desk.Amina.Post(Place, Pictures.Content(Pictures.Png()), key: "")).ShouldBe(400, "idempotency.missing");
        (await desk.Service.Db<DraftingDb, int>(db => db.Media.CountAsync())).ShouldBe(0);

        var digest = Digest(await BringAsync(desk.Amina, Pictures.Png()));
        foreach (var (draft, code) in new (object, string)[]
        {
            (Draft(media: [new { digest = new string('0', 64) }]), "draft.media-unknown"), (Draft(media: [new { digest = "../x" }]), "draft.media-unknown"), (Draft(media: [null!]), "draft.media-unknown"),
            (Draft(media: [new { digest }, new { digest }]), "draft.media-twice"), (Draft(media: [new { digest, alt = "a\u0007b" }]), "draft.alt"), (Draft(media: [new { digest, alt = "two\nlines" }]), "draft.alt"),
            (Draft(links: ["javascript:alert(1)"]), "draft.link"), (Draft(links: ["https://user:secret@example.org/"]), "draft.link"), (Draft(links: [null!]), "draft.link"), (Draft(cites: ["line:1"]), "draft.cites"), (Draft(cites: [null!]), "draft.cites"),
            (Draft(brief: new { counterparts = new[] { "AE", "AE" } }), "draft.counterparts"), (Draft(brief: new { counterparts = new string?[] { null } }), "draft.counterparts"), (Draft(brief: new { dimec = new[] { "Z" } }), "draft.dimec"),
            (Draft(brief: new { message = "two\nlines" }), "draft.brief"), (Draft(brief: new { mood = "good" }), "request.malformed"), (Draft(media: [new { alt = "nothing" }]), "request.malformed"),
        })
        {
            var answer = (await desk.Amina.Post("api/drafting/drafts", draft)).ShouldBe(400, code);
            answer["detail"].GetString().ShouldNotBeNullOrWhiteSpace();
        }
        (await desk.Service.Db<DraftingDb, int>(db => db.Revisions.CountAsync())).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task A_picture_is_never_changed(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        await BringAsync(desk.Amina, Pictures.Png());
        await Should.ThrowAsync<System.Data.Common.DbException>(() => desk.Service.Db<DraftingDb, int>(db => db.Database.ExecuteSqlAsync($"update media set type = 'image/gif'")));
    }

    private static async Task<Answer> BringAsync(HttpClient officer, byte[] bytes, string type = "image/png") => (await officer.Post(Place, Pictures.Content(bytes, type))).ShouldBe(201);

    private static string Digest(Answer brought) => brought["digest"].GetString()!;

    private static object Draft(string mission = Desk.Paris, object[]? media = null, string[]? links = null, object? brief = null, string[]? cites = null) =>
        new { mission, account = $"noticeboard:{mission}", text = "We are open.", language = "en", media, links, brief, cites };
}
