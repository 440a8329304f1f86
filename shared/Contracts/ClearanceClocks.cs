namespace WorkflowPlatform.Contracts.Clearance;

/// <summary>An office that is waited for was reminded.</summary>
/// <param name="Reminder">1 at half of its time, 2 at the end.</param>
/// <param name="DueAt">The end of its time; null when it has none and was cut off.</param>
public sealed record ClearanceReminded(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, string Office, int Reminder, DateTimeOffset? DueAt, DateTimeOffset At) : IFact;

/// <summary>An office let its time run out, or is cut off: the office above it may clear in its place. The late one still may, until then.</summary>
/// <param name="Cause"><c>late</c> or <c>cut-off</c>.</param>
/// <param name="DueAt">The end of the late office's time; null when it had none.</param>
public sealed record ClearanceEscalated(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, string From, string To, string Cause,
    DateTimeOffset? DueAt, DateTimeOffset At) : IFact
{
    /// <summary>Why it was cut off: <c>declared</c> or <c>unseen</c>; null when it was late, and in facts from before this was told.</summary>
    public string? CutOff { get; init; }
}

/// <summary>An office said nothing until the end of its time, the policy lets that count, and a notice is proved. Others still have to decide.</summary>
public sealed record SilenceCounted(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, string Office, SilenceNotice Notice,
    DateTimeOffset UndoUntil, DateTimeOffset At) : IFact;

/// <summary>The proof that a text had reached an office whose silence counts.</summary>
/// <param name="NoticedBy">Staff number of the person of the office who opened or acknowledged it.</param>
/// <param name="DueAt">The end of the office's time.</param>
public sealed record SilenceNotice(string NoticedBy, DateTimeOffset NoticedAt, DateTimeOffset DueAt)
{
    /// <summary>Staff number of the absent person for whom they took notice; null in their own right.</summary>
    public string? ActingFor { get; init; }

    /// <summary>When the office's turn had begun.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>The zone by whose hours the end was reckoned; null where minutes pass around the clock.</summary>
    public string? Zone { get; init; }

    /// <summary>The register's version of the office, of which these were the hours; null where minutes pass around the clock.</summary>
    public int? OfficeVersion { get; init; }
}

/// <summary>An office that is missing was passed over, by name and with a reason. Others still have to decide.</summary>
/// <param name="Office">The office that was passed over.</param>
public sealed record OfficeBypassed(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, Capacity By, string Office,
    DateTimeOffset UndoUntil, DateTimeOffset At) : IFact;

/// <summary>A duty officer releases the text before those asked have cleared it. The permit follows; somebody else reviews it afterwards.</summary>
/// <param name="ReviewBy">Until then it has to be reviewed.</param>
public sealed record ReleasedImmediately(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, Capacity By,
    DateTimeOffset UndoUntil, DateTimeOffset ReviewBy, DateTimeOffset At) : IFact;

/// <summary>What a duty officer released was reviewed by somebody else.</summary>
/// <param name="DecisionId">The duty officer's.</param>
public sealed record RetrospectiveReviewed(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, Capacity By, ReviewVerdict Verdict, DateTimeOffset At) : IFact;

/// <summary>What a review says of a release before clearance.</summary>
public enum ReviewVerdict { Upheld, NotUpheld }

/// <summary>Nobody has reviewed in time what a duty officer released.</summary>
public sealed record ReviewOverdue(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, DateTimeOffset DueAt, DateTimeOffset At) : IFact;

/// <summary>A clearance given by telephone or on paper was written down for whoever gave it. It counts only once they have countersigned it.</summary>
/// <param name="By">Who wrote it down.</param>
/// <param name="GivenBy">Staff number of whoever gave it.</param>
/// <param name="Office">For which office.</param>
/// <param name="Means"><c>telephone</c> or <c>paper</c>.</param>
public sealed record ClearanceRecorded(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid RecordingId, Capacity By, string GivenBy, string Office, string Means,
    DateTimeOffset At) : IFact;

/// <summary>An office is cut off: the one above it is asked in its place, and its silence counts for nothing.</summary>
/// <param name="Cause"><c>declared</c> by somebody, or <c>unseen</c>: none of its people was seen for too long while something waited.</param>
/// <param name="By">Who declared it; null when nobody did.</param>
public sealed record OfficeCutOff(string Office, int Version, string Cause, Capacity? By, DateTimeOffset At) : IFact;

/// <summary>An office can be reached again. What was asked of others meanwhile stays with them.</summary>
/// <param name="By">Who said so, or was seen.</param>
public sealed record OfficeReconnected(string Office, int Version, Capacity By, DateTimeOffset At) : IFact;
