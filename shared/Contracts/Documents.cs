using WorkflowPlatform.Contracts.Clearance;

namespace WorkflowPlatform.Contracts;

/// <summary>The unit that is cleared and released: one text for one account. Its canonical JSON is what digests and permits bind.</summary>
/// <param name="Contributors">Staff numbers, sorted, of everybody who had a hand in any revision.</param>
/// <param name="Salt">Random, so that nobody can guess a text from its digest.</param>
/// <param name="Tzdb">Version of the time zone rules by which the instant was computed; null without a local time.</param>
public sealed record ReleasePackage(
    string Type, Guid DraftId, int Revision, string Mission, string Account, string Network, Lane Lane, string Language, string Text,
    DateTimeOffset NotBefore, DateTimeOffset NotAfter, string? Local, string? Zone, string? Tzdb,
    IReadOnlyList<string> Contributors, Capacity SubmittedBy, DateTimeOffset SubmittedAt, string Salt)
{
    public const string V1 = "workflowplatform.package.v1";

    /// <summary>What the post is for; null when its author gave none.</summary>
    public Brief? Brief { get; init; }

    /// <summary>Pictures, in the order in which they appear.</summary>
    public IReadOnlyList<MediaItem> Media { get; init; } = [];

    /// <summary>Addresses that the post points to, in the order in which they appear.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>What the text rests on, sorted: <c>line:</c> or <c>figure:</c> and its id. When one of these changes, what was said of the text has to be said again.</summary>
    public IReadOnlyList<string> Cites { get; init; } = [];
}

/// <summary>What a post is for, as its author says: rules are made on this, and nobody but officers reads it.</summary>
/// <param name="Message">The one sentence that should stay in a reader's mind.</param>
/// <param name="Audience">Whom it is for; a word of the ministry's own list.</param>
/// <param name="Dimec">Letters of the matrix: <c>D</c>, <c>I</c>, <c>M</c>, <c>E</c>, <c>C</c>; sorted.</param>
/// <param name="Counterparts">ISO 3166 alpha-2 codes of the states it is about, sorted.</param>
public sealed record Brief(string? Message, string? Audience, string? Objective, string? Tactic, IReadOnlyList<string> Dimec, IReadOnlyList<string> Counterparts);

/// <summary>A picture of a post: its bytes go by their digest.</summary>
/// <param name="Digest">SHA-256, hex.</param>
/// <param name="Type">Media type, for example <c>image/png</c>.</param>
/// <param name="Alt">What it shows, for who cannot see it; empty when its author wrote none.</param>
public sealed record MediaItem(string Digest, string Type, int Bytes, string Alt);

/// <summary>Leave to release one package on one account within one window, once. The payload of the signed envelope.</summary>
/// <param name="PermitId">The number that is used once.</param>
public sealed record ReleasePermit(
    Guid PermitId, string PackageDigest, string Mission, string Account, string Network, DateTimeOffset NotBefore, DateTimeOffset NotAfter,
    string? Local, string? Zone, string PolicyVersion, Guid RequestId, IReadOnlyList<PermitDecision> Decisions,
    IReadOnlyList<string> Contributors, DateTimeOffset IssuedAt)
{
    /// <summary>The DSSE payload type.</summary>
    public const string V1 = "application/vnd.workflowplatform.permit.v1+json";
}

/// <summary>One decision that the permit rests on.</summary>
public sealed record PermitDecision(Guid Id, string Person, string Office, string? ActingFor, DecisionKind Kind, DateTimeOffset At);
