namespace WorkflowPlatform.Contracts.Clearance;

/// <summary>What a clearing officer can say.</summary>
public enum DecisionKind { Cleared, Returned }

/// <summary>A round of clearance began for a package.</summary>
public sealed record ClearanceOpened(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, DateTimeOffset At) : IFact;

/// <summary>The text is cleared. It goes out only once the period for undoing is over and a permit is issued.</summary>
/// <param name="UndoUntil">Until then the decision can be taken back.</param>
public sealed record PackageCleared(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, Capacity By,
    DateTimeOffset UndoUntil, DateTimeOffset At) : IFact;

/// <summary>An officer decided to return the text; the author is told once the period for undoing is over.</summary>
public sealed record ReturnDecided(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, Capacity By,
    string ReasonCode, DateTimeOffset UndoUntil, DateTimeOffset At) : IFact;

/// <summary>A decision was taken back within its period: the text waits in the queue again.</summary>
public sealed record DecisionUndone(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, Capacity By, DateTimeOffset At) : IFact;

/// <summary>The text went back to its author, with a reason. The comment is fetched from Clearance.</summary>
public sealed record PackageReturned(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, string ReasonCode, DateTimeOffset At) : IFact;

/// <summary>A permit was issued: Publishing may release exactly these bytes, once, within the window.</summary>
/// <param name="Envelope">The permit, signed: DSSE as JSON. Everything beside it is only for routing and carries no authority.</param>
public sealed record PermitIssued(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, string Account, Guid PermitId,
    string Envelope, DateTimeOffset At) : IFact;

/// <summary>The author asked before any permit was out: the round is over and nothing goes out.</summary>
public sealed record ClearanceWithdrawn(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, DateTimeOffset At) : IFact;

/// <summary>The window closed before anybody cleared the text.</summary>
public sealed record ClearanceLapsed(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, DateTimeOffset At) : IFact;
