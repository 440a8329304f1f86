using System.Diagnostics.Metrics;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Telemetry;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Publishing.Channels;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Publishing.Features;

namespace WorkflowPlatform.Publishing.Releasing;

/// <summary>A release is due: every guard, then the intent, then one call, then its outcome.</summary>
internal sealed partial class CallNetwork(
    PublishingDb db, PackageStore packages, PermitTrust trust, ChannelDirectory channels, Armory armory, Settings settings, TimeProvider clock, ILogger<CallNetwork> log)
{
    private static readonly Histogram<double> Lateness = Meters.Platform.CreateHistogram<double>("release.lateness", "ms");

    public async Task HandleAsync(Release release, CancellationToken ct)
    {
        var (due, channel) = (release.DueAt!.Value, channels.For(release.Network));
        var (bytes, recall) = await packages.ReadAsync(release.PackageDigest, armory.Take(release.Id), ct);
        if (recall is not null)
        {
            await SaveAsync(release, ReleaseRules.Stop(release, recall, clock.Now));
            return;
        }
        var package = PackageStore.Read(bytes);
        if (channel is not null && package is not null && clock.Now < release.NotAfter) await channel.PrepareAsync(ChannelPost.Of(release, package), ct);

        var pictures = await packages.PicturesAsync(package, ct);

        var (opened, now) = (trust.Open(release.Envelope), clock.Now);
        if (now < due) return; // A clock that was set back.
        if (ReleaseGuards.FirstRefusal(new(release, opened.SealFault, opened.Permit, PackageStore.DigestOf(bytes), package, [.. pictures.Select(picture => PackageStore.DigestOf(picture))], channel?.Capability, now)) is { } refusal)
        {
            Held(log, release.Id, refusal.Code);
            await SaveAsync(release, ReleaseRules.Hold(release, refusal.Code, now));
            return;
        }

        var (post, deadline) = (ChannelPost.Of(release, package!) with { Pictures = pictures }, now + settings.CallTime);
        await SaveAsync(release, ReleaseRules.Start(release, now, deadline, deadline + settings.SettleTime)); // From here on it can no longer be stopped.
        Steps.Passed(Steps.Intended);
        var outcome = await channel!.PostAsync(post, deadline);
        Steps.Passed(Steps.Called);
        Lateness.Record((now - due).TotalMilliseconds, new KeyValuePair<string, object?>("network", release.Network));
        await SaveAsync(release, Told(release, outcome, clock.Now));
    }

    private static Decision<Release> Told(Release release, CallOutcome outcome, DateTimeOffset now) => outcome switch
    {
        CallOutcome.Published published => ReleaseRules.Complete(release, published.Receipt, reconciled: false, now),
        CallOutcome.Rejected rejected => ReleaseRules.Reject(release, rejected.Reason, now),
        CallOutcome.NotApplied not => ReleaseRules.PutOff(release, not.Reason, now + Wait(release, not.RetryAfter), now),
        _ => ReleaseRules.Doubt(release, now),
    };

    /// <summary>As long as the network says; otherwise longer each time, up to five minutes.</summary>
    private static TimeSpan Wait(Release release, TimeSpan? asked) => asked is { } said
        ? TimeSpan.FromSeconds(Math.Clamp(said.TotalSeconds, 1, 3600))
        : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, release.Attempts.Count - 1), 300));

    /// <remarks>Without a token to cancel it: what a call became is worth writing down while the host stops.</remarks>
    private async Task SaveAsync(Release release, Decision<Release> decision)
    {
        if (!decision.Allows(out var accepted, out var refusal)) throw new InvalidOperationException($"{release.Id}: {refusal.Detail}");
        db.Record(release, accepted);
        await db.SaveChangesAsync(CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Release {ReleaseId} is held right before the call: {Reason}")]
    private static partial void Held(ILogger log, Guid releaseId, string reason);
}
