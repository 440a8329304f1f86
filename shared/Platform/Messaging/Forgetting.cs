using Dapper;

namespace WorkflowPlatform.Platform.Messaging;

/// <summary>Forgets which messages and commands a service has dealt with, once they are too old to come again: after <c>Data:RememberDays</c>, 30 unless told.</summary>
/// <remarks>
/// A message that comes even later meets the versions and unique keys of what it made. Several that forget at once do no harm.
/// The outbox forgets nothing: its rows are the ledger's entries.
/// </remarks>
internal sealed partial class Forgetting(Backend backend, IConfiguration configuration, TimeProvider clock, ILogger<Forgetting> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        do
        {
            try
            {
                await using var connection = await backend.OpenAsync(ct: stoppingToken);
                var before = backend.Instant(clock.Now.AddDays(-configuration.GetValue("Data:RememberDays", 30)));
                const string Old = "delete from inbox where at < @before; delete from idempotency where at < @before";
                await connection.ExecuteAsync(new CommandDefinition(Old, new { before }, cancellationToken: stoppingToken));
            }
            catch (DbException fault)
            {
                Later(log, fault);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is too old is forgotten an hour later")]
    private static partial void Later(ILogger log, Exception fault);
}
