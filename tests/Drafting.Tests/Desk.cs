using System.Text.Json;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Drafting.Data;

namespace WorkflowPlatform.Drafting.Tests;

/// <summary>Drafting in a host of its own, with two missions whose officers write, and what the other services would tell it.</summary>
internal sealed class Desk : IAsyncDisposable
{
    public const string Paris = "PAR";
    public const string Tokyo = "TYO";

    private Desk(ServiceUnderTest service, ClearanceShelf shelf) => (Service, Shelf) = (service, shelf);

    public ServiceUnderTest Service { get; }
    public ClearanceShelf Shelf { get; }

    /// <summary>Two officers of Paris, one of Tokyo, and one of the central unit.</summary>
    public HttpClient Amina => Service.Client("1001");
    public HttpClient Bilal => Service.Client("1002");
    public HttpClient Chie => Service.Client("1003");
    public HttpClient Clearing => Service.Client("2001");

    public DateTimeOffset Now => Service.Clock.GetUtcNow();

    public static async Task<Desk> OpenAsync(Setup setup)
    {
        var shelf = await ClearanceShelf.OpenAsync();
        var desk = new Desk(await ServiceUnderTest.StartAsync(setup with { Settings = new(setup.Settings) { ["Services:clearance"] = shelf.Address } }, new DraftingModule()), shelf);
        // Until its queues are there, the broker gives messages back.
        await Eventually.Be(async () => (await desk.Service.ClientWith().Get("health/ready"))["status"].GetString() == "Healthy");
        foreach (var mission in new[] { Paris, Tokyo })
        {
            await desk.HeardAsync(new MissionRecorded(mission, 1, "Embassy", "embassy", mission, "XX", "Region", "Europe/Paris", ["en"], desk.At));
            await desk.HeardAsync(new AccountRecorded($"noticeboard:{mission}", 1, mission, "noticeboard", mission, true, false, desk.At));
        }
        var given = desk.Service.Given;
        await given.DraftingOfficerAsync("1001", Paris);
        await given.DraftingOfficerAsync("1002", Paris);
        await given.DraftingOfficerAsync("1003", Tokyo);
        await given.ClearingOfficerAsync("2001");
        return desk;
    }

    /// <summary>Now, as facts bear it.</summary>
    public DateTimeOffset At => Platform.Time.Clock.ToWholeMilliseconds(Now);

    /// <summary>A fact of another service, dealt with when this returns, on either bus.</summary>
    public async Task HeardAsync(IFact fact)
    {
        var sent = await Service.Publish(fact);
        var consumers = Service.Services.GetRequiredService<Platform.Messaging.ConsumerMap>().QueuesFor(fact.GetType()).Count;
        await Eventually.Be(() => Service.Db<DraftingDb, bool>(async db =>
            await db.Inbox.CountAsync(row => row.MessageId == sent.MessageId) >= consumers));
    }

    public static object Draft(
        string text = "We are open.", string mission = Paris, string? account = null, object? release = null, DateTimeOffset? notAfter = null, string language = "en") =>
        new { mission, account = account ?? $"noticeboard:{mission}", text, language, lane = "Routine", release, notAfter };

    public static object Revision(string text, string mission = Paris, object? release = null, DateTimeOffset? notAfter = null) =>
        new { account = $"noticeboard:{mission}", text, language = "en", lane = "Routine", release, notAfter };

    public static async Task<Answer> WriteAsync(HttpClient officer, object? draft = null) =>
        (await officer.Post("api/drafting/drafts", draft ?? Draft())).ShouldBe(201);

    /// <summary>Writes and submits.</summary>
    public static async Task<Round> SubmitAsync(HttpClient officer, object? draft = null)
    {
        var written = await WriteAsync(officer, draft);
        return await SubmitAsync(officer, written["id"].GetGuid(), written.Version);
    }

    public static async Task<Round> SubmitAsync(HttpClient officer, Guid id, int version)
    {
        var submitted = (await officer.Post($"api/drafting/drafts/{id}/submissions", version: version)).ShouldBe(201);
        return new Round(id, submitted["packageDigest"].GetString()!, submitted.Version);
    }

    public static async Task<Answer> ReadAsync(HttpClient officer, Guid id) => (await officer.Get($"api/drafting/drafts/{id}")).ShouldBe(200);

    public static async Task<IReadOnlyList<JsonElement>> ListAsync(HttpClient officer, string path) =>
        [.. (await officer.Get($"api/drafting/{path}")).ShouldBe(200)["items"].EnumerateArray()];

    public async ValueTask DisposeAsync()
    {
        foreach (var fault in Service.Logs.At(Microsoft.Extensions.Logging.LogLevel.Error)) TestContext.Current.TestOutputHelper?.WriteLine(fault);
        await Service.DisposeAsync();
        await Shelf.DisposeAsync();
    }
}
