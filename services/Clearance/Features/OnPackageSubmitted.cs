using MassTransit;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>When a package is submitted, fetch it, keep a copy, and open a round of clearance.</summary>
public sealed class OnPackageSubmitted(ClearanceDb db, PackageStore packages, Routing routing, TimeProvider clock) : IConsumer<PackageSubmitted>
{
    public async Task Consume(ConsumeContext<PackageSubmitted> context)
    {
        if (!await db.AdmitAsync(context, nameof(OnPackageSubmitted))) return;

        var (digest, ct, now) = (context.Message.PackageDigest, context.CancellationToken, clock.Now);
        var package = await packages.KeepAsync(digest, ct); // Throws when it cannot be had yet: the message comes again.
        var current = await db.RoundOfAsync(package.DraftId, digest, ct);
        var (routed, account) = await routing.RouteFromAsync(package, now, ct);
        if (ClearanceRules.Open(current, Guid.CreateVersion7(now), package, digest, routed.Route, now, routed.Findings, LapseRules.GoneOf(account, package.Mission)).Allows(out var accepted, out _))
            await db.RecordAsync(current, accepted, ct);

        await db.SaveChangesAsync(ct);
    }
}
