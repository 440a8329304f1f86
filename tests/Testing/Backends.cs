using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Npgsql;
using WorkflowPlatform.Platform.Data;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace WorkflowPlatform.Testing;

/// <summary>Which database a test runs on.</summary>
public enum Store { Sqlite, Postgres }

/// <summary>Runs a theory once on SQLite and once on PostgreSQL: <c>[Theory, OnBothDatabases]</c> with a <see cref="Store"/> as first parameter.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnBothDatabasesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([new TheoryDataRow<Store>(Store.Sqlite), new TheoryDataRow<Store>(Store.Postgres)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>The two ways the platform is run.</summary>
public enum Footing
{
    /// <summary>SQLite and the in-memory bus.</summary>
    Standalone,

    /// <summary>PostgreSQL and RabbitMQ.</summary>
    Distributed,
}

/// <summary>Runs a theory once on each footing, told by its first parameter.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnBothFootingsAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([new TheoryDataRow<Footing>(Footing.Standalone), new TheoryDataRow<Footing>(Footing.Distributed)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>The databases of one test, one per service, and its data folder; gone when the test ends.</summary>
/// <remarks>Kept apart from the host, so that a test can stop a host and start another over the same data.</remarks>
public sealed class Backends : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> databases = new(StringComparer.OrdinalIgnoreCase);
    private readonly string suffix = Guid.CreateVersion7().ToString("N")[16..];

    public Backends(Store store)
    {
        Store = store;
        Folder = Directory.CreateTempSubdirectory("workflow-platform-test-").FullName;
    }

    public Store Store { get; }

    /// <summary>For <c>Data:Folder</c>.</summary>
    public string Folder { get; }

    /// <summary>The connection string of a service's own fresh database; the same one each time it is asked.</summary>
    public Task<string> ForAsync(string service) => databases.GetOrAdd(service, name => new(() => CreateAsync(name))).Value;

    public async Task<Backend> OpenAsync(string service) => new(await ForAsync(service));

    public async ValueTask DisposeAsync()
    {
        foreach (var database in databases.Values)
            try
            {
                if (Store is Store.Postgres) await DropAsync(await database.Value);
                else await using (var closed = new SqliteConnection(new Backend(await database.Value).ConnectionString)) SqliteConnection.ClearPool(closed);
            }
            catch (Exception) when (database.Value.IsFaulted)
            {
                // It never came to be; the test has told why.
            }
        Directory.Delete(Folder, recursive: true);
    }

    private async Task<string> CreateAsync(string service)
    {
        if (Store is Store.Sqlite) return $"Data Source={Path.Combine(Folder, service + ".db")}";
        var server = await Servers.PostgresAsync();
        var name = $"test_{service.ToLowerInvariant()}_{suffix}";
        await OnServerAsync(server, $"create database \"{name}\"");
        return new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 24, IncludeErrorDetail = true }.ToString();
    }

    private static async Task DropAsync(string connectionString)
    {
        await using (var closed = new NpgsqlConnection(connectionString)) NpgsqlConnection.ClearPool(closed);
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await OnServerAsync(await Servers.PostgresAsync(), $"drop database if exists \"{name}\" with (force)");
    }

    private static async Task OnServerAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { MaxPoolSize = 4 }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
