using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;

namespace WorkflowPlatform.Portal.Api;

/// <summary>How many requests of the queue each value of a filter lets through.</summary>
internal sealed record QueueCounts(
    int All, IReadOnlyList<QueueCount> Mission, IReadOnlyList<QueueCount> Region, IReadOnlyList<QueueCount> Lane, IReadOnlyList<QueueCount> Language,
    IReadOnlyList<QueueCount> Dimec, IReadOnlyList<QueueCount> Finding);

internal sealed record QueueCount(string Value, int Requests);

/// <summary>A part of the queue, as Clearance keeps it.</summary>
internal sealed record QueueFilter(
    string[]? Mission = null, string[]? Region = null, Lane[]? Lane = null, string[]? Language = null, string[]? Dimec = null, string[]? Finding = null,
    string[]? Office = null, string? Assigned = null, string? Q = null);

/// <summary>An officer's own filter.</summary>
internal sealed record SavedView(Guid Id, string Name, QueueFilter Filter);

/// <summary>Who is at work on a request, and who else could be.</summary>
internal sealed record AtWork(Claimed? Claim, IReadOnlyList<Assigned> Assigned, IReadOnlyList<string> Colleagues);

/// <summary>Somebody has it open.</summary>
internal sealed record Claimed(string Person, DateTimeOffset Until);

/// <summary>An office gave it to one of its people.</summary>
internal sealed record Assigned(string Office, string Person, string By);

/// <summary>What changed since the officer's own last decision; <see cref="Since"/> is null when there is none on an earlier text.</summary>
internal sealed record SinceMine(LastDecision? Since, Changes Changes);

internal sealed record LastDecision(Guid RequestId, DecisionKind Decision, string? Comment, DateTimeOffset At);

internal sealed record Changes(IReadOnlyList<Segment> Text, IReadOnlyList<ChangedPicture> Pictures, IReadOnlyList<ChangedLink> Links, IReadOnlyList<ChangedField> Fields);

/// <param name="Kind"><c>Same</c>, <c>Removed</c> or <c>Added</c>.</param>
/// <param name="Sign">Stands for a character that nobody sees.</param>
internal sealed record Segment(string Kind, string Text, string? Sign);

/// <param name="Change"><c>Added</c>, <c>Removed</c>, <c>Moved</c> or <c>Changed</c>.</param>
internal sealed record ChangedPicture(string Change, string Digest, IReadOnlyList<Segment> Alt);

internal sealed record ChangedLink(string Change, IReadOnlyList<Segment> Text);

internal sealed record ChangedField(string Name, string? Before, string? After);

/// <summary>One of several texts to be cleared, as the officer was shown it.</summary>
internal sealed record BulkItem(Guid Id, int Version, string PackageDigest);

internal sealed record BulkAnswer(IReadOnlyList<BulkOutcome> Items);

internal sealed record BulkOutcome(Guid Id, int? Version, string? Status, DateTimeOffset? UndoUntil, string? Code, string? Detail);

/// <summary>How a return was reasoned.</summary>
internal sealed record Precedent(Guid RequestId, string Mission, string Office, string ReasonCode, string Language, string Excerpt, string Comment, DateTimeOffset DecidedAt);
