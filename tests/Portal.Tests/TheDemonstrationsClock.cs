using WorkflowPlatform.Standalone.Demonstration;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>The clock that a first start runs on, and keeps: whoever waits on it is woken, however the waits and the steps fall.</summary>
public sealed class TheDemonstrationsClock
{
    [Fact]
    public async Task Every_wait_ends_though_its_length_is_no_whole_millisecond()
    {
        var clock = new DemonstrationClock(TimeSpan.Zero);
        var waits = Enumerable.Range(0, 4000).Select(n => Task.Delay(TimeSpan.FromTicks(10_001 + n * 997), clock, TestContext.Current.CancellationToken));
        await Task.WhenAll(waits).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_step_wakes_who_waited_for_later()
    {
        var clock = new DemonstrationClock(TimeSpan.FromDays(10));
        var wait = Task.Delay(TimeSpan.FromDays(9), clock, TestContext.Current.CancellationToken);
        clock.StepTo(clock.GetUtcNow().AddDays(8));
        wait.IsCompleted.ShouldBeFalse();
        clock.StepTo(clock.GetUtcNow().AddDays(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }
}
