using System.Net;
using System.Net.Http.Headers;
using System.Text;
using WorkflowPlatform.Testing;

[assembly: AssemblyFixture(typeof(WorkflowPlatform.Architecture.Tests.Visitors))]

namespace WorkflowPlatform.Architecture.Tests;

/// <summary>A ministry of two missions in one host, with one cleared and scheduled post of the first, and every kind of visitor.</summary>
public sealed class Visitors : IAsyncLifetime
{
    /// <summary>Stands in the post's text. Whoever must not see the post must never be sent it.</summary>
    public const string Canary = "canary-4711-in-the-text";

    /// <summary>Keeper and inspector are the registrar's and the auditor's like who also write for the other mission.</summary>
    private static readonly (string Visitor, string Person)[] People =
    [
        ("own", "D-KBL"), ("other", "D-KDH"), ("nobody", "N-1"), ("clearing", "C-1"), ("auditor", MinistryFiles.Auditor), ("registrar", MinistryFiles.Registrar),
        ("keeper", "K-1"), ("inspector", "I-1"),
    ];

    private readonly Dictionary<string, HttpClient> clients = [];
    private Backends backends = null!;
    private Ministry ministry = null!;

    internal ServiceUnderTest Host { get; private set; } = null!;

    /// <summary>What tells the post: its ids, which other eyes must not see either.</summary>
    public IReadOnlyList<string> Marks { get; private set; } = [];

    private Dictionary<string, string> Ids { get; } = [];

    public async ValueTask InitializeAsync()
    {
        backends = new Backends(Store.Sqlite);
        var missions = MinistryFiles.Missions().Where(mission => mission.Code is "KBL" or "KDH").ToList();
        var (missionsPath, peoplePath) = MinistryFiles.Write(backends.Folder, missions);
        await File.AppendAllLinesAsync(peoplePath,
        [
            "N-1,Retired,,,KBL,drafting-officer,2020-01-01,2021-01-01",
            "K-1,Keeper,,,CENTRAL,registrar,2020-01-01,", "K-1,Keeper,,,KDH,drafting-officer,2020-01-01,",
            "I-1,Inspector,,,CENTRAL,auditor,2020-01-01,", "I-1,Inspector,,,KDH,drafting-officer,2020-01-01,",
        ]);
        Host = await ServiceUnderTest.StartAsync(new Setup(Store.Sqlite)
        {
            Backends = backends, Development = true, Pages = Portal.PortalModule.SessionScheme,
            Settings =
            {
                ["Registry:LocalIssuer:Enabled"] = "true", ["Registry:Seed:Missions"] = missionsPath, ["Registry:Seed:People"] = peoplePath,
                ["Clearance:UndoSeconds"] = "0",
            },
        }, [.. Modules.All()]);
        Trust();
        ministry = new Ministry(_ => Host.Address, TimeSpan.FromSeconds(30));

        foreach (var (visitor, person) in People)
            clients[visitor] = await ministry.DeskAsync(person);
        clients["anonymous"] = Host.ClientWith();
        foreach (var service in new[] { "clearance", "publishing", "portal" })
            clients[service] = Host.ClientWith(Host.Services.GetService(typeof(Platform.Identity.InProcessIssuer)) is Platform.Identity.InProcessIssuer issuer ? issuer.MintForService!(service).Value : null);
        await PostAsync(missions[0]);
    }

    /// <summary>The answer that a visitor gets on a way, with the post's ids in the pattern.</summary>
    internal Task<Answer> AskAsync(string visitor, Way way)
    {
        var path = way.Pattern
            .Replace("{id:guid}", Ids.GetValueOrDefault(way.Pattern.Split('/').ElementAtOrDefault(2) ?? "", Ids["drafting"])).Replace("{draftId:guid}", Ids["drafting"]).Replace("{sha256}", Ids["digest"]).Replace("{digest}", Ids["media"]).Replace("{policy}", Clearance.Policy.PolicyShelf.First.Digest)
            .Replace("{mission}", "KBL").Replace("{code}", "KBL").Replace("{person}", "D-KBL").Replace("{handle}", "a-handle").Replace("{id}", "a-handle")
            .Replace("{id:guid?}", "").Replace("{documentName}", "registry").Replace("{name}", "no-such-asset").Replace("{*path:regex(^(?!(api|health|openapi)(/|$)))}", "no-such-page");
        path = path switch
        {
            "/api/registry/people" => path + "?ids=D-KBL",
            "/api/clearance/requests" => path + $"?draft={Ids["drafting"]}",
            "/api/publishing/releases" => path + $"?draft={Ids["drafting"]}",
            _ => path,
        };
        return clients[visitor].Send(new HttpMethod(way.Method == "*" ? "GET" : way.Method), new Uri(Host.Address, path).ToString(), BodyOf(way), way.Once ? Guid.CreateVersion7().ToString() : null, way.Method == "POST" ? "\"999\"" : null);
    }

    public async ValueTask DisposeAsync()
    {
        ministry.Dispose();
        await Host.DisposeAsync();
        await backends.DisposeAsync();
    }

