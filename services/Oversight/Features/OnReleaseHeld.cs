using MassTransit;
using WorkflowPlatform.Contracts.Publishing;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Oversight.Features;

/// <summary>When a release waits for a person, tells the people it could wait for.</summary>
public sealed class OnReleaseHeld(OversightDb db, TimeProvider clock) : IConsumer<ReleaseHeld>
{
    public async Task Consume(ConsumeContext<ReleaseHeld> context)
    {
        if (!await db.AdmitAsync(context, nameof(OnReleaseHeld))) return;

        var release = context.Message;
        await db.RaiseAsync(
            new Alert(Guid.CreateVersion7(clock.Now), AlertKind.ReleaseHeld, $"release/{release.ReleaseId}", release.Reason, release.At, release.Mission, context.MessageId),
            context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
