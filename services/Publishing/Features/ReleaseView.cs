using WorkflowPlatform.Publishing.Domain;

namespace WorkflowPlatform.Publishing.Features;

/// <summary>A release as it is shown: how it stands, and what became of each call.</summary>
public sealed record ReleaseView(
    Guid Id, int Version, Guid DraftId, string Mission, string Account, ReleaseStatus Status, DateTimeOffset NotBefore, DateTimeOffset NotAfter,
    string? Receipt, IReadOnlyList<ReleaseView.Call> Attempts, string? Reason)
{
    public sealed record Call(int Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, AttemptOutcome? Outcome);

    public static ReleaseView Of(Release r) => new(
        r.Id, r.Version, r.DraftId, r.Mission, r.Account, r.Status, r.NotBefore, r.NotAfter, r.Receipt,
        [.. r.Attempts.Select(a => new Call(a.Number, a.StartedAt, a.EndedAt, a.Outcome))], r.Reason);
}
