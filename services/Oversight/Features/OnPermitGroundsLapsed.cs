using MassTransit;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Oversight.Features;

/// <summary>When what an issued permit rests on has changed, tells the people who can take it back.</summary>
public sealed class OnPermitGroundsLapsed(OversightDb db, TimeProvider clock) : IConsumer<PermitGroundsLapsed>
{
    public async Task Consume(ConsumeContext<PermitGroundsLapsed> context)
    {
        if (!await db.AdmitAsync(context, nameof(OnPermitGroundsLapsed))) return;

        var lapsed = context.Message;
        await db.RaiseAsync(
            new Alert(Guid.CreateVersion7(clock.Now), AlertKind.PermitGroundsLapsed, $"clearance-request/{lapsed.RequestId}", lapsed.Cause, lapsed.At, lapsed.Mission, context.MessageId),
            context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
