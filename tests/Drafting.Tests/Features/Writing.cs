using System.Text;

namespace WorkflowPlatform.Drafting.Tests.Features;

/// <summary>Beginning a draft and saving it.</summary>
public sealed class Writing
{
    [Theory, OnBothDatabases]
    public async Task A_new_draft_is_at_version_1_and_says_where_it_is(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var written = await Desk.WriteAsync(desk.Amina, Desk.Draft("Bonjour."));

        (written.Version, written["revision"].GetInt32(), written["standing"].GetString()).ShouldBe((1, 1, "Crafting"));
        var read = (await desk.Amina.Get(written.Headers.Location!.ToString())).ShouldBe(200);
        read.ETag.ShouldBe("\"1\"");
        read["text"].GetString().ShouldBe("Bonjour.");
        read["contributors"].EnumerateArray().Select(c => c.GetString()).ShouldBe(["1001"]);
    }

    [Theory, OnBothDatabases]
    public async Task Each_save_that_changes_something_is_a_revision_and_its_author_a_contributor_for_good(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var id = (await Desk.WriteAsync(desk.Bilal))["id"].GetGuid();

        var saved = (await desk.Amina.Post($"api/drafting/drafts/{id}/revisions", Desk.Revision("We are closed."), version: 1)).ShouldBe(200);
        (saved.Version, saved["revision"].GetInt32()).ShouldBe((2, 2));
        var again = (await desk.Amina.Post($"api/drafting/drafts/{id}/revisions", Desk.Revision("We are shut."), version: 2)).ShouldBe(200);
        again.Version.ShouldBe(3);

        (await Desk.ReadAsync(desk.Amina, id))["contributors"].EnumerateArray().Select(c => c.GetString()).ShouldBe(["1001", "1002"]);
        var texts = await desk.Service.Db<Data.DraftingDb, List<string>>(db => db.Revisions.Where(r => r.DraftId == id).OrderBy(r => r.Number).Select(r => r.Text).ToListAsync());
        texts.ShouldBe(["We are open.", "We are closed.", "We are shut."]);
    }

    [Theory, OnBothDatabases]
    public async Task Saving_what_was_read_makes_no_new_version(Store store)
    {
        await using var desk = await Desk.OpenAsync(new Setup(store) { Clock = new ManualClock() });
        var id = (await Desk.WriteAsync(desk.Amina, Desk.Draft(release: new { local = "2026-12-24T18:00", zone = "Europe/Paris" })))["id"].GetGuid();
        var read = await Desk.ReadAsync(desk.Amina, id);

        var same = new
        {
            account = read["account"], text = read["text"], language = read["language"], lane = read["lane"], release = read["release"], notAfter = read["notAfter"],
        };
        (await desk.Bilal.Post($"api/drafting/drafts/{id}/revisions", same, version: 1)).ShouldBe(200).Version.ShouldBe(1);

        var after = await Desk.ReadAsync(desk.Amina, id);
        after["revision"].GetInt32().ShouldBe(1);
        after["contributors"].GetArrayLength().ShouldBe(1, "who changed nothing wrote nothing");
    }

    [Theory, OnBothDatabases]
    public async Task A_command_that_comes_twice_is_done_once(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var first = (await desk.Amina.Post("api/drafting/drafts", Desk.Draft(), key: "k1")).ShouldBe(201);
        var second = (await desk.Amina.Post("api/drafting/drafts", Desk.Draft(), key: "k1")).ShouldBe(201);

        second.Body.ShouldBe(first.Body);
        (second.ETag, second.Headers.Location).ShouldBe((first.ETag, first.Headers.Location));
        (await desk.Amina.Post("api/drafting/drafts", Desk.Draft("Other."), key: "k1")).ShouldBe(422, "idempotency.differs");
        (await desk.Amina.Post("api/drafting/drafts", Desk.Draft(), key: "")).ShouldBe(400, "idempotency.missing");
        (await Desk.ListAsync(desk.Amina, "drafts")).Count.ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task A_save_names_the_version_it_was_written_on(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var id = (await Desk.WriteAsync(desk.Amina))["id"].GetGuid();

        (await desk.Amina.Post($"api/drafting/drafts/{id}/revisions", Desk.Revision("A."))).ShouldBe(428, "if-match.missing");
        (await desk.Amina.Post($"api/drafting/drafts/{id}/revisions", Desk.Revision("A."), version: 1)).ShouldBe(200);
        var stale = (await desk.Bilal.Post($"api/drafting/drafts/{id}/revisions", Desk.Revision("B."), version: 1)).ShouldBe(412, "changed");
        (stale["yours"].GetString(), stale["current"].GetString()).ShouldBe(("\"1\"", "\"2\""));
    }

    [Theory, OnBothDatabases]
    public async Task Of_many_saves_on_one_version_exactly_one_is_kept(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var id = (await Desk.WriteAsync(desk.Amina))["id"].GetGuid();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => desk.Amina.Post($"api/drafting/drafts/{id}/revisions", Desk.Revision($"Text {n}."), version: 1)));

