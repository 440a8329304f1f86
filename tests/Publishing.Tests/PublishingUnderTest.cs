using Dapper;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Contracts.Publishing;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests;

/// <summary>Publishing running with the services around it, and Clearance's key in its trust folder.</summary>
internal sealed class PublishingUnderTest : IAsyncDisposable
{
    private readonly string keys = Directory.CreateTempSubdirectory("workflow-platform-keys-").FullName;
    private ServiceUnderTest? service;

    private PublishingUnderTest(Backends backends, Neighbours neighbours)
    {
        (Backends, Neighbours) = (backends, neighbours);
        (Key, Stranger) = (SigningKey.OpenOrCreate(Path.Combine(keys, "clearance")), SigningKey.OpenOrCreate(Path.Combine(keys, "stranger")));
    }

    public Backends Backends { get; }
    public Neighbours Neighbours { get; }
    public ServiceUnderTest Service => service!;

    /// <summary>Clearance's key, and one that nobody trusts.</summary>
    public SigningKey Key { get; }
    public SigningKey Stranger { get; }

    public Dictionary<string, string?> Settings { get; } = new() { ["Publishing:CallSeconds"] = "4", ["Publishing:SettleSeconds"] = "0.5" };

    /// <summary>A stepped clock; the real time when null.</summary>
    public ManualClock? Clock { get; init; }

    public DateTimeOffset Now => (Clock ?? TimeProvider.System).Now;

    public static async Task<PublishingUnderTest> StartAsync(Store store, bool handles = true, bool trusted = true, params (string Key, string Value)[] settings)
    {
        var publishing = await PrepareAsync(store, trusted);
        publishing.Settings["Publishing:Noticeboard:Handles"] = handles.ToString();
        foreach (var (key, value) in settings) publishing.Settings[key] = value;
        await publishing.StartAsync();
        return publishing;
    }

    /// <summary>Everything but the service itself.</summary>
    /// <param name="stepped">With a clock that stands still until it is stepped, some hours behind the real time.</param>
    public static async Task<PublishingUnderTest> PrepareAsync(Store store, bool trusted = true, bool stepped = false)
    {
        var publishing = new PublishingUnderTest(new Backends(store), await Neighbours.OpenAsync()) { Clock = stepped ? new ManualClock(TimeProvider.System.Now.AddHours(-12)) : null };
        if (trusted) publishing.Trust();
        return publishing;
    }

