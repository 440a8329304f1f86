namespace WorkflowPlatform.Contracts.Clearance;

/// <summary>What can be said of a text under clearance.</summary>
public enum DecisionKind
{
    /// <summary>The office clears it.</summary>
    Cleared,

    /// <summary>The office clears it and says something to its author.</summary>
    ClearedWithComment,

    /// <summary>The office changes the text and would clear it so: somebody else has to, for whoever changed it has written some of it.</summary>
    ClearedAsAmended,

    /// <summary>The office has nothing against it.</summary>
    NotObjected,

    /// <summary>The office is against it. It holds the text up until the office clears it after all or is overruled.</summary>
    Objected,

    /// <summary>A named authority sets the objections aside.</summary>
    Overruled,

    /// <summary>This person takes no part.</summary>
    Recused,

    /// <summary>The office leaves it to the one above it.</summary>
    Referred,

    /// <summary>It goes back to its author, to be changed.</summary>
    Returned,

    /// <summary>It is not to go out, whatever is changed.</summary>
    Refused,

    /// <summary>Events have made it pointless.</summary>
    OvertakenByEvents,

    /// <summary>Nobody's word: the office's time ran out, or it is cut off, and the one above it may clear in its place.</summary>
    Escalated,

    /// <summary>Nobody's word: the office said nothing, the policy lets that count, and a notice is proved.</summary>
    DeemedCleared,

    /// <summary>A named person passes over an office that is missing.</summary>
    Bypassed,

    /// <summary>A duty officer releases it before it is cleared; it is reviewed afterwards.</summary>
    ReleasedImmediately,
}

/// <summary>A round of clearance began for a package.</summary>
/// <param name="PolicyVersion">The policy by which it is judged to its end.</param>
/// <param name="Offices">The offices that must clear it, in their order.</param>
public sealed record ClearanceOpened(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, string PolicyVersion, IReadOnlyList<string> Offices, DateTimeOffset At) : IFact;

/// <summary>Something was said that clears it in part, or moves it on: others still have to decide.</summary>
/// <param name="UndoUntil">Until then it can be taken back, as long as nobody decided after it.</param>
public sealed record ClearanceGiven(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, DecisionKind Kind, Capacity By,
    DateTimeOffset UndoUntil, DateTimeOffset At) : IFact;

/// <summary>An office is against the text: it is held up.</summary>
public sealed record ObjectionRaised(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, Capacity By, DateTimeOffset UndoUntil, DateTimeOffset At) : IFact;

/// <summary>A person of an office takes no part.</summary>
public sealed record OfficerRecused(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, Capacity By, DateTimeOffset UndoUntil, DateTimeOffset At) : IFact;

/// <summary>An office leaves the matter to the one above it.</summary>
/// <param name="To">The office that must clear in its stead.</param>
public sealed record MatterReferred(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, Capacity By, string To, DateTimeOffset UndoUntil, DateTimeOffset At) : IFact;

/// <summary>Every office that must has cleared the text. It goes out only once the period for undoing is over and a permit is issued.</summary>
/// <param name="Kind">What the last decision said.</param>
/// <param name="UndoUntil">Until then the last decision can be taken back.</param>
public sealed record PackageCleared(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, DecisionKind Kind, Capacity By,
    DateTimeOffset UndoUntil, DateTimeOffset At) : IFact
{
    /// <summary>The office that was passed over at last; null when the last decision was another.</summary>
    public string? PassedOver { get; init; }

    /// <summary>The proof of notice when an office's silence came last; null otherwise.</summary>
    public SilenceNotice? Silence { get; init; }
}

/// <summary>An officer decided that it must not go out; the author is told once the period for undoing is over.</summary>
public sealed record RefusalDecided(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, Capacity By,
    DateTimeOffset UndoUntil, DateTimeOffset At) : IFact;

/// <summary>The text was refused. The comment is fetched from Clearance.</summary>
public sealed record PackageRefused(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, DateTimeOffset At) : IFact;

/// <summary>Events have made the text pointless: the round is over and nothing goes out.</summary>
public sealed record ClearanceOvertaken(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, Capacity By, DateTimeOffset At) : IFact;

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

/// <summary>The time for its permit has come, and the permit office refuses it: told once. It stays cleared until something about it changes, and nothing goes out.</summary>
/// <param name="Code">Why: the permanent code of the refusal.</param>
public sealed record PermitWithheld(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, string Code, DateTimeOffset At) : IFact;

/// <summary>The author asked before any permit was out: the round is over and nothing goes out.</summary>
public sealed record ClearanceWithdrawn(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, DateTimeOffset At) : IFact;

/// <summary>The window closed before anybody cleared the text.</summary>
public sealed record ClearanceLapsed(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, DateTimeOffset At) : IFact;

/// <summary>The central unit wants an issued permit back. It is back only once Publishing has stopped the release.</summary>
public sealed record PermitRevocationAsked(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid PermitId, Guid RevocationId, Capacity By,
    string ReasonCode, DateTimeOffset At) : IFact;

/// <summary>Publishing stopped the release: the permit is worth nothing any more, and nothing goes out.</summary>
public sealed record PermitRevoked(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid PermitId, Guid RevocationId,
    string ReasonCode, DateTimeOffset At) : IFact;

/// <summary>The revocation came too late: what became of the release cannot be undone by it.</summary>
/// <param name="Reason">How the release ended, for example <c>released</c>.</param>
public sealed record PermitRevocationRefused(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid PermitId, Guid RevocationId,
    string Reason, DateTimeOffset At) : IFact;

/// <summary>An officer changed the text; until the period for undoing is over it can be taken back, and nothing has changed.</summary>
/// <param name="PackageDigest">The text that was changed.</param>
public sealed record AmendmentDecided(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid DecisionId, Capacity By, DateTimeOffset UndoUntil, DateTimeOffset At) : IFact;

/// <summary>The changed text is the request's from now on: a new package, made by Clearance, on which nobody has decided yet. Its bytes can be fetched from Clearance by digest.</summary>
/// <param name="PackageDigest">The package until now. Every later fact names the new one.</param>
/// <param name="Bytes">Size of the new package.</param>
/// <param name="By">Who changed it: a contributor from now on.</param>
/// <param name="Offices">The offices that must clear the new text, in their order.</param>
public sealed record PackageAmended(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string AmendedDigest, int Bytes, string Mission, Guid DecisionId, Capacity By,
    string PolicyVersion, IReadOnlyList<string> Offices, DateTimeOffset At) : IFact;

/// <summary>What the text was cleared on is no longer so: what was said for it so far does not count any more, and it has to be said again.</summary>
/// <param name="Cause"><c>account-closed</c>, <c>account-moved</c>, <c>account-flagship</c>, <c>account-back</c>, or what the text cites: <c>line:</c> or <c>figure:</c> and its id.</param>
public sealed record VotesLapsed(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, string Cause, DateTimeOffset At) : IFact
{
    /// <summary>The pack and version by which it was asked anew who must clear it; null where the route stayed.</summary>
    public string? PolicyVersion { get; init; }

    /// <summary>The offices that must clear it since then, in their order; null where the route stayed.</summary>
    public IReadOnlyList<string>? Offices { get; init; }
}

/// <summary>What an issued permit rests on is no longer so. Nothing is stopped by that: the central unit is told, and can take the permit back.</summary>
/// <param name="Cause">As of <see cref="VotesLapsed"/>.</param>
public sealed record PermitGroundsLapsed(
    Guid RequestId, int Version, Guid DraftId, string PackageDigest, string Mission, Guid PermitId, string Cause, DateTimeOffset At) : IFact;
