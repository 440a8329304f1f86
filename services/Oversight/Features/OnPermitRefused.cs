using MassTransit;
using WorkflowPlatform.Contracts.Publishing;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Oversight.Features;

/// <summary>When Publishing was handed something as a permit that is none, somebody should look.</summary>
public sealed class OnPermitRefused(OversightDb db, TimeProvider clock) : IConsumer<PermitRefused>
{
    public async Task Consume(ConsumeContext<PermitRefused> context)
    {
        if (!await db.AdmitAsync(context, nameof(OnPermitRefused))) return;

        var refused = context.Message;
        var subject = refused.PermitId is { } permit ? $"permit/{permit}" : $"envelope/{refused.EnvelopeDigest}";
        await db.RaiseAsync(
            new Alert(Guid.CreateVersion7(clock.Now), AlertKind.PermitRefused, subject, refused.Reason, refused.At, refused.Mission, context.MessageId),
            context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
