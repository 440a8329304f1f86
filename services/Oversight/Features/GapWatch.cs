using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Messaging;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Oversight.Features;

/// <summary>Tells of entries that stay away: of each once, when it is missing for longer than messages take.</summary>
public sealed class GapWatch([FromKeyedServices(OversightModule.ServiceName)] Backend backend, IServiceScopeFactory scopes, TimeProvider clock, ILogger<GapWatch> log)
    : Loop($"{OversightModule.ServiceName}.gaps", backend, new Wakeup(), clock, log)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly TimeProvider clock = clock;

    protected override async Task<TimeSpan> RoundAsync(SingleActive turn, CancellationToken ct)
    {
        await LookAsync(ct);
        return Period;
    }

    internal async Task LookAsync(CancellationToken ct)
    {
        var now = clock.Now;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DataScope>().BecomeSystem();
        var db = scope.ServiceProvider.GetRequiredService<OversightDb>();

        var latest = now - MissingEntry.Patience;
        var due = await db.MissingEntries.AsNoTracking().Where(m => m.AlertId == null && m.Since < latest).OrderBy(m => m.Since).Take(100).ToListAsync(ct);
        foreach (var missing in due)
        {
            await RaiseAsync(db, missing, now, ct);
            db.ChangeTracker.Clear();
        }
    }

    private static async Task RaiseAsync(OversightDb db, MissingEntry missing, DateTimeOffset now, CancellationToken ct)
    {
        await using var held = await db.HoldAsync(missing.Aggregate, missing.AggregateId, ct);
        var still = await db.MissingEntries.SingleOrDefaultAsync(
            m => m.Aggregate == missing.Aggregate && m.AggregateId == missing.AggregateId && m.Version == missing.Version && m.AlertId == null, ct);
        if (still is null) return; // It came a moment ago.

        var alert = new Alert(
            Guid.CreateVersion7(now), AlertKind.Gap, $"{missing.Aggregate}/{missing.AggregateId}/{missing.Version}",
            $"Version {missing.Version} has not come, although version {missing.Version + 1} is there since {missing.Since:u}.", now, missing.Mission);
        db.Alerts.Add(alert);
        db.Entry(still).CurrentValues.SetValues(still with { AlertId = alert.Id });
        await db.SaveChangesAsync(ct);
        await held.CommitAsync(ct);
    }
}
