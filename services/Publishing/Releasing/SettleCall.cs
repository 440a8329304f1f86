using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Publishing.Channels;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Publishing.Features;

namespace WorkflowPlatform.Publishing.Releasing;

/// <summary>A call was made and nobody knows what became of it, or a crash fell between call and outcome: the account is read back before anything else.</summary>
internal sealed partial class SettleCall(PublishingDb db, PackageStore packages, ChannelDirectory channels, TimeProvider clock, ILogger<SettleCall> log)
{
    /// <summary>An account that cannot be read for so long, or until the window closes, is a person's affair.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public async Task HandleAsync(Release release, CancellationToken ct)
    {
        Decision<Release> decision;
        try
        {
            decision = await LookAsync(release, ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested && clock.Now > release.NotAfter && clock.Now > release.DueAt + Patience)
        {
            Unsettled(log, fault, release.Id);
            decision = ReleaseRules.Hold(release, HoldReasons.Unsettled, clock.Now);
        }
        if (!decision.Allows(out var accepted, out var refusal)) throw new InvalidOperationException($"{release.Id}: {refusal.Detail}");
        db.Record(release, accepted);
        // What waits for a person from here on is looked at by nobody: who wanted it back meanwhile has it now.
        if (accepted.State.Status is ReleaseStatus.Held && (await packages.ReadAsync(release.PackageDigest, [], ct)).Recall is { } recall
            && ReleaseRules.Stop(release, recall, clock.Now).Allows(out var stopped, out _))
            db.Record(release, stopped);
        await db.SaveChangesAsync(CancellationToken.None);
        Settled(log, release.Id, accepted.State.Status);
    }

    private async Task<Decision<Release>> LookAsync(Release release, CancellationToken ct)
    {
        var (bytes, _) = await packages.ReadAsync(release.PackageDigest, null, ct);
        // Without the very text that went out nothing can be looked for.
        if (PackageStore.DigestOf(bytes) != release.PackageDigest || PackageStore.Read(bytes) is not { } package)
            return ReleaseRules.Hold(release, PermitGuards.OtherBytes.Code, clock.Now);
        var channel = channels.For(release.Network) ?? throw new InvalidOperationException($"There is no channel to {release.Network} any more.");
        return await channel.ReadBackAsync(ChannelPost.Of(release, package), release.Attempts[^1].StartedAt, ct) switch
        {
            ReadBack.Found found when await UnclaimedAsync(db, release, found, ct) is { } receipt => ReleaseRules.Complete(release, receipt, reconciled: true, clock.Now),
            ReadBack.OtherText => ReleaseRules.HandleTaken(release, clock.Now),
            _ => ReleaseRules.Absent(release, clock.Now),
        };
    }

    /// <summary>The oldest of the posts found that is no other release's; null when each is.</summary>
    public static async Task<string?> UnclaimedAsync(PublishingDb db, Release release, ReadBack.Found found, CancellationToken ct)
    {
        var claimed = await db.Releases.AsNoTracking()
            .Where(r => r.Account == release.Account && r.Id != release.Id && r.Receipt != null && found.Receipts.Contains(r.Receipt))
            .Select(r => r.Receipt!).ToListAsync(ct);
        return found.Receipts.FirstOrDefault(receipt => !claimed.Contains(receipt));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The call of release {ReleaseId} was settled by reading back: {Status}")]
    private static partial void Settled(ILogger log, Guid releaseId, ReleaseStatus status);

    [LoggerMessage(Level = LogLevel.Error, Message = "The account of release {ReleaseId} cannot be read back: a person has to look")]
    private static partial void Unsettled(ILogger log, Exception fault, Guid releaseId);
}
