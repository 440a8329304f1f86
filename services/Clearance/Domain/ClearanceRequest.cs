using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>One package's way through clearance: who must clear it and why, who said what, and how it stands.</summary>
/// <param name="Route">What the policy in force asked for when the round began. It is judged by that to its end.</param>
/// <param name="DueAt">When something happens by itself: the window closes, or the period for undoing is over. Null at the end.</param>
public sealed record ClearanceRequest(
    Guid Id, int Version, Guid DraftId, string PackageDigest, string Mission, string Account, string Network, Lane Lane, string Language,
    string Excerpt, int Characters, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string? Local, string? Zone,
    IReadOnlyList<string> Contributors, DateTimeOffset OpenedAt, ClearanceStatus Status, Route Route, IReadOnlyList<OfficerDecision> Decisions,
    DateTimeOffset? DueAt, Guid? PermitId) : IAggregate
{
    string IAggregate.LedgerId => Id.ToString();

    /// <summary>The last time the central unit wanted its permit back; null when it never did.</summary>
    public Revocation? Revocation { get; init; }

    /// <summary>What the submission was found to have when the round began.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The time that each office has had since its turn began.</summary>
    public IReadOnlyList<OfficeClock> Clocks { get; init; } = [];

    /// <summary>Clearances that were given by telephone or on paper, as they were written down.</summary>
    public IReadOnlyList<RecordedClearance> Recorded { get; init; } = [];

    /// <summary>How the last release before clearance was reviewed; null before anything came of it.</summary>
    public RetrospectiveReview? Review { get; init; }

    /// <summary>Until when an open review is due; null when none is open.</summary>
    public DateTimeOffset? ReviewBy { get; init; }

    /// <summary>When it is to be told that an open review is overdue; null when none is open, or it was told.</summary>
    public DateTimeOffset? ReviewAlertAt { get; init; }

    /// <summary>A change of the text that can still be taken back; null when there is none.</summary>
    public Amendment? Amendment { get; init; }

    /// <summary>Digests of the packages that it had before officers changed the text, the first one first.</summary>
    public IReadOnlyList<string> EarlierDigests { get; init; } = [];

    /// <summary>What the text rests on, as its package cites it.</summary>
    public IReadOnlyList<string> Cites { get; init; } = [];

    /// <summary>What changed under it, and made votes lapse or a permit doubtful.</summary>
    public IReadOnlyList<Lapse> Lapses { get; init; } = [];

    /// <summary>The last decision that was not taken back; null when there is none.</summary>
    public OfficerDecision? Standing => Decisions.LastOrDefault(d => !d.Undone);
}

/// <summary>How a request stands.</summary>
public enum ClearanceStatus { InClearance, Cleared, ReturnDecided, RefusalDecided, PermitIssued, Returned, Refused, Withdrawn, Overtaken, Lapsed, Revoked, AmendmentDecided }

/// <summary>What one officer said, in which right, on which text.</summary>
/// <param name="Role">The role held in the capacity's office.</param>
/// <param name="ReferredTo">The office above, when the matter was left to it.</param>
public sealed record OfficerDecision(
    Guid Id, Capacity By, DecisionKind Kind, string PackageDigest, string? ReasonCode, string? Comment, DateTimeOffset At, DateTimeOffset UndoUntil,
    bool Undone = false, string Role = Roles.ClearingOfficer, string? ReferredTo = null)
{
    /// <summary>The policy by whose route it was judged; null in what was kept before this was.</summary>
    public string? PolicyVersion { get; init; }

    /// <summary>The office that is passed over; null when nobody is.</summary>
    public string? PassedOver { get; init; }

    /// <summary>The clock of the office that is waited for, as it stood; null where time does not matter.</summary>
    public OfficeClock? Clock { get; init; }

    /// <summary>True when the office that is waited for was cut off.</summary>
    public bool CutOff { get; init; }

    /// <summary>Why it was: <see cref="ReachRules.Declared"/> or <see cref="ReachRules.Unseen"/>. Null when it was not, and in decisions from before this was kept.</summary>
    public string? CutOffCause { get; init; }

    /// <summary>The proof that the text had reached the office whose silence counts.</summary>
    public Notice? Notice { get; init; }

    /// <summary>The turn on the duty roster by which a duty officer of another office than the central unit speaks.</summary>
    public Guid? DutyId { get; init; }

    /// <summary>The record that this countersigns; null when it was said at the screen.</summary>
    public Guid? RecordedAs { get; init; }

    /// <summary>Until when somebody else has to review a release before clearance.</summary>
    public DateTimeOffset? ReviewBy { get; init; }

    /// <summary>Whose vote it is: the absent person's when somebody acted for them.</summary>
    public string Principal => By.ActingFor ?? By.Person;

    /// <summary>True when what it was given on is no longer so.</summary>
    public bool Lapsed { get; init; }

    /// <summary>True when it still says something of the text with this digest.</summary>
    public bool StandsOn(string digest) => !Undone && !Lapsed && PackageDigest == digest;

    /// <summary>True when it counts towards clearing the text.</summary>
    public bool Clears => Kind is DecisionKind.Cleared or DecisionKind.ClearedWithComment or DecisionKind.NotObjected;
}

/// <summary>Why a text goes back. Permanent codes; the portal has the words.</summary>
public static class ReasonCodes
{
    public static readonly IReadOnlyList<string> All = ["facts", "line", "tone", "timing", "language", "other"];
}
