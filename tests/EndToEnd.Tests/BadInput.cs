using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.EndToEnd.Tests;

/// <summary>What clients send by mistake or on purpose: each gets a problem that says what to do, and leaves nothing behind.</summary>
public sealed class BadInput
{
    private static readonly MissionLine London = MinistryFiles.Missions().Single(mission => mission.Code == "LON");
    private static readonly MissionLine Kabul = MinistryFiles.Missions().Single(mission => mission.Code == "KBL");

    [Fact(Timeout = 120_000)]
    public async Task Each_mistake_is_answered_by_its_problem_and_leaves_nothing_half_written()
    {
        await using var footing = await OneProcess.StartAsync([London, Kabul]);
        using var ministry = new Ministry(footing.AddressOf);
        await Tables.QuietAsync(footing);
        var crafting = (await ministry.WriteAsync(Post())).ShouldBe(201);
        var submitted = (await ministry.WriteAsync(Post())).ShouldBe(201);
        var (draft, done) = (crafting["id"].GetGuid(), submitted["id"].GetGuid());
        (await ministry.SubmitAsync(London.Officer, done, submitted.Version)).ShouldBe(201);
        await Eventually.Be(async () => (await ministry.DraftAsync(London.Officer, done))["requestId"].ValueKind is not JsonValueKind.Null);
        await Tables.QuietAsync(footing);
        var before = await Tables.CountAsync(footing);

        Task<Answer> Sends(object body, string path = "drafts", int? version = null) => ministry.CommandAsync(London.Officer, "drafting", path, body, version);
        Task<Answer> Writes(string text = "A text.", object? release = null, string mission = "LON") =>
            Sends(new { mission, account = $"noticeboard:{mission}", text, language = "en", release });
        var good = (await ministry.DeskAsync(London.Officer)).DefaultRequestHeaders.Authorization!.Parameter!;

        foreach (var (mistake, answer, status, code) in new (string, Task<Answer>, int, string)[]
        {
            ("malformed JSON", Sends(Raw("""{"mission":"LON","text":""")), 400, "request.malformed"),
            ("a member twice", Sends(Raw("""{"mission":"LON","mission":"KBL","account":"noticeboard:LON","text":"A text.","language":"en"}""")), 400, "request.malformed"),
            ("an unknown member", Sends(new { mission = "LON", account = "noticeboard:LON", text = "A text.", language = "en", cleared = true }), 400, "request.malformed"),
            ("10 MB of text", TooMuchAsync(ministry), 413, "request.too-large"),
            ("a text too long", Writes(new string('x', 20_001)), 400, "draft.text-too-long"),
            ("an unknown mission", Writes(mission: "XXX"), 400, "draft.mission-unknown"),
            ("another mission's account", Sends(new { mission = "LON", account = "noticeboard:KBL", text = "A text.", language = "en" }), 400, "draft.account-unknown"),
            ("another mission's draft, read", ministry.DraftAsync(Kabul.Officer, draft), 404, "not-found"),
            ("another mission's draft, submitted", ministry.SubmitAsync(Kabul.Officer, draft, 1), 404, "not-found"),
            ("no token", AsAsync(ministry, null), 401, "token.missing"),
            ("an expired token", AsAsync(ministry, Expired(good, footing)), 401, "token.expired"),
            ("a token that somebody else signed", AsAsync(ministry, good[..(good.LastIndexOf('.') + 1)] + Base64UrlEncoder.Encode(new byte[64])), 401, "token.invalid"),
            ("a token with another subject", AsAsync(ministry, Altered(good)), 401, "token.invalid"),
            ("no Idempotency-Key", WithoutKeyAsync(ministry), 400, "idempotency.missing"),
            ("no ETag", Sends(new { }, $"drafts/{draft}/submissions"), 428, "if-match.missing"),
            ("a stale ETag", Sends(new { }, $"drafts/{draft}/submissions", version: 7), 412, "changed"),
            ("a submitted draft written on", Sends(new { account = "noticeboard:LON", text = "Another text.", language = "en" }, $"drafts/{done}/revisions", version: 2), 409, "draft.submitted"),
            ("a submitted draft submitted again", Sends(new { }, $"drafts/{done}/submissions", version: 2), 409, "draft.already-submitted"),
            ("a time in the past", Writes(release: new { local = "2020-01-01T09:00", zone = "Europe/London" }), 400, "release.past"),
            ("a time that the clocks skip", Writes(release: new { local = SkippedInLondon(), zone = "Europe/London" }), 400, "release.skipped"),
            ("an unknown zone", Writes(release: new { local = "2027-01-01T09:00", zone = "Europe/Atlantis" }), 400, "release.zone"),
            ("a link that runs", Sends(new { mission = "LON", account = "noticeboard:LON", text = "A text.", language = "en", links = new[] { "javascript:alert(1)" } }), 400, "draft.link"),
            ("a link with credentials", Sends(new { mission = "LON", account = "noticeboard:LON", text = "A text.", language = "en", links = new[] { "https://user:secret@example.org" } }), 400, "draft.link"),
            ("a state named twice", Sends(new { mission = "LON", account = "noticeboard:LON", text = "A text.", language = "en", brief = new { counterparts = new[] { "AE", "AE" } } }), 400, "draft.counterparts"),
            ("a picture that nobody brought", Sends(new { mission = "LON", account = "noticeboard:LON", text = "A text.", language = "en", media = new[] { new { digest = new string('0', 64) } } }), 400, "draft.media-unknown"),
            ("an alternative text with a bell", Sends(new { mission = "LON", account = "noticeboard:LON", text = "A text.", language = "en", media = new[] { new { digest = new string('0', 64), alt = "\a" } } }), 400, "draft.alt"),
            ("no picture", ministry.BringAsync(London, "<svg/>"u8.ToArray()), 400, "media.type"),
            ("3 MB of a picture", ministry.BringAsync(London, [.. Pictures.Png(), .. new byte[3_000_000]]), 413, "request.too-large"),
            ("a picture for another mission", ministry.CommandAsync(Kabul.Officer, "drafting", "missions/LON/media", (Func<HttpContent>)(() => Pictures.Content(Pictures.Png()))), 404, "not-found"),
            ("a lone surrogate", Sends(Raw("""{"mission":"LON","account":"noticeboard:LON","text":"half \uD83D a pair","language":"en"}""")), 400, "request.malformed"),
            ("U+0000", Sends(Raw("""{"mission":"LON","account":"noticeboard:LON","text":"nil\u0000","language":"en"}""")), 400, "draft.text-control"),
            ("a CSV that is none", ImportAsync(ministry, "not,what,it,should,be\n1,2,3,4,5\n"), 400, ""),
            ("an import by one who may not", ImportAsync(ministry, $"{MinistryFiles.PeopleHeader}\n", London.Officer), 403, "rights.role"),
            ("a decision on what one may not see", ministry.CommandAsync(London.Officer, "clearance", $"requests/{Guid.Empty}/decisions", new { decision = "Cleared", packageDigest = new string('0', 64) }, 1), 404, "not-found"),
        })
        {
            var problem = await answer;
            (mistake, problem.Status, problem.MediaType).ShouldBe((mistake, status, "application/problem+json"), problem.Body);
            if (code.Length > 0) (mistake, problem.Code).ShouldBe((mistake, code), problem.Body);
            problem["detail"].GetString().ShouldNotBeNullOrWhiteSpace(mistake);
            problem.Body.ShouldNotContain("Exception", customMessage: mistake);
        }
        await Tables.QuietAsync(footing);
        (await Tables.CountAsync(footing)).ShouldBe(before);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_file_with_bad_rows_brings_its_good_rows_whole_and_names_the_bad_ones()
    {
        await using var footing = await OneProcess.StartAsync([London]);
        using var ministry = new Ministry(footing.AddressOf);
        await Tables.QuietAsync(footing);
        var before = await Tables.CountAsync(footing);

        var report = (await ImportAsync(ministry, $"{MinistryFiles.PeopleHeader}\nN-1,New One,,,LON,drafting-officer,2020-01-01,\nN-2,New Two,,,XXX,drafting-officer,2020-01-01,\nN-3,New Three,,,LON,king,2020-01-01,\nN-4\n")).ShouldBe(200);

        report["added"].GetInt32().ShouldBe(1);
        report["rejected"].EnumerateArray().Select(row => row.GetProperty("line").GetInt32()).ShouldBe([3, 4, 5]);
        await Tables.QuietAsync(footing);
        var after = await Tables.CountAsync(footing);
        after["registry.person"].ShouldBe(before["registry.person"] + 1);
        foreach (var service in SeparateServices.Names) after[$"{service}.appointment"].ShouldBe(before[$"{service}.appointment"] + 1, service);
        (await ministry.WriteAsync(Post())).ShouldBe(201);
    }

    private static Post Post() => new(London, "en", "A text that is as it should be.", null);

    private static Func<HttpContent> Raw(string json) => () => new StringContent(json, Encoding.UTF8, "application/json");

    private static Task<Answer> ImportAsync(Ministry ministry, string csv, string person = MinistryFiles.Registrar) => ministry.CommandAsync(
        person, "registry", "imports/people", (Func<HttpContent>)(() => new StringContent(csv, Encoding.UTF8, new MediaTypeHeaderValue("text/csv"))));

    /// <summary>Waits to be told to go on before it sends so much, as every careful client does.</summary>
    private static async Task<Answer> TooMuchAsync(Ministry ministry)
    {
        var desk = await ministry.DeskAsync(London.Officer);
        using var request = new HttpRequestMessage(HttpMethod.Post, ministry.At("drafting", "drafts")) { Content = Raw($$"""{"mission":"LON","text":"{{new string('x', 10_000_000)}}"}""")() };
        request.Headers.ExpectContinue = true;
        request.Headers.Add("Idempotency-Key", "too-much");
        using var response = await desk.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), null, response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<Answer> WithoutKeyAsync(Ministry ministry) =>
        await (await ministry.DeskAsync(London.Officer)).Post(ministry.At("drafting", "drafts"), new { mission = "LON", account = "noticeboard:LON", text = "A text.", language = "en" }, key: "");

    private static async Task<Answer> AsAsync(Ministry ministry, string? token)
    {
        using var client = ministry.Passerby();
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.Post(ministry.At("drafting", "drafts"), new { mission = "LON", account = "noticeboard:LON", text = "A text.", language = "en" });
    }

    /// <summary>The same token as the issuer would have signed it a day ago.</summary>
    private static string Expired(string token, OneProcess footing)
    {
        var (head, body, _) = token.Split('.') switch { var parts => (parts[0], parts[1], parts[2]) };
        var claims = JsonSerializer.Deserialize<Dictionary<string, object>>(Base64UrlEncoder.Decode(body))!;
        var yesterday = TimeProvider.System.Now.AddDays(-1).ToUnixTimeSeconds();
        (claims["iat"], claims["exp"]) = (yesterday - 60, yesterday);
        var signed = $"{head}.{Base64UrlEncoder.Encode(JsonSerializer.Serialize(claims))}";
        using var key = SigningKey.OpenOrCreate(Path.Combine(footing.Folder, "keys", "issuer"));
        return $"{signed}.{Base64UrlEncoder.Encode(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Altered(string token)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace(London.Officer, Kabul.Officer, StringComparison.Ordinal))}.{parts[2]}";
    }

    /// <summary>Half past one on the last Sunday of the next March (Directive 2000/84/EC's day, which London keeps).</summary>
    private static string SkippedInLondon()
    {
        var today = TimeProvider.System.Now;
        var day = new DateOnly(today.Month > 2 ? today.Year + 1 : today.Year, 3, 31);
        while (day.DayOfWeek is not DayOfWeek.Sunday) day = day.AddDays(-1);
        return $"{day:yyyy-MM-dd}T01:30";
    }
}
