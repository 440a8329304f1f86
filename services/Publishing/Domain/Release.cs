using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Publishing.Domain;

/// <summary>One package on its way out to one account: what allows it, when, and what became of each call.</summary>
/// <param name="Envelope">The permit as it came, signed; verified again before each call.</param>
/// <param name="Receipt">The network's id of the post, once it is public.</param>
/// <param name="Reason">Why it is held, was refused or stands in the schedule again; a permanent code.</param>
/// <param name="DueAt">When something is to be done next: the call, or reading the account back. Null when nothing is.</param>
public sealed record Release(
    Guid Id, int Version, Guid PermitId, Guid DraftId, string PackageDigest, string Mission, string Account, string Network,
    ReleaseStatus Status, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string Envelope, IReadOnlyList<Attempt> Attempts,
    string? Receipt, string? Reason, DateTimeOffset? DueAt) : IAggregate
{
    string IAggregate.LedgerId => Id.ToString();

    /// <summary>A call was made or is being made, and nobody has found out what became of it.</summary>
    public bool HasUnsettledCall => Attempts.Any(a => a.Outcome is null or AttemptOutcome.Unknown);
}

/// <summary>That a release is not to go out any more, and by whose wish.</summary>
/// <param name="RevocationId">The central unit's revocation of the permit; null when it is the author's withdrawal.</param>
public sealed record Recall(Guid? RevocationId, string? ReasonCode)
{
    public static readonly Recall ByItsAuthor = new(null, null);
}

/// <summary>How a release stands.</summary>
public enum ReleaseStatus { Scheduled, Releasing, Released, Rejected, OutcomeUnknown, Held, Stopped }

/// <summary>One call to the network.</summary>
/// <param name="Deadline">Nothing of the call leaves this process after it.</param>
/// <param name="Outcome">Null from the intent until the answer, and after a crash in between.</param>
public sealed record Attempt(int Number, DateTimeOffset StartedAt, DateTimeOffset Deadline, DateTimeOffset? EndedAt = null, AttemptOutcome? Outcome = null);

/// <summary>What became of a call.</summary>
public enum AttemptOutcome
{
    /// <summary>The post is public.</summary>
    Published,

    /// <summary>The network refused it for good.</summary>
    Rejected,

    /// <summary>It certainly had no effect: it never left, or the network said so.</summary>
    NotApplied,

    /// <summary>Nobody knows yet.</summary>
    Unknown,

    /// <summary>The account was read back, and the post is not there.</summary>
    Absent,
}
