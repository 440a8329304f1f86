using Microsoft.EntityFrameworkCore;

namespace WorkflowPlatform.Platform.Messaging;

/// <summary>On the in-memory bus: gives a dead letter back to its consumer when somebody asks for it, under the same MessageId.</summary>
/// <remarks>The row goes only once the consumer has dealt with the message. On RabbitMQ the letters lie in queues, and the tool moves them.</remarks>
public sealed class Replay(
    string service, Type database, Backend backend, IServiceScopeFactory scopes, Outlet outlet, TimeProvider clock, ILogger<Replay> log)
    : Loop($"{service}.replay", backend, new Wakeup(), clock, log) // No commit of ours asks for one: it looks once a second.
{
    protected override async Task<TimeSpan> RoundAsync(SingleActive turn, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DataScope>().BecomeSystem();
        var db = (PlatformDb)scope.ServiceProvider.GetRequiredService(database);
        foreach (var letter in await db.DeadLetters.Where(l => l.Replay).OrderBy(l => l.Id).Take(50).ToListAsync(ct))
        {
            await outlet.ReplayAsync(letter, ct); // If it fails again, it is a dead letter again: a row of its own.
            db.DeadLetters.Remove(letter);
            await db.SaveChangesAsync(ct);
        }
        return TimeSpan.FromSeconds(1);
    }
}
