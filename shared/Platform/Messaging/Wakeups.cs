using System.Collections.Concurrent;

namespace WorkflowPlatform.Platform.Messaging;

/// <summary>A bell inside the process: rung after a commit, heard by the workers who wait for one.</summary>
/// <remarks>A ring that nobody hears is not lost: the next wait returns at once.</remarks>
public sealed class Wakeup
{
    private readonly ConcurrentBag<Listener> listeners = [];

    public void Ring()
    {
        foreach (var listener in listeners) listener.Ring();
    }

    /// <summary>Each worker takes one and keeps it.</summary>
    public Listener Listen()
    {
        var listener = new Listener();
        listeners.Add(listener);
        return listener;
    }

    /// <summary>One worker's ear.</summary>
    public sealed class Listener
    {
        private TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal void Ring() => Volatile.Read(ref heard).TrySetResult();

        /// <summary>Until the bell rings or <paramref name="atMost"/> has passed.</summary>
        /// <param name="rest">How long to go on listening once it has rung, in real time: what rings meanwhile was heard.</param>
        public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, Func<TimeSpan> rest, CancellationToken ct)
        {
            var bell = Volatile.Read(ref heard).Task;
            if (!bell.IsCompleted)
            {
                using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
                await Task.WhenAny(bell, Task.Delay(atMost, clock, done.Token));
                await done.CancelAsync();
                ct.ThrowIfCancellationRequested();
            }
            if (bell.IsCompleted && rest() is var more && more > TimeSpan.Zero) await Task.Delay(more, ct);
            if (bell.IsCompleted) Volatile.Write(ref heard, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }
}
