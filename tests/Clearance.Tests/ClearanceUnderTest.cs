using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Testing;
using Microsoft.EntityFrameworkCore;

namespace WorkflowPlatform.Clearance.Tests;

/// <summary>Clearance running on a stepped clock, with two officers of the central unit and an author in Kabul.</summary>
internal sealed class ClearanceUnderTest : IAsyncDisposable
{
    private ClearanceUnderTest(ServiceUnderTest service, PackageShelf shelf, ManualClock clock) => (Service, Shelf, Clock) = (service, shelf, clock);

    public ServiceUnderTest Service { get; }
    public PackageShelf Shelf { get; }
    public ManualClock Clock { get; }
    public HttpClient Officer => Service.Client("officer");

    public static async Task<ClearanceUnderTest> StartAsync(Setup setup, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var shelf = await PackageShelf.OpenAsync();
        var clock = new ManualClock(Examples.Noon);
        var service = await ServiceUnderTest.StartAsync(
            setup with { Clock = clock, Settings = new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>()) { ["Services:drafting"] = shelf.Address } }, new ClearanceModule());
        await service.Given.ClearingOfficerAsync("officer");
        await service.Given.ClearingOfficerAsync("colleague");
        await service.Given.DraftingOfficerAsync("author", "KBL");
        await service.Given.DraftingOfficerAsync("stranger", "TYO");
        await service.Db<ClearanceDb>(async db =>
        {
            foreach (var (code, region, country) in new[] { ("KBL", "South Asia", "AF"), ("TYO", "East Asia", "JP"), ("PAR", "Europe", "FR"), ("RUH", "Middle East", "SA") })
            {
                db.Missions.Add(new KnownMission(code, 1, "embassy", region, country, "UTC"));
                db.Accounts.Add(new KnownAccount($"noticeboard:{code}", 1, code, "noticeboard", Live: true, Flagship: false));
            }
            await db.SaveChangesAsync();
        });
        return new ClearanceUnderTest(service, shelf, clock);
    }

    /// <summary>Submits a package and answers its request as the queue's database has it.</summary>
    public async Task<ClearanceRequest> SubmittedAsync(ReleasePackage? package = null)
    {
        var fact = Shelf.Submit(package ?? Examples.Package());
        await Service.Publish(fact);
        await Eventually.Be(() => Service.Db<ClearanceDb, bool>(db => db.Requests.AnyAsync(r => r.PackageDigest == fact.PackageDigest)));
        return await RequestAsync(fact.PackageDigest);
    }

    public Task<ClearanceRequest> RequestAsync(string digest) => Service.Db<ClearanceDb, ClearanceRequest>(db => db.Requests.AsNoTracking().SingleAsync(r => r.PackageDigest == digest));

    /// <summary>Lets time pass until it is so. A step falls between two looks of a worker as well as into its sleep, so one step alone may go unseen.</summary>
    public Task LaterAsync(TimeSpan first, Func<Task<bool>> condition)
    {
        var step = first;
        return Eventually.Be(() =>
        {
            Clock.Advance(step);
            step = TimeSpan.FromSeconds(1);
            return condition();
        });
    }

    public Task<Answer> DecideAsync(ClearanceRequest request, object? body = null, HttpClient? by = null, int? version = null, string? key = null) =>
        (by ?? Officer).Post($"api/clearance/requests/{request.Id}/decisions", body ?? new { decision = "Cleared", packageDigest = request.PackageDigest }, key, version ?? request.Version);

    /// <summary>From now on texts are routed by this policy, as its two people would have it.</summary>
    public async Task AdoptAsync(string preset)
    {
        var before = (await Officer.Get("api/clearance/policies/in-force")).ShouldBe(200)["item"].GetProperty("digest").GetString();
        var digest = (await Officer.Post("api/clearance/policies", new StringContent(Presets.Yaml(preset), System.Text.Encoding.UTF8, "application/yaml"))).ShouldBe(201)["digest"].GetString();
        (await Service.Client("colleague").Post($"api/clearance/policies/{digest}/adoptions", new { replaces = before }, version: 1)).ShouldBe(200);
    }

    /// <summary>A request whose permit is out.</summary>
    public async Task<ClearanceRequest> PermittedAsync(ReleasePackage? package = null)
    {
        var request = await SubmittedAsync(package);
        (await DecideAsync(request)).ShouldBe(200);
        await LaterAsync(TimeSpan.FromSeconds(21), async () => (await RequestAsync(request.PackageDigest)).Status is ClearanceStatus.PermitIssued);
        return await RequestAsync(request.PackageDigest);
    }

    /// <summary>The envelope of the request's permit, as Publishing is sent it.</summary>
    public async Task<string> EnvelopeAsync(Guid request)
    {
        var row = (await FactsAsync(request)).Single(fact => fact.Type == typeof(PermitIssued).FullName);
        return System.Text.Json.JsonSerializer.Deserialize<PermitIssued>(row.Body, Json.Storage)!.Envelope;
    }

    /// <summary>What the request's permit says.</summary>
    public async Task<ReleasePermit> PermitAsync(ClearanceRequest request)
    {
        using var envelope = System.Text.Json.JsonDocument.Parse(await EnvelopeAsync(request.Id));
        return Platform.Signing.CanonicalJson.Parse<ReleasePermit>(envelope.RootElement.GetProperty("payload").GetBytesFromBase64());
    }

    /// <summary>The folder in which the permit keys lie.</summary>
    public string KeyFolder => Path.Combine(Service.Backends.Folder, "keys", "permit");

    public Task<Answer> RevokeAsync(ClearanceRequest request, object? body = null, HttpClient? by = null, int? version = null) =>
        (by ?? Officer).Post($"api/clearance/requests/{request.Id}/revocations", body ?? new { reasonCode = "events", comment = "The minister's visit was called off." }, null, version ?? request.Version);

    public Task<List<OutboxRow>> FactsAsync(Guid request) => Service.Db<ClearanceDb, List<OutboxRow>>(db =>
        db.Outbox.AsNoTracking().Where(o => o.AggregateId == request.ToString()).OrderBy(o => o.Version).ToListAsync());

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Shelf.DisposeAsync();
    }
}