    public void Trust()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Backends.Folder, "trust", "permit")).FullName;
        File.WriteAllText(Path.Combine(folder, $"{Key.KeyId}.pem"), Key.PublicPem);
    }

    public async Task StartAsync() => service = await StartOneAsync();

    /// <summary>A host over the same database; another one, if there is one already.</summary>
    public Task<ServiceUnderTest> StartOneAsync(string? database = null) => ServiceUnderTest.StartAsync(
        new Setup(Backends.Store) { Backends = Backends, Clock = Clock, Settings = SettingsWith(database) }, new PublishingModule());

    public async Task StopAsync()
    {
        await Service.DisposeAsync();
        service = null;
    }

    /// <summary>A package of the mission due in a moment; shelved with Drafting.</summary>
    public ReleasePackage Package(string mission = "KBL", string? text = null, TimeSpan? dueIn = null, TimeSpan? window = null)
    {
        var due = Now + (dueIn ?? TimeSpan.Zero);
        var package = Examples.Package(mission, text ?? $"Notice {Guid.CreateVersion7()}", due, due + (window ?? TimeSpan.FromHours(1)));
        Neighbours.Shelve(package);
        return package;
    }

    /// <summary>The same with two pictures and two links.</summary>
    public ReleasePackage Illustrated(ReleasePackage package, byte shade = 1)
    {
        var illustrated = package with
        {
            Media = [Neighbours.Hang(Pictures.Png(shade), "A door «open»"), Neighbours.Hang(Pictures.Jpeg("x"), "")], Links = ["https://example.org/b", "https://example.org/a?x=%20"],
        };
        Neighbours.Shelve(illustrated);
        return illustrated;
    }

    /// <summary>Clearance issues a permit for the package; answers it when Publishing has dealt with it.</summary>
    public async Task<ReleasePermit> PermitAsync(ReleasePackage package, ReleasePermit? permit = null)
    {
        permit ??= Examples.Permit(package);
        await SendAsync(permit, Examples.Sign(permit, Key));
        return permit;
    }

    /// <summary>Something comes to the queue as a permit.</summary>
    public Task SendAsync(ReleasePermit told, string envelope) => Service.Publish(new PermitIssued(
        told.RequestId, 3, Guid.CreateVersion7(), told.PackageDigest, told.Mission, told.Account, told.PermitId, envelope, Now));

    public Task WithdrawAsync(ReleasePackage package) =>
        Service.Publish(new WithdrawalAsked(package.DraftId, 3, Examples.DigestOf(package), package.Mission, new Capacity("author", package.Mission), Now));

    /// <summary>The central unit takes the permit back; answers the revocation's id.</summary>
    public async Task<Guid> RevokeAsync(ReleasePackage package, Guid? permitId = null)
    {
        var revocation = Guid.CreateVersion7(Now);
        await Service.Publish(new PermitRevocationAsked(
            Guid.CreateVersion7(), 4, package.DraftId, Examples.DigestOf(package), package.Mission, permitId ?? Guid.CreateVersion7(), revocation, new Capacity("officer", "CENTRAL"), "facts", Now));
        return revocation;
    }

    public Task<Release?> FindAsync(ReleasePackage package) => Service.Db<PublishingDb, Release?>(db => db.Releases.AsNoTracking().SingleOrDefaultAsync(r => r.PackageDigest == Examples.DigestOf(package)));

    /// <summary>The release, as soon as it stands so.</summary>
    public async Task<Release> BecomesAsync(ReleasePackage package, ReleaseStatus status, TimeSpan? within = null) =>
        (await Eventually.Get(() => FindAsync(package), release => release?.Status == status, within, $"the release becomes {status}"))!;

    public Task<List<Release>> ReleasesAsync() => Service.Db<PublishingDb, List<Release>>(db => db.Releases.AsNoTracking().ToListAsync());

    /// <summary>The names of a release's facts in their order.</summary>
    public async Task<string> StoryAsync(ReleasePackage package)
    {
        var id = (await FindAsync(package))!.Id.ToString();
        var facts = await Service.Db<PublishingDb, List<string>>(db => db.Outbox.Where(o => o.AggregateId == id).OrderBy(o => o.Version).Select(o => o.Type).ToListAsync());
        return string.Join(' ', facts.Select(type => type[(type.LastIndexOf('.') + 1)..].Replace("Release", "", StringComparison.Ordinal)));
    }

    /// <summary>The reasons of all refusals that were told.</summary>
    public async Task<List<string>> RefusalsAsync() => [.. (await Service.Db<PublishingDb, List<OutboxRow>>(db =>
        db.Outbox.Where(o => o.Type == typeof(PermitRefused).FullName).OrderBy(o => o.Id).ToListAsync())).Select(o => CanonicalReason(o.Body))];

    /// <summary>Somebody writes into the database past every rule.</summary>
    public async Task TamperAsync(string sql, object? values = null)
    {
        var backend = await Backends.OpenAsync("publishing");
        await using var connection = await backend.OpenAsync();
        (await connection.ExecuteAsync(sql, values)).ShouldBeGreaterThan(0);
    }

    /// <summary>An instant as the database keeps it.</summary>
    public object At(DateTimeOffset instant) => Backends.Store is Store.Postgres ? instant : instant.ToUnixTimeMilliseconds();

    public int PostsOf(ReleasePackage package) => Neighbours.Posts.Count(p => p.Text == package.Text);

    private Dictionary<string, string?> SettingsWith(string? database)
    {
        var settings = new Dictionary<string, string?>(Settings) { ["Services:drafting"] = Neighbours.Address, ["Services:oversight"] = Neighbours.Address };
        if (database is not null) settings["publishing:Database"] = database;
        return settings;
    }

    public async ValueTask DisposeAsync()
    {
        if (service is not null) await service.DisposeAsync();
        await Neighbours.DisposeAsync();
        await Backends.DisposeAsync();
        Key.Dispose();
        Stranger.Dispose();
        Directory.Delete(keys, recursive: true);
    }

    private static string CanonicalReason(byte[] body) => System.Text.Json.JsonElement.Parse(body).GetProperty("reason").GetString()!;
}
