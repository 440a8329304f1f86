namespace WorkflowPlatform.Contracts.Publishing;

/// <summary>A release stands in the schedule: the permit and the package it names were checked and kept.</summary>
public sealed record ReleaseScheduled(
    Guid ReleaseId, int Version, Guid DraftId, Guid PermitId, string PackageDigest, string Mission, string Account,
    DateTimeOffset NotBefore, DateTimeOffset At) : IFact;

/// <summary>The call to the network is about to be made. From here on it can no longer be stopped.</summary>
/// <param name="Attempt">1 for the first call.</param>
public sealed record ReleaseStarted(
    Guid ReleaseId, int Version, Guid DraftId, string PackageDigest, string Mission, int Attempt, DateTimeOffset At) : IFact;

/// <summary>The post is public.</summary>
/// <param name="Receipt">The network's id of the post.</param>
/// <param name="Reconciled">True when it was found by reading the account back, not told by the answer to the call.</param>
public sealed record ReleaseCompleted(
    Guid ReleaseId, int Version, Guid DraftId, string PackageDigest, string Mission, string Account, string Receipt,
    bool Reconciled, DateTimeOffset At) : IFact;

/// <summary>The call was made and nobody knows what became of it; the account is read back before anything else.</summary>
public sealed record ReleaseOutcomeUnknown(
    Guid ReleaseId, int Version, Guid DraftId, string PackageDigest, string Mission, DateTimeOffset SettleAt, DateTimeOffset At) : IFact;

/// <summary>The account was read back, the post is not there, and it stands in the schedule again.</summary>
public sealed record ReleaseRescheduled(
    Guid ReleaseId, int Version, Guid DraftId, string PackageDigest, string Mission, string Reason, DateTimeOffset NotBefore, DateTimeOffset At) : IFact;

/// <summary>The network refused the post for good.</summary>
public sealed record ReleaseRejected(
    Guid ReleaseId, int Version, Guid DraftId, string PackageDigest, string Mission, string Reason, DateTimeOffset At) : IFact;

/// <summary>The release waits for a person: a check right before the call failed, or its time has passed.</summary>
public sealed record ReleaseHeld(
    Guid ReleaseId, int Version, Guid DraftId, string PackageDigest, string Mission, string Reason, DateTimeOffset At) : IFact;

/// <summary>The release was stopped before the call, by the author's withdrawal or the central unit's revocation. Nothing goes out.</summary>
/// <param name="RevocationId">Null when it was the author's withdrawal.</param>
/// <param name="ReasonCode">Why it was revoked.</param>
public sealed record ReleaseStopped(
    Guid ReleaseId, int Version, Guid DraftId, string PackageDigest, string Mission, DateTimeOffset At, Guid? RevocationId = null, string? ReasonCode = null) : IFact;

/// <summary>A revocation came when the release was over. It changed nothing.</summary>
/// <param name="Reason">How it had ended: <c>released</c>, <c>rejected</c> or <c>stopped</c>.</param>
public sealed record RevocationRefused(
    Guid ReleaseId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid RevocationId, string Reason, DateTimeOffset At) : IFact;

/// <summary>Something came to Publishing as a permit that is none. It released nothing; somebody should look.</summary>
/// <param name="Reason">Which check it failed.</param>
/// <param name="EnvelopeDigest">SHA-256 of what came, hex.</param>
public sealed record PermitRefused(
    Guid RefusalId, int Version, string Reason, string EnvelopeDigest, Guid? PermitId, string? Mission, DateTimeOffset At) : IFact;
