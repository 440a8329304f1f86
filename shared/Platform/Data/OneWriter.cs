using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace WorkflowPlatform.Platform.Data;

/// <summary>Lets the writers of a SQLite file wait in line instead of looking again and again whether it is free: it has one writer at a time, and belongs to one process.</summary>
/// <remarks>For speed and fairness only: that two do not write at once is SQLite's own affair, and who does not get a turn in time takes their chance there.</remarks>
public static class OneWriter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Lines = new();

    /// <summary>The turn to write, until it is disposed of; none is needed on PostgreSQL, nor inside a transaction that has its own.</summary>
    public static async Task<IDisposable?> TurnAsync(DatabaseFacade database, CancellationToken ct)
    {
        if (!database.IsSqlite() || database.CurrentTransaction is not null) return null;
        var line = Lines.GetOrAdd(database.GetConnectionString()!, _ => new SemaphoreSlim(1));
        return await line.WaitAsync(Patience, ct) ? new Turn(line) : null;
    }

    private sealed class Turn(SemaphoreSlim line) : IDisposable
    {
        public void Dispose() => line.Release();
    }
}
