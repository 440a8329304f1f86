using MassTransit;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Publishing.Releasing;

namespace WorkflowPlatform.Publishing.Features;

/// <summary>When the central unit takes a permit back: stop its release, or say that it is over, or remember it, be it that the permit has not come or that a call is out.</summary>
internal sealed class OnPermitRevocationAsked(PublishingDb db, PackageStore packages, Reconciliation reconciliation, TimeProvider clock) : IConsumer<PermitRevocationAsked>
{
    public async Task Consume(ConsumeContext<PermitRevocationAsked> context)
    {
        if (!await db.AdmitAsync(context, nameof(OnPermitRevocationAsked))) return;

        var (asked, now, ct) = (context.Message, clock.Now, context.CancellationToken);
        var copy = await packages.FindAsync(asked.PackageDigest, ct); // First: what the permit commits with it is then seen, or met by its key.
        var release = await db.Releases.SingleOrDefaultAsync(r => r.PackageDigest == asked.PackageDigest, ct);
        if (release is not null && Answer(release, asked, now).Allows(out var accepted, out _))
            db.Record(release, accepted); // By the version: the call's intent and this cannot both be saved.
        else
        {
            (copy.RevocationId, copy.RevocationReason) = (asked.RevocationId, asked.ReasonCode);
            packages.Keep(copy);
        }
        await db.SaveChangesAsync(ct);
    }

    private Decision<Release> Answer(Release release, PermitRevocationAsked asked, DateTimeOffset now)
    {
        if (ReleaseStates.Table.IsTerminal(release.Status)) return ReleaseRules.RefuseRevocation(release, asked.RevocationId, now);
        return reconciliation.IsPending ? ReleaseRules.TooLate : ReleaseRules.Stop(release, new Recall(asked.RevocationId, asked.ReasonCode), now);
    }
}
