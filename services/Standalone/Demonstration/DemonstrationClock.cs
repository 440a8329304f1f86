namespace WorkflowPlatform.Standalone.Demonstration;

/// <summary>A clock that starts in the past, runs on, and can be stepped forward until it shows the real time.</summary>
/// <remarks>The demonstration's hundred days pass on it in seconds, through the same timers that production waits on. Once caught up it is the system's clock.</remarks>
public sealed class DemonstrationClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<SteppedTimer> timers = [];
    private TimeSpan behind;

    public DemonstrationClock(TimeSpan behind) => this.behind = behind;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return System.GetUtcNow() - behind;
    }

    /// <summary>Steps to <paramref name="instant"/>; timers that fall due on the way fire. Never backwards, never past the real time.</summary>
    public void StepTo(DateTimeOffset instant)
    {
        lock (gate)
        {
            var left = System.GetUtcNow() - instant;
            if (left < behind) behind = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
        List<SteppedTimer> waiting;
        lock (gate) waiting = [.. timers];
        foreach (var timer in waiting) timer.Rearm();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new SteppedTimer(this, callback, state, dueTime, period);

    /// <summary>A timer that knows its due time on the stepped clock, and is set anew on the real one after each step.</summary>
    private sealed class SteppedTimer : ITimer
    {
        private readonly DemonstrationClock clock;
        private readonly ITimer real;
        private readonly Lock gate = new();
        private DateTimeOffset? due;
        private TimeSpan period;

        public SteppedTimer(DemonstrationClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            this.clock = clock;
            real = System.CreateTimer(_ => Fire(callback, state), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            lock (clock.gate) clock.timers.Add(this);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (gate)
            {
                this.period = period;
                due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.GetUtcNow() + dueTime;
            }
            Rearm();
            return true;
        }

        public void Rearm()
        {
            lock (gate)
            {
                if (due is not { } at) return;
                var left = Math.Ceiling((at - clock.GetUtcNow()).TotalMilliseconds); // A timer counts whole milliseconds, and drops what is left over.
                real.Change(TimeSpan.FromMilliseconds(Math.Clamp(left, 0, TimeSpan.MillisecondsPerDay)), Timeout.InfiniteTimeSpan);
            }
        }

        private void Fire(TimerCallback callback, object? state)
        {
            var isDue = false;
            lock (gate)
            {
                var now = clock.GetUtcNow();
                if (due is { } at && at <= now)
                {
                    isDue = true;
                    // From now on, not from then: a step over a day is one tick, not a day of ticks.
                    due = period == Timeout.InfiniteTimeSpan || period == TimeSpan.Zero ? null : now + period;
                }
            }
            if (isDue) callback(state);
            Rearm(); // Also when it rang early: who waits on it would wait for ever.
        }

        public void Dispose()
        {
            lock (clock.gate) clock.timers.Remove(this);
            real.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
