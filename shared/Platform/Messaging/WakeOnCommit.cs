using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WorkflowPlatform.Platform.Messaging;

/// <summary>Rings a service's bell after each commit, so that what was committed is sent at once and not at the next look.</summary>
internal sealed class WakeOnCommit(Wakeup wakeup) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context?.Database.CurrentTransaction is null) Rang();
        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Rang();
        return Task.CompletedTask;
    }

    private void Rang()
    {
        Steps.Passed(Steps.Committed);
        wakeup.Ring();
    }
}
