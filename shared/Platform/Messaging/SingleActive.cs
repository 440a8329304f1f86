using Dapper;

namespace WorkflowPlatform.Platform.Messaging;

/// <summary>Leave to be the one active worker of a kind on a database. Held as long as its connection lives; a stand-by tries every second.</summary>
/// <remarks>
/// PostgreSQL: a session advisory lock, gone with the connection. SQLite: the database belongs to one process (see
/// <see cref="FileLock"/>), so that process is the active one.
/// </remarks>
public sealed class SingleActive : IAsyncDisposable
{
    private SingleActive(DbConnection connection) => Connection = connection;

    /// <summary>The connection that holds the lock. Who works over it learns at once when the lock is gone.</summary>
    public DbConnection Connection { get; }

    public static async Task<SingleActive> AcquireAsync(Backend backend, string worker, TimeProvider clock, CancellationToken ct)
    {
        while (true)
        {
            var connection = await backend.OpenAsync(unpooled: true, ct);
            try
            {
                if (!backend.IsPostgres || await connection.ExecuteScalarAsync<bool>(
                        new CommandDefinition("select pg_try_advisory_lock(hashtextextended(@worker, 0))", new { worker }, cancellationToken: ct)))
                    return new SingleActive(connection);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
            await connection.DisposeAsync();
            await Task.Delay(TimeSpan.FromSeconds(1), clock, ct);
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
