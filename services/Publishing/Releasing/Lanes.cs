using System.Collections.Concurrent;

namespace WorkflowPlatform.Publishing.Releasing;

/// <summary>One lane for each account: one thing at a time on it, and a bounded number at a time over all. A lane that failed pauses.</summary>
internal sealed class Lanes(int atOnce, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);
    private readonly ConcurrentDictionary<string, Task> running = new();
    private readonly ConcurrentDictionary<string, Pause> pauses = new();
    private readonly SemaphoreSlim places = new(atOnce);

    public bool IsBusy(string account) => running.ContainsKey(account);

    /// <summary>When an account may be worked on; long ago when it did not fail.</summary>
    public DateTimeOffset OpenFrom(string account) => pauses.TryGetValue(account, out var pause) ? pause.Until : DateTimeOffset.MinValue;

    /// <param name="work">Answers false when it failed.</param>
    /// <param name="ended">Called when the lane is free again.</param>
    public void Start(string account, Func<Task<bool>> work, Action ended)
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!running.TryAdd(account, RunAsync())) return;
        begin.SetResult();

        async Task RunAsync()
        {
            await begin.Task;
            await places.WaitAsync();
            try
            {
                if (await work()) pauses.TryRemove(account, out _);
                else pauses.AddOrUpdate(account, _ => Pause.Of(TimeSpan.FromSeconds(1), clock), (_, last) => Pause.Of(last.Length * 2 < Longest ? last.Length * 2 : Longest, clock));
            }
            finally
            {
                places.Release();
                running.TryRemove(account, out _);
                ended();
            }
        }
    }

    /// <summary>Until what is under way has ended.</summary>
    public Task EndAsync() => Task.WhenAll(running.Values);

    public void Dispose() => places.Dispose();

    private sealed record Pause(TimeSpan Length, DateTimeOffset Until)
    {
        public static Pause Of(TimeSpan length, TimeProvider clock) => new(length, clock.GetUtcNow() + length);
    }
}
