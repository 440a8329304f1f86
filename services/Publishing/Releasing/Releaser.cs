using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Messaging;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;

namespace WorkflowPlatform.Publishing.Releasing;

/// <summary>The one active worker that does what is due: at its instant, one thing at a time on an account, several accounts at once.</summary>
/// <remarks>
/// That it is the only one keeps order on an account. What keeps a post from going out twice does not rest on it: the
/// intent is saved by the version, and the call cannot leave after its deadline.
/// </remarks>
internal sealed partial class Releaser(
    [FromKeyedServices("publishing")] Backend backend, [FromKeyedServices("publishing")] Wakeup wakeup, IServiceScopeFactory scopes,
    Settings settings, Armory armory, Reconciliation reconciliation, TimeProvider clock, ILogger<Releaser> log)
    : Loop("publishing.releaser", backend, wakeup, clock, log)
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly Backend backend = backend;
    private readonly Wakeup wakeup = wakeup;
    private readonly TimeProvider clock = clock;
    private readonly ILogger log = log;
    private readonly Lanes lanes = new(AtOnce, clock);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await lanes.EndAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        base.Dispose();
        lanes.Dispose();
    }

    protected override async Task BeginAsync(SingleActive turn, CancellationToken ct)
    {
        await lanes.EndAsync();
        await reconciliation.RunAsync(ct);
    }

    protected override async Task<TimeSpan> RoundAsync(SingleActive turn, CancellationToken ct)
    {
        var now = clock.Now;
        var near = now + Horizon;
        var due = await DueReleases.ReadAsync(turn.Connection, backend, near, near + settings.CallTime + settings.SettleTime, ct);
        var (idle, later) = (Look, new List<DueRelease>());
        foreach (var next in due)
        {
            if (lanes.IsBusy(next.Account)) continue; // It rings when it is done.
            var from = lanes.OpenFrom(next.Account) is var open && open > next.DueAt ? open : next.DueAt;
            if (from <= now) lanes.Start(next.Account, () => StepAsync(next.Id, ct), wakeup.Ring);
            else
            {
                later.Add(next);
                if (from - now < idle) idle = from - now;
            }
        }
        armory.Consider(later, ct);
        return idle;
    }

    /// <summary>Takes one release a step further. False when that failed and is to be tried again after a pause.</summary>
    private async Task<bool> StepAsync(Guid id, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<DataScope>().BecomeSystem();
            var release = await scope.ServiceProvider.GetRequiredService<PublishingDb>().Releases.SingleAsync(r => r.Id == id, ct);
            if (release.DueAt is null || release.DueAt > clock.Now) return true; // It moved on since the list was made.
            if (release.Status is ReleaseStatus.Scheduled) await scope.ServiceProvider.GetRequiredService<CallNetwork>().HandleAsync(release, ct);
            else await scope.ServiceProvider.GetRequiredService<SettleCall>().HandleAsync(release, ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return true; // Somebody was faster: what they did stands, and the next round looks again.
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            Failed(log, fault, id);
            return false;
        }
        catch (Exception)
        {
            return false; // The host stops; whatever was begun is settled at the next start.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Release {ReleaseId} could not be taken further; it is tried again")]
    private static partial void Failed(ILogger log, Exception fault, Guid releaseId);
}
