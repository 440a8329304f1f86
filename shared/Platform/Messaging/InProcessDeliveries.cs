namespace WorkflowPlatform.Platform.Messaging;

/// <summary>Knows, for the in-memory bus, when every consumer of a message has committed its work or put it among the dead letters.</summary>
/// <remarks>
/// The in-memory bus forgets what it holds when the process ends. So a fact counts as sent only when its consumers are done
/// with it; until then it is sent again at the next start. A message can be under way more than once (sent again, or given
/// back from the dead letters): what a consumer reports, every sender hears, and each waits for its own queues.
/// </remarks>
public sealed class InProcessDeliveries
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, List<Pending>> pending = [];

    /// <summary>A task that ends when all <paramref name="queues"/> have reported.</summary>
    public Task Expect(Guid messageId, IReadOnlyList<string> queues)
    {
        if (queues.Count == 0) return Task.CompletedTask;
        var waiting = new Pending([.. queues]);
        lock (gate)
        {
            if (!pending.TryGetValue(messageId, out var all)) pending[messageId] = all = [];
            all.Add(waiting);
        }
        return waiting.Done.Task;
    }

    /// <summary>A consumer is done: its work, or its dead letter, is committed.</summary>
    public void Settled(Guid messageId, string queue)
    {
        lock (gate)
        {
            if (!pending.TryGetValue(messageId, out var all)) return;
            foreach (var waiting in all) waiting.Queues.Remove(queue);
            foreach (var waiting in all.Where(waiting => waiting.Queues.Count == 0)) waiting.Done.TrySetResult();
            all.RemoveAll(waiting => waiting.Queues.Count == 0);
            if (all.Count == 0) pending.Remove(messageId);
        }
    }

    /// <summary>Not even the dead letter could be kept: the relay is to send it again.</summary>
    public void Failed(Guid messageId, Exception fault)
    {
        lock (gate)
        {
            if (!pending.Remove(messageId, out var all)) return;
            foreach (var waiting in all) waiting.Done.TrySetException(fault);
        }
    }

    private sealed record Pending(HashSet<string> Queues)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
