using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Oversight.Tests.Features;

/// <summary>A board takes a post once under its handle, never changes it, and shows it to everybody.</summary>
public sealed class Noticeboard
{
    [Theory, OnBothDatabases]
    public async Task The_first_put_creates_the_same_again_is_the_same_and_another_text_is_refused(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        var publishing = oversight.ServiceClient("publishing");
        var first = (await publishing.Put("/api/oversight/noticeboard/KBL/posts/h1", new { text = "one", language = "en" })).ShouldBe(201);
        var again = (await publishing.Put("/api/oversight/noticeboard/KBL/posts/h1", new { text = "one", language = "en" })).ShouldBe(200);
        again.Body.ShouldBe(first.Body);
        (await publishing.Put("/api/oversight/noticeboard/KBL/posts/h1", new { text = "two", language = "en" })).ShouldBe(409, "noticeboard.handle-taken");
        (await publishing.Put("/api/oversight/noticeboard/KBL/posts/h1", new { text = "one", language = "fr" })).ShouldBe(409, "noticeboard.handle-taken");
        (await publishing.Put("/api/oversight/noticeboard/TYO/posts/h1", new { text = "two", language = "en" })).ShouldBe(201);
    }

    [Theory, OnBothDatabases]
    public async Task Of_fifty_puts_at_once_one_creates_and_nothing_doubles(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        var publishing = oversight.ServiceClient("publishing");
        var same = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => publishing.Put("/api/oversight/noticeboard/KBL/posts/h1", new { text = "one", language = "en" })));
        same.Count(a => a.Status == 201).ShouldBe(1);
        same.Count(a => a.Status == 200).ShouldBe(49);
        same.Select(a => a["id"].GetString()).Distinct().ShouldHaveSingleItem();

        var each = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => publishing.Put("/api/oversight/noticeboard/KBL/posts/h2", new { text = $"text {n}", language = "en" })));
        each.Count(a => a.Status == 201).ShouldBe(1);
        each.Count(a => a.Status == 409).ShouldBe(49);
        (await oversight.Db<OversightDb, int>(db => db.Notices.CountAsync())).ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    public async Task Without_a_handle_every_post_is_a_new_one(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        var publishing = oversight.ServiceClient("publishing");
        var ids = new List<string?>();
        for (var n = 0; n < 3; n++) ids.Add((await publishing.Post("/api/oversight/noticeboard/KBL/posts", new { text = "one", language = "en" })).ShouldBe(201)["id"].GetString());
        ids.Distinct().Count().ShouldBe(3);
        (await publishing.Get("/api/oversight/noticeboard/KBL"))["items"].GetArrayLength().ShouldBe(3);
    }

    [Theory, OnBothDatabases]
    public async Task A_post_is_found_by_id_by_handle_and_on_the_timeline(Store store)
    {
        var clock = new ManualClock();
        await using var oversight = await ServiceUnderTest.StartAsync(new Setup(store) { Clock = clock }, new OversightModule());
        var (publishing, anybody) = (oversight.ServiceClient("publishing"), oversight.ClientWith());
        for (var n = 0; n < 5; n++)
        {
            (await publishing.Put($"/api/oversight/noticeboard/KBL/posts/h{n}", new { text = $"text {n}", language = "en" })).ShouldBe(201);
            clock.Advance(TimeSpan.FromSeconds(1));
        }
        var third = (await anybody.Get("/api/oversight/noticeboard/KBL/posts/h2")).ShouldBe(200);
        (await anybody.Get($"/api/oversight/noticeboard/KBL/posts/{third["id"].GetString()}")).Body.ShouldBe(third.Body);
        (await anybody.Get($"/api/oversight/noticeboard/TYO/posts/{third["id"].GetString()}")).ShouldBe(404);

        var since = Uri.EscapeDataString(third["releasedAt"].GetString()!);
        var page = (await anybody.Get($"/api/oversight/noticeboard/KBL/timeline?since={since}&limit=2")).ShouldBe(200);
        Handles(page).ShouldBe(["h2", "h3"]);
        Handles(await anybody.Get($"/api/oversight/noticeboard/KBL/timeline?since={since}&limit=2&cursor={page["next"].GetString()}")).ShouldBe(["h4"]);
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();

        static IEnumerable<string?> Handles(Answer page) => page["items"].EnumerateArray().Select(i => i.GetProperty("handle").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task Boards_bear_the_register_s_name_or_the_code_until_it_is_known(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        var (publishing, anybody) = (oversight.ServiceClient("publishing"), oversight.ClientWith());
        (await anybody.Get("/api/oversight/noticeboard/KBL")).ShouldBe(404);
        await publishing.Put("/api/oversight/noticeboard/KBL/posts/h1", new { text = "one", language = "en" });
        (await anybody.Get("/api/oversight/noticeboard/KBL"))["name"].GetString().ShouldBe("KBL");

        foreach (var (code, name) in new[] { ("KBL", "Embassy Kabul"), ("TYO", "Embassy Tokyo") })
            await oversight.Publish(new MissionRecorded(code, 1, name, "embassy", "", "", "", "UTC", ["en"], Chains.Start));
        (await anybody.Get("/api/oversight/noticeboard/KBL"))["name"].GetString().ShouldBe("Embassy Kabul");
        (await anybody.Get("/api/oversight/noticeboard"))["items"].EnumerateArray()
            .Select(b => (b.GetProperty("mission").GetString(), b.GetProperty("name").GetString(), b.GetProperty("notices").GetInt32()))
            .ShouldBe([("KBL", "Embassy Kabul", 1), ("TYO", "Embassy Tokyo", 0)]);
    }

    [Theory]
    [InlineData("""{"text":"","language":"en"}""", "request.invalid")]
    [InlineData("""{"text":"one","language":"english please"}""", "request.invalid")]
    [InlineData("""{"text":"one"}""", "request.malformed")]
    [InlineData("""{"text":"one","text":"two","language":"en"}""", "request.malformed")]
    [InlineData("""{"text":"one","language":"en","extra":1}""", "request.malformed")]
    [InlineData("""{"text":"nul \u0000","language":"en"}""", "request.text")]
    [InlineData("""{"text":"half \ud800","language":"en"}""", "request.malformed")]
    [InlineData("""{"text":"e\u0301","language":"en"}""", "request.text")]
    public async Task What_cannot_be_kept_exactly_is_not_taken(string body, string code)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(Store.Sqlite, new OversightModule());
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        (await oversight.ServiceClient("publishing").Put("/api/oversight/noticeboard/KBL/posts/h1", content)).ShouldBe(400, code);
        (await oversight.Db<OversightDb, int>(db => db.Notices.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Names_that_cannot_stand_in_an_address_are_refused()
    {
        await using var oversight = await ServiceUnderTest.StartAsync(Store.Sqlite, new OversightModule());
        var publishing = oversight.ServiceClient("publishing");
        foreach (var path in new[] { "KBL/posts/a%20b", "K%2FL/posts/h", "%D8%A7/posts/h", $"KBL/posts/{new string('h', 129)}" })
            (await publishing.Put($"/api/oversight/noticeboard/{path}", new { text = "one", language = "en" })).ShouldBe(400, "noticeboard.name");
    }
}
