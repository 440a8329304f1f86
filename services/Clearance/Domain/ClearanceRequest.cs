using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>One package's way through clearance: what is asked, who said what, and how it stands.</summary>
/// <param name="DueAt">When something happens by itself: the window closes, or the period for undoing is over. Null at the end.</param>
public sealed record ClearanceRequest(
    Guid Id, int Version, Guid DraftId, string PackageDigest, string Mission, string Account, string Network, Lane Lane, string Language,
    string Excerpt, int Characters, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string? Local, string? Zone,
    IReadOnlyList<string> Contributors, DateTimeOffset OpenedAt, ClearanceStatus Status, IReadOnlyList<OfficerDecision> Decisions,
    DateTimeOffset? DueAt, Guid? PermitId) : IAggregate
{
    string IAggregate.LedgerId => Id.ToString();

    /// <summary>The decision that stands and can still be taken back; null when there is none.</summary>
    public OfficerDecision? Standing => Decisions.LastOrDefault(d => !d.Undone);
}

/// <summary>How a request stands.</summary>
public enum ClearanceStatus { InClearance, Cleared, ReturnDecided, PermitIssued, Returned, Withdrawn, Lapsed }

/// <summary>What one officer said, in which right, on which text.</summary>
public sealed record OfficerDecision(
    Guid Id, Capacity By, DecisionKind Kind, string PackageDigest, string? ReasonCode, string? Comment, DateTimeOffset At, DateTimeOffset UndoUntil, bool Undone = false);

/// <summary>Why a text goes back. Permanent codes; the portal has the words.</summary>
public static class ReasonCodes
{
    public static readonly IReadOnlyList<string> All = ["facts", "line", "tone", "timing", "language", "other"];
}
