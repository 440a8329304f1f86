using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Publishing.Channels;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Publishing.Features;

namespace WorkflowPlatform.Publishing.Releasing;

/// <summary>One release that was due by the restored database: what its account shows is written down before anything is released.</summary>
internal sealed class ReadBackAfterRestore(PublishingDb db, PackageStore packages, ChannelDirectory channels, SettleCall settle, TimeProvider clock)
{
    /// <summary>True when it was found public.</summary>
    public async Task<bool> HandleAsync(Guid id, CancellationToken ct)
    {
        var release = await db.Releases.SingleAsync(r => r.Id == id, ct);
        if (release.Status is ReleaseStatus.Scheduled)
        {
            if (await LookAsync(release, ct) is { } decision && decision.Allows(out var accepted, out _))
            {
                db.Record(release, accepted);
                await db.SaveChangesAsync(ct);
            }
        }
        else if (release.DueAt is not null) await settle.HandleAsync(release, ct);
        return release.Status is ReleaseStatus.Released;
    }

    /// <summary>Null when nothing of it is there: it goes on as it stands, or a guard says why not.</summary>
    private async Task<Decision<Release>?> LookAsync(Release release, CancellationToken ct)
    {
        var (bytes, _) = await packages.ReadAsync(release.PackageDigest, null, ct);
        if (PackageStore.Read(bytes) is not { } package || channels.For(release.Network) is not { } channel) return null;
        return await channel.ReadBackAsync(ChannelPost.Of(release, package), release.NotBefore, ct) switch
        {
            ReadBack.Found found when await SettleCall.UnclaimedAsync(db, release, found, ct) is { } receipt => ReleaseRules.Complete(release, receipt, reconciled: true, clock.Now),
            ReadBack.OtherText => ReleaseRules.Hold(release, HoldReasons.HandleTaken, clock.Now),
            _ => (Decision<Release>?)null,
        };
    }
}
