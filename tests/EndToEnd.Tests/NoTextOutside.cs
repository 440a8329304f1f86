using System.Net.Http.Headers;
using System.Text;

namespace WorkflowPlatform.EndToEnd.Tests;

/// <summary>What people write lies in the services' databases and nowhere else: not in the broker, not in a log, not in a trace, not among the dead letters.</summary>
public sealed class NoTextOutside
{
    private const string Tap = "tap";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly MissionLine London = MinistryFiles.Missions().Single(mission => mission.Code == "LON");

    /// <summary>One for each field that somebody writes into; a find names the field.</summary>
    private readonly string text = Canary("text"), revised = Canary("revised"), comment = Canary("comment"), name = Canary("name"), refused = Canary("refused"),
        alt = Canary("alt"), brief = Canary("brief"), link = Canary("link");

    private string[] Canaries => [text, revised, comment, name, refused, alt, brief, link];

    [Fact(Timeout = 400_000)]
    public async Task A_canary_in_every_field_is_found_where_it_belongs_and_nowhere_else()
    {
        var begun = DateTime.UnixEpoch.AddMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()).AddSeconds(-2);
        await using var otlp = await OtlpListener.StartAsync();
        await using var footing = await ManyProcesses.StartAsync([London], services =>
        {
            foreach (var service in SeparateServices.Names)
            {
                services.Settings[(service, "Telemetry__Otlp")] = otlp.Address.ToString();
                services.Settings[(service, "Logging__LogLevel__Default")] = "Debug";
            }
        });
        await footing.Broker.BindAsync("WorkflowPlatform.Contracts:IFact", Tap);
        using var ministry = new Ministry(footing.AddressOf, TimeSpan.FromSeconds(30));
        await Eventually.Be(async () => await LedgerAudit.UnsentAsync(footing.DatabaseOf) == 0, Patience, "the register has been sent");
        (await ImportAsync(ministry)).ShouldBe(200)["added"].GetInt32().ShouldBe(1);

        var released = await LivesAsync(ministry);
        var dead = await DiesAsync(footing, ministry, text);

        (await ministry.DraftAsync(London.Officer, released)).Body.ShouldContain(revised);
        (await ministry.ReadAsync(MinistryFiles.Registrar, "registry", "people/N-9")).Body.ShouldContain(name);
        using (var feed = new PublicFeed(ministry)) (await feed.JsonAsync(London.Code)).ShouldContain(item => item.Text.Contains(revised));
        var board = (await ministry.ReadAsync(London.Officer, "oversight", $"noticeboard/{London.Code}")).Body;
        foreach (var written in new[] { alt, link }) board.ShouldContain(written);
        board.ShouldNotContain(brief, customMessage: "a brief is for officers");
        foreach (var service in SeparateServices.Names) await footing.Services[service].StopAsync(); // They export what they still hold.

