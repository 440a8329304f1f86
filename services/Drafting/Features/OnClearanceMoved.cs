using MassTransit;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Drafting.Features;

/// <summary>Follows a package through Clearance, and takes the draft back when its round ends without a permit.</summary>
public sealed class OnClearanceMoved(DraftingDb db, TimeProvider clock) :
    IConsumer<ClearanceOpened>, IConsumer<PackageCleared>, IConsumer<ReturnDecided>, IConsumer<DecisionUndone>,
    IConsumer<ClearanceGiven>, IConsumer<ObjectionRaised>, IConsumer<OfficerRecused>, IConsumer<MatterReferred>, IConsumer<RefusalDecided>,
    IConsumer<PackageReturned>, IConsumer<PackageRefused>, IConsumer<ClearanceOvertaken>, IConsumer<PermitIssued>, IConsumer<ClearanceWithdrawn>, IConsumer<ClearanceLapsed>,
    IConsumer<PermitRevocationAsked>, IConsumer<PermitRevoked>, IConsumer<PermitRevocationRefused>,
    IConsumer<ClearanceReminded>, IConsumer<ClearanceEscalated>, IConsumer<SilenceCounted>, IConsumer<OfficeBypassed>, IConsumer<ReleasedImmediately>, IConsumer<RetrospectiveReviewed>, IConsumer<ReviewOverdue>,
    IConsumer<AmendmentDecided>, IConsumer<VotesLapsed>, IConsumer<PermitGroundsLapsed>, IConsumer<PermitWithheld>, IConsumer<ClearanceRecorded>
{
    public Task Consume(ConsumeContext<ClearanceOpened> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<PackageCleared> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ReturnDecided> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<DecisionUndone> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ClearanceGiven> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ObjectionRaised> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<OfficerRecused> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<MatterReferred> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<RefusalDecided> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<PackageRefused> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ClearanceOvertaken> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<PackageReturned> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<PermitIssued> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ClearanceWithdrawn> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ClearanceLapsed> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<PermitRevocationAsked> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<PermitRevoked> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<PermitRevocationRefused> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ClearanceReminded> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ClearanceEscalated> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<SilenceCounted> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<OfficeBypassed> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ReleasedImmediately> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<RetrospectiveReviewed> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ReviewOverdue> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<AmendmentDecided> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<VotesLapsed> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<PermitGroundsLapsed> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<PermitWithheld> context) => HearAsync(context, context.Message.PackageDigest);
    public Task Consume(ConsumeContext<ClearanceRecorded> context) => HearAsync(context, context.Message.PackageDigest);

    private async Task HearAsync<T>(ConsumeContext<T> context, string digest) where T : class, IFact
    {
        if (!await db.AdmitAsync(context, nameof(OnClearanceMoved))) return;

        var (fact, now) = (context.Message, clock.Now);
        await db.HearAsync(fact, digest, StandingTable.Request, package => package.RequestVersion, package => package.HearClearance(fact, now), now, context.CancellationToken);
    }
}
