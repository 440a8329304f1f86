using System.Net;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Oversight.Tests.Features;

/// <summary>Pictures and links are public with their post, to the byte, and not before.</summary>
public sealed class NoticesWithPictures
{
    private const string Board = "/api/oversight/noticeboard/KBL";
    private static readonly byte[] Door = Pictures.Png(1), Gate = Pictures.Jpeg("x");
    private static readonly string[] Links = ["https://example.org/b?x=1&y=%3C", "https://example.org/خبر"];

    [Theory, OnBothDatabases]
    public async Task A_picture_is_served_by_its_digest_to_anybody_for_good(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        var (publishing, anybody) = (oversight.ServiceClient("publishing"), oversight.ClientWith());
        (await anybody.Get($"{Board}/media/{Pictures.DigestOf(Door)}")).ShouldBe(404, "not-found");
        var put = (await publishing.Put($"{Board}/posts/h1", Notice())).ShouldBe(201);
        put.Body.Length.ShouldBeLessThan(2_000, "the answer names pictures and does not repeat them");

        using var answer = await anybody.GetAsync($"{Board}/media/{Pictures.DigestOf(Door)}");
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(Door);
        (answer.Content.Headers.ContentType!.ToString(), answer.Headers.CacheControl!.ToString()).ShouldBe(("image/png", "public, max-age=31536000, immutable"));
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{Board}/media/{Pictures.DigestOf(Door)}");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var known = await anybody.SendAsync(again);
        known.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await anybody.Get($"/api/oversight/noticeboard/TYO/media/{Pictures.DigestOf(Door)}")).ShouldBe(404);
    }

    [Theory, OnBothDatabases]
    public async Task The_same_again_is_the_same_and_another_picture_alt_text_or_link_is_another_post(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        var publishing = oversight.ServiceClient("publishing");
        var first = (await publishing.Put($"{Board}/posts/h1", Notice())).ShouldBe(201);
        (await publishing.Put($"{Board}/posts/h1", Notice())).ShouldBe(200).Body.ShouldBe(first.Body);
        foreach (var other in new[] { Notice(alt: "Another"), Notice(links: [Links[1], Links[0]]), Notice(links: []), Notice(media: [Item(Gate, "image/jpeg"), Item(Door, alt: "A door")]), Notice(media: []) })
            (await publishing.Put($"{Board}/posts/h1", other)).ShouldBe(409, "noticeboard.handle-taken");
        (await publishing.Put($"{Board}/posts/h2", Notice())).ShouldBe(201);
        (await publishing.Post($"{Board}/posts", Notice())).ShouldBe(201);
        (await oversight.Db<OversightDb, int>(db => db.NoticeMedia.CountAsync())).ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    public async Task Of_many_at_once_with_one_picture_each_is_there(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        var publishing = oversight.ServiceClient("publishing");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => publishing.Put($"{Board}/posts/h{n}", Notice())));
        answers.Select(a => a.Status).Distinct().ShouldBe([201]);
    }

    [Theory, OnBothDatabases]
    public async Task Board_post_timeline_and_feeds_tell_them(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(new Setup(store) { Settings = { ["Oversight:PublicUrl"] = "https://ministry.example" } }, new OversightModule());
        (await oversight.ServiceClient("publishing").Put($"{Board}/posts/h1", Notice())).ShouldBe(201);
        var anybody = oversight.ClientWith();
        foreach (var item in new[] { (await anybody.Get(Board))["items"][0], (await anybody.Get($"{Board}/posts/h1")).Json, (await anybody.Get($"{Board}/timeline"))["items"][0] })
        {
            item.GetProperty("media").EnumerateArray().Select(m => (m.GetProperty("digest").GetString(), m.GetProperty("type").GetString(), m.GetProperty("bytes").GetInt32(), m.GetProperty("alt").GetString()))
                .ShouldBe([(Pictures.DigestOf(Door), "image/png", Door.Length, "A «door» & <b>"), (Pictures.DigestOf(Gate), "image/jpeg", Gate.Length, "")]);
            item.GetProperty("links").EnumerateArray().Select(l => l.GetString()).ShouldBe(Links);
        }

        var json = (await anybody.Get($"{Board}/feed.json"))["items"][0];
        json.GetProperty("external_url").GetString().ShouldBe(Links[0]);
        json.GetProperty("_notice").GetProperty("links").EnumerateArray().Select(l => l.GetString()).ShouldBe(Links);
        json.GetProperty("attachments").EnumerateArray().Select(a => (a.GetProperty("url").GetString(), a.GetProperty("mime_type").GetString(), a.GetProperty("size_in_bytes").GetInt32(), a.TryGetProperty("title", out var title) ? title.GetString() : null))
            .ShouldBe([(Address(Door), "image/png", Door.Length, "A «door» & <b>"), (Address(Gate), "image/jpeg", Gate.Length, null)]);

        XNamespace atom = "http://www.w3.org/2005/Atom";
        var links = XDocument.Parse((await anybody.Get($"{Board}/feed.atom")).Body).Descendants(atom + "entry").Single().Elements(atom + "link").ToList();
        string? Of(XElement link, string attribute) => link.Attribute(attribute)?.Value;
        links.Where(l => Of(l, "rel") == "enclosure").Select(l => (Of(l, "href"), Of(l, "type"), Of(l, "length"), Of(l, "title")))
            .ShouldBe([(Address(Door), "image/png", $"{Door.Length}", "A «door» & <b>"), (Address(Gate), "image/jpeg", $"{Gate.Length}", null)]);
        links.Where(l => Of(l, "rel") == "related").Select(l => Of(l, "href")).ShouldBe(Links);

        static string Address(byte[] picture) => $"https://ministry.example{Board}/media/{Pictures.DigestOf(picture)}";
    }

    [Fact]
    public async Task A_post_without_any_of_it_is_told_as_before()
    {
        await using var oversight = await ServiceUnderTest.StartAsync(Store.Sqlite, new OversightModule());
        (await oversight.ServiceClient("publishing").Put($"{Board}/posts/h1", new { text = "one", language = "en" })).ShouldBe(201);
        var json = (await oversight.ClientWith().Get($"{Board}/feed.json"))["items"][0];
        json.EnumerateObject().Select(member => member.Name).ShouldBe(["id", "content_text", "language", "date_published", "_notice"]);
    }

    [Fact]
    public async Task What_is_not_whole_is_not_taken()
    {
        await using var oversight = await ServiceUnderTest.StartAsync(Store.Sqlite, new OversightModule());
        var publishing = oversight.ServiceClient("publishing");
        foreach (var (notice, code) in new (object, string)[]
        {
            (Notice(media: [new { digest = Pictures.DigestOf(Gate), type = "image/png", alt = "", bytes = Door }]), "request.invalid"), (Notice(media: [Item(Door, "text/html")]), "request.invalid"),
            (Notice(media: [Item(Door), Item(Door)]), "request.invalid"), (Notice(media: [.. Enumerable.Range(0, 5).Select(n => Item(Pictures.Png((byte)n)))]), "request.invalid"), (Notice(media: [null!]), "request.invalid"),
            (Notice(alt: "nul \0"), "request.text"), (Notice(links: ["javascript:alert(1)"]), "request.invalid"), (Notice(links: ["https://example.org/e\u0301"]), "request.text"), (Notice(links: [null!]), "request.invalid"),
            (Notice(media: [new { digest = Pictures.DigestOf(Door), type = "image/png", alt = "", bytes = "no base64!" }]), "request.malformed"),
        })
            (await publishing.Put($"{Board}/posts/h1", notice)).ShouldBe(400, code);
        (await publishing.Put($"{Board}/posts/h1", Notice(media: [Item(new byte[10_000_000])]))).ShouldBe(413, "request.too-large");
        (await oversight.Db<OversightDb, int>(db => db.Notices.CountAsync())).ShouldBe(0);
        (await oversight.Db<OversightDb, int>(db => db.NoticeMedia.CountAsync())).ShouldBe(0);
    }

    private static object Notice(string alt = "A «door» & <b>", object[]? media = null, string[]? links = null) =>
        new { text = "one", language = "en", media = media ?? [Item(Door, alt: alt), Item(Gate, "image/jpeg")], links = links ?? Links };

    private static object Item(byte[] bytes, string type = "image/png", string alt = "") => new { digest = Pictures.DigestOf(bytes), type, alt, bytes };
}
