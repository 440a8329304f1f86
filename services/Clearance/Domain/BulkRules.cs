using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>One of several requests that are to be cleared together.</summary>
/// <param name="WhyNot">Why whoever asks may not clear it; null when they may.</param>
public sealed record BulkItem(ClearanceRequest Request, string? WhyNot);

/// <summary>What may be cleared together: what is of one kind and gave no reason to look twice. Each is then decided by itself, as ever.</summary>
public static class BulkRules
{
    public const int Most = 25;

    /// <summary>The checks, in their order. Taking one out makes a test fail.</summary>
    public static readonly IReadOnlyList<Guard<IReadOnlyList<BulkItem>>> All =
    [
        new("one-kind", items => items.All(i => IsOfOneMission(i, items[0])) || items.All(i => IsOfOneRuleSet(i, items[0])) ? null : NotOneKind),
        new("no-findings", items => items.Any(HasFindings) ? Findings : null),
        new("your-turn", items => items.Any(i => i.WhyNot is not null) ? NotYours : null),
    ];

    public static Refusal? Check(IReadOnlyList<BulkItem> items) => Check(items, All);

    internal static Refusal? Check(IReadOnlyList<BulkItem> items, IReadOnlyList<Guard<IReadOnlyList<BulkItem>>> guards) => items.Count == 0 ? null : guards.FirstRefusal(items);

    /// <summary>Those on whose account it was refused.</summary>
    public static IEnumerable<Guid> Blamed(IReadOnlyList<BulkItem> items, Refusal refusal) => items
        .Where(i => refusal == NotOneKind ? !IsOfOneMission(i, items[0]) : refusal == Findings ? HasFindings(i) : i.WhyNot is not null)
        .Select(i => i.Request.Id);

    private static bool IsOfOneMission(BulkItem one, BulkItem other) => one.Request.Mission == other.Request.Mission;

    private static bool IsOfOneRuleSet(BulkItem one, BulkItem other) =>
        one.Request.Route.Because.Count > 0 && one.Request.Route.PolicyDigest == other.Request.Route.PolicyDigest
        && one.Request.Route.Because.Select(b => b.Rule).SequenceEqual(other.Request.Route.Because.Select(b => b.Rule));

    private static bool HasFindings(BulkItem item) => item.Request.Findings.Count > 0;

    public static readonly Refusal NotOneKind = new("bulk.not-one-kind", "These are not of one kind: only posts of one mission, or that the same rules apply to, can be cleared together.");
    public static readonly Refusal Findings = new("bulk.findings", "Something was found in one of these. Open it and decide on it by itself.");
    public static readonly Refusal NotYours = new("bulk.not-yours", "One of these is not yours to clear, or not now. Open it to read why.");
}
