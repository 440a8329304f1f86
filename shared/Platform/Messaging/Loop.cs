namespace WorkflowPlatform.Platform.Messaging;

/// <summary>A worker that is the one active of its kind: it works when the bell rings or the time comes, and starts over after a fault.</summary>
/// <remarks>Faults are logged once and then with doubled distance, up to 30 s: a database that is away must not fill the disk with words.</remarks>
public abstract partial class Loop(string name, Backend backend, Wakeup wakeup, TimeProvider clock, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>How far apart rounds are that the bell rings for: a crowd of commits shares one. A ring after a quiet time is answered at once.</summary>
    protected virtual TimeSpan Together => TimeSpan.FromMilliseconds(10);

    /// <summary>One round. Answers how long there is nothing to do unless the bell rings; zero to go on at once.</summary>
    protected abstract Task<TimeSpan> RoundAsync(SingleActive turn, CancellationToken ct);

    /// <summary>Called when the turn is taken, before the first round.</summary>
    protected virtual Task BeginAsync(SingleActive turn, CancellationToken ct) => Task.CompletedTask;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var bell = wakeup.Listen();
        var pause = TimeSpan.FromMilliseconds(250);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var turn = await SingleActive.AcquireAsync(backend, name, clock, stoppingToken);
                await BeginAsync(turn, stoppingToken);
                while (!stoppingToken.IsCancellationRequested)
                {
                    var begun = TimeProvider.System.GetTimestamp();
                    var idle = await RoundAsync(turn, stoppingToken);
                    pause = TimeSpan.FromMilliseconds(250);
                    if (idle > TimeSpan.Zero) await bell.WaitAsync(idle, clock, () => Together - TimeProvider.System.GetElapsedTime(begun), stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                StartsOver(log, fault, name, pause.TotalSeconds);
                // Real time on purpose: a stepped clock must not turn a fault into a storm.
                await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < Longest ? pause * 2 : Longest;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Worker} starts over in {Seconds} s")]
    private static partial void StartsOver(ILogger log, Exception fault, string worker, double seconds);
}
