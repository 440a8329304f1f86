using MassTransit;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Messaging;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>When the author asks for a package back and no permit is out, the round ends. With a permit out it is Publishing's to answer.</summary>
public sealed class OnWithdrawalAsked(ClearanceDb db, TimeProvider clock) : IConsumer<WithdrawalAsked>
{
    public async Task Consume(ConsumeContext<WithdrawalAsked> context)
    {
        if (!await db.AdmitAsync(context, nameof(OnWithdrawalAsked))) return;

        var (asked, ct) = (context.Message, context.CancellationToken);
        var request = await db.RoundOfAsync(asked.DraftId, asked.PackageDigest, ct)
            ?? throw new EarlyFactException($"the request for package {asked.PackageDigest}", 1, asked.Version);
        if (ClearanceRules.Withdraw(request, clock.Now).Allows(out var accepted, out _))
            await db.RecordAsync(request, accepted, ct);

        await db.SaveChangesAsync(ct);
    }
}
