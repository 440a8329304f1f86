using MassTransit;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Publishing.Releasing;

namespace WorkflowPlatform.Publishing.Features;

/// <summary>When the author asks for a package back: stop its release if no call can be under way, else remember it for the next moment at which it can be stopped.</summary>
internal sealed class OnWithdrawalAsked(PublishingDb db, PackageStore packages, Reconciliation reconciliation, TimeProvider clock) : IConsumer<WithdrawalAsked>
{
    public async Task Consume(ConsumeContext<WithdrawalAsked> context)
    {
        if (!await db.AdmitAsync(context, nameof(OnWithdrawalAsked))) return;

        var (digest, now, ct) = (context.Message.PackageDigest, clock.Now, context.CancellationToken);
        var copy = await packages.FindAsync(digest, ct); // First: what the permit commits with it is then seen, or met by its key.
        var release = await db.Releases.SingleOrDefaultAsync(r => r.PackageDigest == digest, ct);
        if (release is not null && !reconciliation.IsPending && ReleaseRules.Stop(release, Recall.ByItsAuthor, now).Allows(out var accepted, out _))
            db.Record(release, accepted); // By the version: the call's intent and this cannot both be saved.
        else if (release is null || !ReleaseStates.Table.IsTerminal(release.Status))
        {
            copy.WithdrawalHeardAt ??= now;
            packages.Keep(copy);
        }
        await db.SaveChangesAsync(ct);
    }
}
