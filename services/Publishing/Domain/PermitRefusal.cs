using WorkflowPlatform.Contracts.Publishing;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Publishing.Domain;

/// <summary>Something that came as a permit and is none: kept, so that somebody looks, and without any other effect.</summary>
/// <param name="EnvelopeDigest">SHA-256 of what came, hex.</param>
/// <param name="Mission">Only when a trusted key vouches for it: what a forger wrote is not repeated.</param>
public sealed record PermitRefusal(
    Guid Id, int Version, string Reason, string EnvelopeDigest, Guid? PermitId, string? Mission, DateTimeOffset At) : IAggregate
{
    string IAggregate.LedgerId => Id.ToString();

    public static Accepted<PermitRefusal> Of(Guid id, Refusal refusal, string envelopeDigest, Guid? permitId, string? mission, DateTimeOffset now) => Accept(
        new PermitRefusal(id, 1, refusal.Code, envelopeDigest, permitId, mission, now),
        new PermitRefused(id, 1, refusal.Code, envelopeDigest, permitId, mission, now));
}