        answers.Select(a => a.Status).Order().ShouldBe([200, .. Enumerable.Repeat(412, 7)]);
        (await Desk.ReadAsync(desk.Amina, id)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task Missions_and_accounts_are_those_of_the_register()
    {
        await using var desk = await Desk.OpenAsync(Store.Sqlite);
        await desk.HeardAsync(new Contracts.Registry.AccountRecorded("noticeboard:OLD", 1, Desk.Paris, "noticeboard", "OLD", false, false, desk.At));

        (await desk.Amina.Post("api/drafting/drafts", Desk.Draft(mission: "XXX"))).ShouldBe(400, "draft.mission-unknown");
        (await desk.Amina.Post("api/drafting/drafts", Desk.Draft(account: "noticeboard:XXX"))).ShouldBe(400, "draft.account-unknown");
        (await desk.Amina.Post("api/drafting/drafts", Desk.Draft(account: "noticeboard:TYO"))).ShouldBe(400, "draft.account-unknown");
        (await desk.Amina.Post("api/drafting/drafts", Desk.Draft(account: "noticeboard:OLD"))).ShouldBe(400, "draft.account-unknown");
        (await Desk.ListAsync(desk.Amina, "drafts")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Bad_input_is_told_what_to_do_and_leaves_nothing()
    {
        await using var desk = await Desk.OpenAsync(Store.Sqlite);
        (string Body, int Status, string Code)[] bad =
        [
            ("{", 400, "request.malformed"),
            (Json("A", """, "text": "B" """), 400, "request.malformed"),
            (Json("A", """, "colour": "red" """), 400, "request.malformed"),
            ("""{"mission":"PAR"}""", 400, "request.malformed"),
            (Json("A", """, "lane": 9 """), 400, "request.invalid"),
            (Json("A", """, "lane": "Slow" """), 400, "request.malformed"),
            (Json("\\ud83d"), 400, "request.malformed"),
            (Json("\\udc00\\ud83d"), 400, "request.malformed"),
            (Json("a\\u0000b"), 400, "draft.text-control"),
            (Json("a\\u000bb"), 400, "draft.text-control"),
            (Json("a\\ufffe"), 400, "draft.text-noncharacter"),
            (Json("e\\u0301"), 400, "draft.text-not-nfc"),
            (Json("  \\n "), 400, "draft.text-empty"),
            (Json(new string('x', 20_001)), 400, "draft.text-too-long"),
        ];
        foreach (var (body, status, code) in bad)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            (await desk.Amina.Post("api/drafting/drafts", content)).ShouldBe(status, code);
        }
        using var broken = new ByteArrayContent([.. Encoding.ASCII.GetBytes("""{"mission":"PAR","account":"noticeboard:PAR","language":"en","text":"a"""), 0xED, 0xA0, 0x80, .. "\"}"u8]);
        broken.Headers.ContentType = new("application/json");
        (await desk.Amina.Post("api/drafting/drafts", broken)).ShouldBe(400, "request.malformed");
        using var huge = new StringContent(Json(new string('x', 10_000_000)), Encoding.UTF8, "application/json");
        var patient = desk.Amina;
        patient.DefaultRequestHeaders.ExpectContinue = true; // Else the answer may get lost while the body is still on its way.
        (await patient.Post("api/drafting/drafts", huge)).ShouldBe(413, "request.too-large");

        (await Desk.ListAsync(desk.Amina, "drafts")).ShouldBeEmpty();
        (await desk.Service.Db<Data.DraftingDb, int>(async db => await db.Revisions.CountAsync() + await db.Outbox.CountAsync() + await db.Idempotency.CountAsync())).ShouldBe(0);

        static string Json(string text, string more = "") => $$"""{"mission":"PAR","account":"noticeboard:PAR","language":"en","text":"{{text}}"{{more}}}""";
    }

    [Fact]
    public async Task The_longest_text_is_kept_to_the_last_code_unit()
    {
        await using var desk = await Desk.OpenAsync(Store.Sqlite);
        var text = string.Concat(Enumerable.Repeat("🖋", 10_000));
        var id = (await Desk.WriteAsync(desk.Amina, Desk.Draft(text)))["id"].GetGuid();
        (await Desk.ReadAsync(desk.Amina, id))["text"].GetString().ShouldBe(text);
    }
}
