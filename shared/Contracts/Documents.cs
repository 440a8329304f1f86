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
}

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
