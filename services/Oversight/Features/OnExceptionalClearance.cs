using MassTransit;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Oversight.Features;

/// <summary>When an office was passed over, a release before clearance was not reviewed in time, or a cleared text gets no permit, those who watch are told; of the first the office's head too.</summary>
public sealed class OnExceptionalClearance(OversightDb db, TimeProvider clock) : IConsumer<OfficeBypassed>, IConsumer<PackageCleared>, IConsumer<ReviewOverdue>, IConsumer<PermitWithheld>
{
    public Task Consume(ConsumeContext<OfficeBypassed> context) =>
        RaiseAsync(context, AlertKind.OfficeBypassed, context.Message.RequestId, context.Message.Office, context.Message.Mission);

    /// <summary>The office passed over may be the last that was waited for.</summary>
    public Task Consume(ConsumeContext<PackageCleared> context) => context.Message is { Kind: DecisionKind.Bypassed } cleared
        ? RaiseAsync(context, AlertKind.OfficeBypassed, cleared.RequestId, cleared.PassedOver ?? "", cleared.Mission)
        : Task.CompletedTask;

    public Task Consume(ConsumeContext<ReviewOverdue> context) =>
        RaiseAsync(context, AlertKind.ReviewOverdue, context.Message.RequestId, "review.overdue", context.Message.Mission);

    public Task Consume(ConsumeContext<PermitWithheld> context) =>
        RaiseAsync(context, AlertKind.PermitWithheld, context.Message.RequestId, context.Message.Code, context.Message.Mission);

    private async Task RaiseAsync<T>(ConsumeContext<T> context, AlertKind kind, Guid request, string reason, string mission) where T : class, IFact
    {
        if (!await db.AdmitAsync(context, nameof(OnExceptionalClearance))) return;

        await db.RaiseAsync(
            new Alert(Guid.CreateVersion7(clock.Now), kind, $"request/{request}", reason, context.Message.At, mission, context.MessageId), context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
