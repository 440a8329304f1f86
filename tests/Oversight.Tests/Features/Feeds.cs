using System.Net;
using System.Text.Json;
using System.Xml;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Oversight.Tests.Features;

/// <summary>Feeds are well formed whatever the texts are, and carry them exactly.</summary>
public sealed class Feeds
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    /// <summary>What XML can carry.</summary>
    private static readonly (string Language, string Text)[] Hostile =
    [
        ("en", "plain"), ("en", "  spaces at both ends\t "), ("en", "line\nfeed"), ("en", "carriage\r\nreturn"), ("en", "lone\rreturn"), ("en", "\rfirst"), ("en", "ends in both\r\n"),
        ("en", "a < b && c > d ]]> \"quoted\" 'too'"), ("en", "<![CDATA[ not a section ]]>"), ("en", "<script>alert(1)</script>"), ("en", "&amp; &#13; &lt; entities that are text"),
        ("en", "<?xml version=\"1.0\"?><!-- comment --><!DOCTYPE x>"), ("en", "{{template}} ${x} %s \\u0041 \\n"), ("en", "\u007f\u0085\u009f controls that XML takes"), ("en", "\u2028line\u2029paragraph"),
        ("ar", "\u202bright to left \u202etrick\u202c\u202c \u2066isolated\u2069 \u200f\u200e\u061c"), ("ur", "\u067e\u0627\u06a9\u0633\u062a\u0627\u0646\u06cc \u0633\u0641\u0627\u0631\u062a \u062e\u0627\u0646\u06c1\u200c"),
        ("ar", "\u0633\u0641\u0627\u0631\u0629 \u0628\u0627\u0643\u0633\u062a\u0627\u0646\u060c \u0637\u0648\u0643\u064a\u0648"), ("zh", "\u5df4\u57fa\u65af\u5766\u9a7b\u534e\u5927\u4f7f\u9986\u3002"), ("my", "\u1019\u103c\u1014\u103a\u1019\u102c"),
        ("en", "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466 \U0001F1F5\U0001F1F0 \U0001F44B\U0001F3FD \u2764\uFE0F"), ("zh-Hans", "\U00020000\U0002A6D6 beyond the first plane"), ("en", "\uFEFFa mark in front\u00A0and a space that does not break"),
    ];

    [Theory, OnBothDatabases]
    public async Task Both_carry_every_hostile_text_exactly(Store store)
    {
        await using var oversight = await BoardAsync(store, Hostile);
        var atom = Read(await BytesAsync(oversight, "/api/oversight/noticeboard/KBL/feed.atom"));
        Texts(atom).ShouldBe(Hostile.Reverse());

        using var json = JsonDocument.Parse(await BytesAsync(oversight, "/api/oversight/noticeboard/KBL/feed.json"));
        json.RootElement.GetProperty("items").EnumerateArray().Select(i => (i.GetProperty("language").GetString()!, i.GetProperty("content_text").GetString()!)).ShouldBe(Hostile.Reverse());
    }

    [Fact]
    public async Task What_XML_cannot_carry_is_replaced_and_said_and_exact_in_JSON()
    {
        const string text = "bell \a, escape \u001b, form \f, \ud83d\ude00 stays";
        await using var oversight = await BoardAsync(Store.Sqlite, [("en", text), ("en", "plain")]);
        var atom = Read(await BytesAsync(oversight, "/api/oversight/noticeboard/KBL/feed.atom"));
        Texts(atom)[1].Text.ShouldBe("bell \ufffd, escape \ufffd, form \ufffd, \ud83d\ude00 stays");
        All(atom, "//a:entry").Select(e => e.SelectSingleNode("a:category/@term", Names(atom))?.Value).ShouldBe([null, "characters-replaced"]);

        using var json = JsonDocument.Parse(await BytesAsync(oversight, "/api/oversight/noticeboard/KBL/feed.json"));
        json.RootElement.GetProperty("items")[1].GetProperty("content_text").GetString().ShouldBe(text);
    }

    [Fact]
    public async Task A_mission_with_a_hostile_name_makes_no_harm()
    {
        await using var oversight = await BoardAsync(Store.Sqlite, [("en", "plain")], name: "A & B <\u0001> \"C\"");
        var atom = Read(await BytesAsync(oversight, "/api/oversight/noticeboard/KBL/feed.atom"));
        All(atom, "/a:feed/a:title").Single().InnerText.ShouldBe("A & B <\ufffd> \"C\"");
    }

    [Fact]
    public async Task The_Atom_feed_has_what_RFC_4287_asks_for()
    {
        await using var oversight = await BoardAsync(Store.Sqlite, Hostile[..3], settings: new() { ["Oversight:PublicUrl"] = "https://ministry.example/", ["Oversight:TagAuthority"] = "ministry.example,2026" });
        var atom = Read(await BytesAsync(oversight, "/api/oversight/noticeboard/KBL/feed.atom"));
        string Of(string path) => atom.SelectSingleNode(path, Names(atom))!.InnerText;

        atom.DocumentElement!.NamespaceURI.ShouldBe(Atom);
        Of("/a:feed/a:id").ShouldBe("tag:ministry.example,2026:noticeboard/KBL");
        Of("/a:feed/a:author/a:name").ShouldBe("Embassy Kabul");
        Of("/a:feed/a:link[@rel='self']/@href").ShouldBe("https://ministry.example/api/oversight/noticeboard/KBL/feed.atom");
        Of("/a:feed/a:link[@rel='alternate']/@href").ShouldBe("https://ministry.example/noticeboard/KBL");
        DateTimeOffset.Parse(Of("/a:feed/a:updated")).ShouldBe(DateTimeOffset.Parse(Of("/a:feed/a:entry[1]/a:updated")));
        All(atom, "//a:entry").ShouldAllBe(e => e.SelectNodes("a:id|a:title|a:updated|a:content", Names(atom))!.Count == 4);
        All(atom, "//a:entry/a:id").Select(id => id.InnerText).ShouldAllBe(id => id.StartsWith("tag:ministry.example,2026:noticeboard/KBL/"));
    }

    [Theory, OnBothDatabases]
    public async Task Page_after_page_everything_can_be_read_once_in_both(Store store)
    {
        var texts = Enumerable.Range(0, 123).Select(n => ("en", $"text {n}")).ToArray();
        await using var oversight = await BoardAsync(store, texts, atOneInstant: 7); // In their midst the pages are cut.
        var (seen, sizes) = (new List<string>(), new List<int>());
        for (var next = (string?)"/api/oversight/noticeboard/KBL/feed.atom"; next is not null;)
        {
            var page = Read(await BytesAsync(oversight, next));
            sizes.Add(Texts(page).Count);
            seen.AddRange(Texts(page).Select(t => t.Text));
            page.SelectSingleNode("/a:feed/a:link[@rel='self']/@href", Names(page))!.InnerText.ShouldEndWith(next.Replace(oversight.Address.ToString().TrimEnd('/'), ""));
            next = page.SelectSingleNode("/a:feed/a:link[@rel='next']/@href", Names(page))?.InnerText;
        }
        sizes.ShouldBe([50, 50, 23]);
        seen.ShouldBe(texts.Select(t => t.Item2), ignoreOrder: true);

        seen.Clear();
        for (var next = (string?)"/api/oversight/noticeboard/KBL/feed.json"; next is not null;)
        {
            using var page = JsonDocument.Parse(await BytesAsync(oversight, next));
            seen.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("content_text").GetString()!));
            next = page.RootElement.TryGetProperty("next_url", out var url) ? url.GetString() : null;
        }
        seen.ShouldBe(texts.Select(t => t.Item2), ignoreOrder: true);
    }

    [Theory]
    [InlineData("/api/oversight/noticeboard")]
    [InlineData("/api/oversight/noticeboard/KBL")]
    [InlineData("/api/oversight/noticeboard/KBL/feed.atom")]
    [InlineData("/api/oversight/noticeboard/KBL/feed.json")]
    [InlineData("/api/oversight/noticeboard/KBL/posts/h0")]
    public async Task A_reader_that_has_it_already_is_told_so(string path)
    {
        await using var oversight = await BoardAsync(Store.Sqlite, [("en", "one")]);
        var client = oversight.ClientWith();
        var first = (await client.Get(path)).ShouldBe(200);
        first.Headers.CacheControl!.ToString().ShouldBe("public, max-age=5");

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.TryAddWithoutValidation("If-None-Match", first.ETag);
        using var answer = await client.SendAsync(again, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_board_has_feeds_and_a_mission_that_is_none_has_not()
    {
        await using var oversight = await BoardAsync(Store.Sqlite, []);
        Texts(Read(await BytesAsync(oversight, "/api/oversight/noticeboard/KBL/feed.atom"))).ShouldBeEmpty();
        (await oversight.ClientWith().Get("/api/oversight/noticeboard/XXX/feed.atom")).ShouldBe(404);
        (await oversight.ClientWith().Get("/api/oversight/noticeboard/KBL/feed.json?cursor=zzz")).ShouldBe(400, "cursor.unreadable");
    }

    private static async Task<ServiceUnderTest> BoardAsync(
        Store store, (string Language, string Text)[] texts, string name = "Embassy Kabul", Dictionary<string, string?>? settings = null, int atOneInstant = 1)
    {
        var clock = new ManualClock();
        var oversight = await ServiceUnderTest.StartAsync(new Setup(store) { Clock = clock, Settings = settings ?? [] }, new OversightModule());
        await oversight.Publish(new MissionRecorded("KBL", 1, name, "embassy", "Kabul", "AF", "South Asia", "Asia/Kabul", ["en"], Chains.Start));
        foreach (var ((language, text), n) in texts.Select((text, n) => (text, n)))
        {
            (await oversight.ServiceClient("publishing").Put($"/api/oversight/noticeboard/KBL/posts/h{n}", new { text, language })).ShouldBe(201);
            if (n % atOneInstant == 0) clock.Advance(TimeSpan.FromSeconds(1));
        }
        return oversight;
    }

    private static async Task<byte[]> BytesAsync(ServiceUnderTest oversight, string path)
    {
        using var answer = await oversight.ClientWith().GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static XmlDocument Read(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = true });
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        document.Load(reader);
        return document;
    }

    private static List<(string Language, string Text)> Texts(XmlDocument atom) =>
        [.. All(atom, "//a:entry/a:content").Select(c => (c.Attributes!["xml:lang"]!.Value, c.InnerText))];

    private static IEnumerable<XmlNode> All(XmlDocument atom, string path) => atom.SelectNodes(path, Names(atom))!.Cast<XmlNode>();

    private static XmlNamespaceManager Names(XmlDocument document)
    {
        var names = new XmlNamespaceManager(document.NameTable);
        names.AddNamespace("a", Atom);
        return names;
    }
}
