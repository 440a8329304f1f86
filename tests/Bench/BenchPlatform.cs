using System.Collections.Concurrent;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Bench;

/// <summary>A draft that waits to be submitted.</summary>
/// <param name="Due">Its own second, by which it is known again in the queue.</param>
internal sealed record WaitingDraft(string Officer, Guid Id, int Version, DateTimeOffset Due);

/// <summary>The services in processes of their own over private servers, and a ministry of eight missions that works with them.</summary>
internal sealed class BenchPlatform : IAsyncDisposable
{
    private static readonly string[] Codes = ["KBL", "LON", "PAR", "RUH", "TYO", "WAS", "PEK", "NBO"];
    private static readonly string Server = Required("TEST_POSTGRES");
    private readonly SeparateServices services;
    private readonly List<string> started = [];

    private BenchPlatform(SeparateServices services) => (this.services, Ministry) = (services, new Ministry(services.AddressOf));

    public static IReadOnlyList<MissionLine> Missions { get; } = [.. MinistryFiles.Missions().Where(mission => Codes.Contains(mission.Code))];

    public Ministry Ministry { get; }

    public IReadOnlyList<int> ProcessIds => [.. started.Select(name => services[name].Id)];

    public int ProcessIdOf(string name) => services[name].Id;

    /// <summary>Everything is prepared, so that what is sent is kept in queues; only the named services run.</summary>
    public static async Task<BenchPlatform> BeginAsync(string folder, params string[] running)
    {
        foreach (var name in SeparateServices.Names) await LedgerAudit.RowsAsync(new Backend(Server), $"drop database if exists {Database(name)} with (force)", _ => { });
        foreach (var name in SeparateServices.Names) await LedgerAudit.RowsAsync(new Backend(Server), $"create database {Database(name)}", _ => { });
        var seed = MinistryFiles.Write(Path.Combine(folder, "seed"), Missions);
        var services = await SeparateServices.PrepareAsync(folder, name => Task.FromResult(ConnectionOf(name)), new Uri(Required("TEST_BROKER")), seed);
        foreach (var name in SeparateServices.Names.Where(name => name != "registry")) services.Settings[(name, "ASPNETCORE_ENVIRONMENT")] = "Production"; // As a ministry would run them; the local issuer runs nowhere else.
        // The limit per person is for people; a benchmark's officer is a crowd.
        foreach (var name in SeparateServices.Names) services.Settings[(name, "Limits__RequestsPerSecondPerPerson")] = "1000000";
        var platform = new BenchPlatform(services);
        await platform.StartAsync(running);
        return platform;
    }

    public async Task StartAsync(params string[] names)
    {
        foreach (var name in names) services.Start(name);
        foreach (var name in names) await services.ReadyAsync(name);
        started.AddRange(names);
        foreach (var mission in Missions)
            await Eventually.Passes(async () => (await Ministry.WriteAsync(new Post(mission, "en", "A note that stays a draft.", null))).ShouldBe(201), TimeSpan.FromMinutes(1));
        if (!started.Contains("clearance")) return;
        foreach (var officer in MinistryFiles.ClearingOfficers)
            await Eventually.Passes(async () => await Ministry.QueueAsync(officer), TimeSpan.FromMinutes(1));
    }

    /// <summary>Until a service has sent all that it committed.</summary>
    public static Task SentAsync(string service) => Eventually.Be(async () =>
    {
        var unsent = 0L;
        await LedgerAudit.RowsAsync(DatabaseOf(service), "select count(*) from outbox where sent_at is null", row => unsent = (long)row[0]);
        return unsent == 0;
    }, TimeSpan.FromMinutes(2), $"{service} has sent all");

    /// <summary>A second database like a service's, which nobody works with. The service stands still meanwhile: a template may have no visitors.</summary>
    public async Task CopyDatabaseAsync(string service, string copy)
    {
        await services[service].StopAsync();
        await LedgerAudit.RowsAsync(new Backend(Server), $"drop database if exists {Database(copy)} with (force)", _ => { });
        await LedgerAudit.RowsAsync(new Backend(Server), $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{Database(service)}'", _ => { }); // Pooled connections of ours.
        Npgsql.NpgsqlConnection.ClearAllPools();
        await LedgerAudit.RowsAsync(new Backend(Server), $"create database {Database(copy)} template {Database(service)}", _ => { });
        services.Start(service);
        await services.ReadyAsync(service);
    }

    /// <summary>Drafts for later submission, due far ahead: the n-th before the one written before it.</summary>
    public async Task<ConcurrentQueue<WaitingDraft>> DraftsAsync(int count, DateTimeOffset? due = null)
    {
        var drafts = new ConcurrentQueue<WaitingDraft>();
        var (number, far) = (0, due ?? TimeProvider.System.GetUtcNow().AddDays(30));
        var whole = DateTimeOffset.FromUnixTimeSeconds(far.ToUnixTimeSeconds());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            while (Interlocked.Increment(ref number) is var n && n <= count)
            {
                var mission = Missions[writer % Missions.Count];
                var written = (await Ministry.WriteAsync(new Post(mission, "en", $"{Greeting} #{n}", whole.AddSeconds(-n)))).ShouldBe(201);
                drafts.Enqueue(new(mission.Officer, written["id"].GetGuid(), written.Version, whole.AddSeconds(-n)));
            }
        }));
        return drafts;
    }

    /// <summary>About as long as posts are: 200 characters.</summary>
    public const string Greeting = "The consular section is open on Sunday to Thursday from nine to one. Passports that were applied for before the first of the month can be collected without an appointment; please bring your receipt.";

    public static Backend DatabaseOf(string service) => new(ConnectionOf(service));

    public static string ConnectionOf(string service) => new Npgsql.NpgsqlConnectionStringBuilder(Server) { Database = Database(service), MaxPoolSize = 40 }.ToString();

    public static string Database(string service) => $"bench_{service}";

    public static string Required(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new InvalidOperationException($"Set {name}, or run deploy/scripts/bench.");

    public async ValueTask DisposeAsync()
    {
        Ministry.Dispose();
        await services.DisposeAsync();
    }
}