        var letters = new List<(string Queue, Letter Letter)>();
        foreach (var queue in (await footing.Broker.QueuesAsync()).Select(queue => queue.GetProperty("name").GetString()!))
            letters.AddRange((await footing.Broker.PeekAsync(queue)).Select(letter => (queue, letter)));
        Holds("what was sent", Bytes(letters.Where(l => l.Queue == Tap)), released.ToString());
        Holds("the error queue", Bytes(letters.Where(l => l.Queue == "clearance.on-package-submitted_error")), dead.ToString());
        Holds("the logs", [.. SeparateServices.Names.SelectMany(service => File.ReadAllBytes(Path.Combine(footing.Services.Folder, $"{service}.log")))], released.ToString());
        Holds("the traces", otlp.Of("traces"), "send PackageSubmitted");
        Holds("the exported logs", otlp.Of("logs"), released.ToString());
        Holds("the metrics", otlp.Of("metrics"), null);
        Holds("the broker's files", BrokersFiles(begun), dead.ToString());
    }

    /// <summary>Written, refused, written on, returned, written again, cleared and released.</summary>
    private async Task<Guid> LivesAsync(Ministry ministry)
    {
        PostEnclosures? enclosedAgain = null;
        Task<Answer> Saves(Guid draft, string what, int version) => ministry.CommandAsync(
            London.Officer, "drafting", $"drafts/{draft}/revisions", new
            {
                account = London.Account, text = what, language = "en", media = enclosedAgain?.Media, links = enclosedAgain?.Links, brief = enclosedAgain?.Brief,
            }, version);

        var picture = await Eventually.Get(() => ministry.BringAsync(London, Pictures.Jpeg(refused)), answer => answer.Status == 201, Patience);
        var enclosed = new PostEnclosures([new(picture["digest"].GetString()!, alt)], [$"https://example.org/{link}"], new { message = brief, audience = brief, objective = brief, tactic = brief });
        var draft = (await Eventually.Get(() => ministry.WriteAsync(new Post(London, "en", $"A post. {text}", null) { Enclosed = enclosed }), answer => answer.Status == 201, Patience)).ShouldBe(201);
        (await ministry.CommandAsync(London.Officer, "drafting", "drafts", new { mission = "LON", account = London.Account, text = "A post.", language = "en", links = new[] { $"javascript:{refused}" } })).ShouldBe(400, "draft.link");
        var id = draft["id"].GetGuid();
        (await ministry.CommandAsync(London.Officer, "drafting", "drafts", new { mission = "LON", account = London.Account, text = "A post.", language = "en", unknown = refused })).ShouldBe(400);
        (await ministry.CommandAsync(London.Officer, "drafting", "drafts", (Func<HttpContent>)(() => new StringContent($$"""{"mission":"LON","text":"{{refused}}""", Encoding.UTF8, "application/json")))).ShouldBe(400);
        (await Saves(id, refused + new string('x', 20_001), draft.Version)).ShouldBe(400);

        (await ministry.SubmitAsync(London.Officer, id, draft.Version)).ShouldBe(201);
        var sheet = await SheetAsync(ministry, id);
        foreach (var written in new[] { alt, brief, link }) sheet.Body.ShouldContain(written);
        var officer = MinistryFiles.ClearingOfficers[0];
        (await ministry.CommandAsync(officer, "clearance", $"requests/{sheet["id"].GetGuid()}/decisions", new
        {
            decision = "Returned", packageDigest = sheet["packageDigest"].GetString(), reasonCode = "tone", comment,
        }, sheet["version"].GetInt32())).ShouldBe(200);
        var returned = await Eventually.Get(() => ministry.DraftAsync(London.Officer, id), d => d["standing"].GetString() == "Returned", Patience);
        (await ministry.ReadAsync(London.Officer, "clearance", $"requests?draft={id}")).Body.ShouldContain(comment);

        enclosedAgain = enclosed;
        var saved = (await Saves(id, $"A better post. {revised}", returned.Version)).ShouldBe(200);
        (await ministry.SubmitAsync(London.Officer, id, saved.Version)).ShouldBe(201);
        (await ministry.ClearAsync(officer, await SheetAsync(ministry, id))).ShouldBe(200);
        await Eventually.Be(async () => (await ministry.DraftAsync(London.Officer, id))["standing"].GetString() == "Released", Patience);
        return id;
    }

    /// <summary>A poisoned message: its package cannot be had, although Drafting answers. (A neighbour that is away would be waited for.)</summary>
    private static async Task<Guid> DiesAsync(ManyProcesses footing, Ministry ministry, string text)
    {
        await footing.Services["clearance"].StopAsync();
        var draft = (await ministry.WriteAsync(new Post(London, "en", $"Another post. {text}", null))).ShouldBe(201);
        (await ministry.SubmitAsync(London.Officer, draft["id"].GetGuid(), draft.Version)).ShouldBe(201);
        await LedgerAudit.RowsAsync(await footing.DatabaseOf("drafting"), $"delete from package where draft_id = '{draft["id"].GetGuid()}' returning digest", _ => { });
        footing.Services.Start("clearance");
        await Eventually.Be(async () => (await footing.Broker.PeekAsync("clearance.on-package-submitted_error")).Count == 1, Patience);
        return draft["id"].GetGuid();
    }

    private static async Task<Answer> SheetAsync(Ministry ministry, Guid draft)
    {
        var officer = MinistryFiles.ClearingOfficers[0];
        var waiting = await Eventually.Get(() => ministry.QueueAsync(officer), queue => queue.Count == 1, Patience);
        var sheet = (await ministry.SheetAsync(officer, waiting[0])).ShouldBe(200);
        sheet["draftId"].GetGuid().ShouldBe(draft);
        return sheet;
    }

    private Task<Answer> ImportAsync(Ministry ministry) => ministry.CommandAsync(
        MinistryFiles.Registrar, "registry", "imports/people",
        (Func<HttpContent>)(() => new StringContent($"{MinistryFiles.PeopleHeader}\nN-9,{name},,,LON,drafting-officer,2020-01-01,\n", Encoding.UTF8, new MediaTypeHeaderValue("text/csv"))));

    /// <param name="control">What must be there: else nothing was looked at.</param>
    private void Holds(string where, byte[] bytes, string? control)
    {
        bytes.ShouldNotBeEmpty(where);
        if (control is not null) Contains(bytes, Encoding.UTF8.GetBytes(control)).ShouldBeTrue($"{where} ({bytes.Length} bytes) must tell of {control}");
        foreach (var canary in Canaries)
            foreach (var form in Forms(canary))
                Contains(bytes, form).ShouldBeFalse($"{canary} stands in {where}");
    }

    /// <summary>In the clear, as UTF-16, and inside base64 wherever it begins.</summary>
    private static IEnumerable<byte[]> Forms(string canary)
    {
        yield return Encoding.UTF8.GetBytes(canary);
        yield return Encoding.Unicode.GetBytes(canary);
        for (var before = 0; before < 3; before++)
        {
            var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string(' ', before) + canary));
            yield return Encoding.UTF8.GetBytes(encoded[4..^4]); // Without the ends, which depend on what stands beside it.
        }
    }

    private static bool Contains(byte[] bytes, byte[] part) => bytes.AsSpan().IndexOf(part) >= 0;

    private static byte[] Bytes(IEnumerable<(string Queue, Letter Letter)> letters) =>
        [.. letters.SelectMany(l => l.Letter.Body.Concat(Encoding.UTF8.GetBytes(string.Join('\n', l.Letter.Headers.Select(header => $"{header.Key}: {header.Value}")))))];

    /// <summary>Everything that the broker has written since then: messages, indexes, its own logs.</summary>
    private static byte[] BrokersFiles(DateTime since)
    {
        var state = Environment.GetEnvironmentVariable("TEST_STATE");
        var folder = Path.Combine(state ?? "", "servers", "broker");
        Assert.SkipWhen(state is null || !Directory.Exists(folder), "The broker's files are not at hand here (TEST_STATE); all else was looked through.");
        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => File.GetLastWriteTimeUtc(file) >= since).SelectMany(file =>
        {
            try
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                return bytes.ToArray();
            }
            catch (FileNotFoundException)
            {
                return []; // Folded into another meanwhile.
            }
        })];
    }

    private static string Canary(string field) => $"canary-{field}-{Guid.CreateVersion7():N}";
}
