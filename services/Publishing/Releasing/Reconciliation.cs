using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;

namespace WorkflowPlatform.Publishing.Releasing;

/// <summary>After a restore the schedule may be older than the accounts: what was due is read back before anything is released.</summary>
/// <remarks>Asked for by <c>Publishing:Reconcile</c> or by a file named <c>reconcile</c> in the data folder, which goes away when it is done.</remarks>
internal sealed partial class Reconciliation(Settings settings, IServiceScopeFactory scopes, TimeProvider clock, ILogger<Reconciliation> log)
{
    /// <summary>Until it is done nothing is released, and nothing that was due is said to be stopped.</summary>
    public bool IsPending { get; private set; } = settings.Reconcile || File.Exists(settings.ReconcileMarker);

    /// <summary>Reads back everything that may be public without our knowing it. Throws when an account cannot be read, and begins anew.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (!IsPending) return;
        var (ids, found) = (await DueAsync(ct), 0);
        Begins(log, ids.Count);
        for (var i = 0; i < ids.Count; i++)
        {
            if (await OneAsync(ids[i], ct)) found++;
            if (i % 100 == 99) Goes(log, i + 1, ids.Count, found);
        }
        File.Delete(settings.ReconcileMarker);
        IsPending = false;
        Ends(log, ids.Count, found);
    }

    private async Task<List<Guid>> DueAsync(CancellationToken ct)
    {
        await using var scope = NewScope();
        var now = clock.Now;
        return await scope.ServiceProvider.GetRequiredService<PublishingDb>().Releases
            .Where(r => r.Status == ReleaseStatus.Scheduled ? r.NotBefore <= now : (r.Status == ReleaseStatus.Releasing || r.Status == ReleaseStatus.OutcomeUnknown) && r.DueAt <= now)
            .OrderBy(r => r.NotBefore).Select(r => r.Id).ToListAsync(ct);
    }

    private async Task<bool> OneAsync(Guid id, CancellationToken ct)
    {
        await using var scope = NewScope();
        return await scope.ServiceProvider.GetRequiredService<ReadBackAfterRestore>().HandleAsync(id, ct);
    }

    private AsyncServiceScope NewScope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DataScope>().BecomeSystem();
        return scope;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reconcile: {Count} releases are read back before anything is released")]
    private static partial void Begins(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reconcile: {Done} of {Count} read back, {Found} found public")]
    private static partial void Goes(ILogger log, int done, int count, int found);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reconcile: done, {Count} read back, {Found} found public; releasing goes on")]
    private static partial void Ends(ILogger log, int count, int found);
}
