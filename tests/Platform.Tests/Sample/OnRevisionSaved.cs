using System.Diagnostics;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Messaging;

namespace WorkflowPlatform.Platform.Tests.Sample;

/// <summary>Writes down what it hears, in the order of the versions; chokes on missions named <c>POISON</c>.</summary>
public sealed class OnRevisionSaved(SampleDb db, SampleTurnstile turnstile) : IConsumer<RevisionSaved>
{
    public async Task Consume(ConsumeContext<RevisionSaved> context)
    {
        turnstile.Tried();
        if (!await db.AdmitAsync(context, nameof(OnRevisionSaved))) return;

        var (fact, ct) = (context.Message, context.CancellationToken);
        if (fact.Mission == "POISON") throw new InvalidOperationException("This cannot be swallowed.");
        var seen = await db.Heard.Where(row => row.DraftId == fact.DraftId).MaxAsync(row => (int?)row.Version, ct) ?? 0;
        if (EarlyFactException.IsNew($"draft {fact.DraftId}", seen, fact.Version))
            db.Heard.Add(new HeardRow(fact.DraftId, fact.Version, fact.Revision, Activity.Current?.TraceId.ToString()));

        await turnstile.PassAsync(ct);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Lets a test hold consumers up right before they commit.</summary>
public sealed class SampleTurnstile
{
    private volatile TaskCompletionSource? closed;

    private int tries;
    private int waiting;

    /// <summary>How often the consumer was tried.</summary>
    public int Tries => tries;

    /// <summary>How many stand before it.</summary>
    public int Waiting => waiting;

    public void Tried() => Interlocked.Increment(ref tries);

    public void Close() => closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open()
    {
        closed?.TrySetResult();
        closed = null;
    }

    public async Task PassAsync(CancellationToken ct)
    {
        if (closed is not { } gate) return;
        Interlocked.Increment(ref waiting);
        await gate.Task.WaitAsync(ct);
    }
}
