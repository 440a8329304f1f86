using MassTransit;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Publishing;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Messaging;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>When a release is over, whoever asked for its permit back has their answer: stopped in time, or too late.</summary>
public sealed class OnReleaseEnded(ClearanceDb db, TimeProvider clock) :
    IConsumer<ReleaseStopped>, IConsumer<ReleaseCompleted>, IConsumer<ReleaseRejected>, IConsumer<RevocationRefused>
{
    public Task Consume(ConsumeContext<ReleaseStopped> context) => HearAsync(context, context.Message.PackageDigest, RevocationRules.Stopped);

    public Task Consume(ConsumeContext<ReleaseCompleted> context) =>
        HearAsync(context, context.Message.PackageDigest, (request, now) => RevocationRules.TooLateFor(request, "released", now));

    public Task Consume(ConsumeContext<ReleaseRejected> context) =>
        HearAsync(context, context.Message.PackageDigest, (request, now) => RevocationRules.TooLateFor(request, "rejected", now));

    public Task Consume(ConsumeContext<RevocationRefused> context) =>
        HearAsync(context, context.Message.PackageDigest, (request, now) => RevocationRules.TooLateFor(request, context.Message.Reason, now));

    private async Task HearAsync<T>(ConsumeContext<T> context, string digest, Func<ClearanceRequest, DateTimeOffset, Decision<ClearanceRequest>> hear) where T : class, IFact
    {
        if (!await db.AdmitAsync(context, nameof(OnReleaseEnded))) return;

        var ct = context.CancellationToken;
        var request = await db.Requests.SingleOrDefaultAsync(r => r.PackageDigest == digest, ct)
            ?? throw new EarlyFactException($"the request for package {digest}", 1, context.Message.Version);
        if (hear(request, clock.Now).Allows(out var accepted, out _)) await db.RecordAsync(request, accepted, ct); // Refused when nobody waits for an answer.
        await db.SaveChangesAsync(ct);
    }
}