    /// <summary>Well-formed bodies: a command from somebody who may is stopped by its stale version, so that nothing changes while all are asked.</summary>
    private object? BodyOf(Way way) => way.Name switch
    {
        "POST /api/drafting/drafts" => new { mission = "KBL", account = "noticeboard:KBL", text = "another text", language = "en" },
        "POST /api/drafting/missions/{mission}/media" => Pictures.Content(Pictures.Png(2)),
        "POST /api/drafting/drafts/{id:guid}/revisions" => new { account = "noticeboard:KBL", text = "another text", language = "en" },
        "POST /api/clearance/requests/{id:guid}/decisions" => new { decision = "Cleared", packageDigest = Ids["digest"] },
        "POST /api/clearance/bulk-decisions" => new { items = new[] { new { id = Ids["clearance"], version = 1, packageDigest = Ids["digest"] } } },
        "POST /api/clearance/requests/{id:guid}/assignments" => new { person = "C-2" },
        "POST /api/clearance/views" => new { name = "A view", filter = new { } },
        "POST /api/clearance/requests/{id:guid}/amendments" => new { packageDigest = Ids["digest"], text = "another text", comment = "It reads better." },
        "POST /api/clearance/requests/{id:guid}/revocations" => new { reasonCode = "events", comment = "It was called off." },
        "POST /api/clearance/policies" => new StringContent("pack: none", Encoding.UTF8, "application/yaml"),
        "POST /api/clearance/policies/{policy}/adoptions" => new { replaces = Clearance.Policy.PolicyShelf.First.Digest },
        "POST /api/clearance/requests/{id:guid}/immediate-releases" => new { packageDigest = Ids["digest"], reason = "It cannot wait." },
        "POST /api/clearance/requests/{id:guid}/reviews" => new { verdict = "Upheld" },
        "POST /api/clearance/requests/{id:guid}/bypasses" => new { packageDigest = Ids["digest"], office = "CENTRAL", reason = "Nobody answers." },
        "POST /api/clearance/requests/{id:guid}/recorded-clearances" => new { packageDigest = Ids["digest"], givenBy = "C-2", office = "CENTRAL", means = "telephone" },
        "POST /api/clearance/requests/{id:guid}/countersignatures" => new { recordingId = Guid.Empty, packageDigest = Ids["digest"] },
        "POST /api/oversight/noticeboard/{mission}/posts" or "PUT /api/oversight/noticeboard/{mission}/posts/{handle}" => new { text = "a notice", language = "en" },
        "POST /api/registry/imports/missions" => Csv(File.ReadLines(MinistryFiles.MissionsPath).First()),
        "POST /api/registry/imports/people" => Csv(MinistryFiles.PeopleHeader),
        "POST /api/registry/imports/offices" => Csv("code,name,kind,parent,zone,hours,rest_days,holidays,covers"),
        "POST /api/registry/imports/accounts" => Csv("account,flagship,live"),
        "POST /api/registry/imports/delegations" => Csv("absent,deputy,office,role,from,to,kind"),
        "POST /api/registry/imports/duties" => Csv("office,person,from,to,zone"),
        "POST /api/registry/issuer/token" => new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "urn:workflow-platform:card", ["person"] = "D-KBL" }),
        _ when way.Method is "POST" => new { },
        _ => null,
    };

    private static StringContent Csv(string head) => new(head + "\n", Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));

    /// <summary>From a draft to its release in the schedule.</summary>
    private async Task PostAsync(MissionLine mission)
    {
        var due = DateTimeOffset.FromUnixTimeSeconds(Host.Clock.GetUtcNow().ToUnixTimeSeconds()).AddHours(2);
        Answer written = null!;
        var picture = await Eventually.Get(
            () => ministry.BringAsync(mission, Pictures.Png()), answer => answer.Status == 201);
        var enclosed = new PostEnclosures([new(picture["digest"].GetString()!, Canary)], [$"https://example.org/{Canary}"], new { message = Canary });
        await Eventually.Be(async () => (written = await ministry.WriteAsync(new Post(mission, "en", Canary, due) { Enclosed = enclosed })).Status == 201);
        var draft = written["id"].GetGuid();
        (await ministry.SubmitAsync(mission.Officer, draft, written["version"].GetInt32())).ShouldBe((int)HttpStatusCode.Created);
        var request = (await Eventually.Get(() => ministry.QueueAsync("C-1"), queue => queue.Count == 1))[0];
        var sheet = await ministry.SheetAsync("C-1", request);
        (await ministry.ClearAsync("C-1", sheet)).ShouldBe(200);
        var releases = await Eventually.Get(
            () => ministry.ReadAsync("C-1", "publishing", $"releases?draft={draft}"), answer => answer.Status == 200 && answer["items"].GetArrayLength() == 1, TimeSpan.FromSeconds(40));
        var release = releases["items"][0].GetProperty("id").GetGuid();

        (Ids["drafting"], Ids["clearance"], Ids["publishing"], Ids["digest"]) = (draft.ToString(), request.ToString(), release.ToString(), sheet["packageDigest"].GetString()!);
        Ids["media"] = picture["digest"].GetString()!;
        Marks = [Canary, draft.ToString(), request.ToString(), release.ToString(), Ids["digest"]];
        foreach (var visitor in new[] { "own", "other", "clearing", "auditor", "keeper", "inspector" }) // Until every service has heard who they are.
            foreach (var list in new[] { ministry.At("publishing", "releases"), ministry.At("oversight", $"history/{draft}") })
                await Eventually.Be(async () => (await clients[visitor].Get(list)).Status is 200 or 404, TimeSpan.FromSeconds(60));
        foreach (var visitor in new[] { "other", "keeper", "inspector" })
            await Eventually.Be(async () => (await clients[visitor].Get(ministry.At("drafting", "drafts"))).Status == 200, TimeSpan.FromSeconds(60));
        await Eventually.Be(async () => (await clients["registrar"].Get(ministry.At("clearance", "queue"))).Code == "rights.role", TimeSpan.FromSeconds(60));
    }

    private void Trust()
    {
        var trust = Directory.CreateDirectory(Path.Combine(backends.Folder, "trust", "permit")).FullName;
        foreach (var key in Directory.GetFiles(Path.Combine(backends.Folder, "keys", "permit"), "*.pub.pem")) File.Copy(key, Path.Combine(trust, Path.GetFileName(key)), true);
    }
}
