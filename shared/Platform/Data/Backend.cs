using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace WorkflowPlatform.Platform.Data;

/// <summary>Which database a service keeps its data in, told by its connection string: <c>Host=</c> is PostgreSQL, <c>Data Source=</c> is SQLite.</summary>
public sealed class Backend
{
    public Backend(string connectionString)
    {
        IsPostgres = connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase);
        ConnectionString = IsPostgres
            ? new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 100, NoResetOnClose = true }.ToString() // Nothing of ours leaves anything behind in a pooled session.
            : new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true, DefaultTimeout = 30 }.ToString();
    }

    public bool IsPostgres { get; }

    public string ConnectionString { get; }

    /// <param name="unpooled">For a connection that holds a lock as long as it lives.</param>
    public async Task<DbConnection> OpenAsync(bool unpooled = false, CancellationToken ct = default)
    {
        DbConnection connection = IsPostgres
            ? new NpgsqlConnection(unpooled ? new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, KeepAlive = 5 }.ToString() : ConnectionString)
            : new SqliteConnection(ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            if (connection is SqliteConnection) PatientLock.On(connection);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>An instant as a parameter of plain SQL.</summary>
    public object Instant(DateTimeOffset at) => IsPostgres ? at : at.ToUnixTimeMilliseconds();

    /// <summary>An instant from the result of plain SQL.</summary>
    public DateTimeOffset ReadInstant(DbDataReader reader, int column) =>
        IsPostgres ? reader.GetFieldValue<DateTimeOffset>(column) : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    public void Configure(DbContextOptionsBuilder options)
    {
        if (IsPostgres) options.UseNpgsql(ConnectionString);
        else options.UseSqlite(ConnectionString).AddInterceptors(PatientLock.Instance);
    }

    /// <summary>Lets SQLite itself wait for its one writer, in steps from a millisecond on; the client library alone looks again only every 150 ms.</summary>
    private sealed class PatientLock : DbConnectionInterceptor
    {
        public static readonly PatientLock Instance = new();

        public static void On(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "pragma busy_timeout = 30000";
            command.ExecuteNonQuery();
        }

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => On(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            On(connection);
            return Task.CompletedTask;
        }
    }
}
