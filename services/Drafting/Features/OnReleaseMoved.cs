using MassTransit;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Publishing;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Drafting.Features;

/// <summary>Follows a package through Publishing, and takes the draft back when it was stopped or rejected.</summary>
public sealed class OnReleaseMoved(DraftingDb db, TimeProvider clock) :
    IConsumer<ReleaseScheduled>, IConsumer<ReleaseStarted>, IConsumer<ReleaseCompleted>, IConsumer<ReleaseOutcomeUnknown>,
    IConsumer<ReleaseRescheduled>, IConsumer<ReleaseRejected>, IConsumer<ReleaseHeld>, IConsumer<ReleaseStopped>, IConsumer<RevocationRefused>
{
    public Task Consume(ConsumeContext<ReleaseScheduled> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ReleaseStarted> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ReleaseCompleted> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ReleaseOutcomeUnknown> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ReleaseRescheduled> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ReleaseRejected> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ReleaseHeld> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ReleaseStopped> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<RevocationRefused> context) => HearAsync(context, context.Message.PackageDigest);

    private async Task HearAsync<T>(ConsumeContext<T> context, string digest) where T : class, IFact
    {
        if (!await db.AdmitAsync(context, nameof(OnReleaseMoved))) return;

        var (fact, now) = (context.Message, clock.Now);
        await db.HearAsync(fact, digest, "the release", package => package.ReleaseVersion, package => package.HearRelease(fact, now), now, context.CancellationToken);
    }
}
