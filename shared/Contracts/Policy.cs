namespace WorkflowPlatform.Contracts.Clearance;

/// <summary>A policy was proposed; it is in force only once somebody else has adopted this very text of it.</summary>
/// <param name="PolicyDigest">SHA-256 of the pack's canonical JSON, hex: what was proposed, to the letter.</param>
/// <param name="Policy">Its id and edition, <c>country-desks@3</c>.</param>
public sealed record PolicyProposed(
    string PolicyDigest, int Version, string Policy, int Rules, Capacity By, DateTimeOffset At) : IFact;

/// <summary>A second person adopted the policy: rounds of clearance that begin from now on are judged by it, those under way by the one they began with.</summary>
/// <param name="InsteadOf">Digest of the policy that was in force until now.</param>
public sealed record PolicyAdopted(
    string PolicyDigest, int Version, string Policy, string InsteadOf, Capacity ProposedBy, Capacity By, DateTimeOffset At) : IFact;

/// <summary>The proposal is off the table; the policy in force stays.</summary>
public sealed record PolicyProposalWithdrawn(
    string PolicyDigest, int Version, string Policy, Capacity By, DateTimeOffset At) : IFact;
