using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>A clearance that was given by telephone or on paper, as somebody wrote it down for whoever gave it.</summary>
/// <param name="By">Who wrote it down.</param>
/// <param name="Role">The role held in the capacity's office.</param>
/// <param name="GivenBy">Staff number of whoever gave it.</param>
/// <param name="Comment">What was said.</param>
public sealed record RecordedClearance(Guid Id, Capacity By, string Role, string GivenBy, string Office, string Means, string PackageDigest, string? Comment, DateTimeOffset At);

/// <summary>How a clearance given away from the screen comes to count: written down by one, countersigned by the one who gave it.</summary>
public static class RecordingRules
{
    public static readonly IReadOnlyList<string> Means = ["telephone", "paper"];

    /// <summary>What a record is judged on.</summary>
    public sealed record Judged(ClearanceRequest Request, RecordedClearance Recorded)
    {
        public ClearanceSheet Sheet { get; } = ClearanceSheet.Of(Request);
    }

    /// <summary>What a countersignature is judged on, before it is judged like any other decision of its signer.</summary>
    public sealed record Countersigned(ClearanceRequest Request, RecordedClearance? Recorded, OfficerDecision Decision);

    /// <summary>The checks on a record, in their order. Taking one out makes a test fail.</summary>
    public static readonly IReadOnlyList<Guard<Judged>> Guards =
    [
        new("in-clearance", j => j.Request.Status is ClearanceStatus.InClearance ? null : ClearanceRules.NotInClearance(j.Request.Status)),
        new("same-text", j => j.Recorded.PackageDigest == j.Request.PackageDigest ? null : DecisionGuards.TextChanged),
        new("window-open", j => j.Recorded.At < j.Request.NotAfter ? null : DecisionGuards.WindowOver),
        new("right-role", j => Roles.OfAnOffice.Contains(j.Recorded.Role) ? null : DecisionGuards.NotThisRole),
        new("office-asked", j => j.Sheet.LineOf(j.Recorded.Office) is not null ? null : DecisionGuards.NotThisOffice),
        new("somebody-else", j => j.Recorded.GivenBy == j.Recorded.By.Person || j.Recorded.GivenBy == j.Recorded.By.ActingFor ? OwnWord : null),
        new("no-contributor-writes", j => j.Request.Contributors.Contains(j.Recorded.By.Person) || j.Request.Contributors.Contains(j.Recorded.By.ActingFor ?? "") ? ContributorWrites : null),
        new("no-contributor-gives", j => j.Request.Contributors.Contains(j.Recorded.GivenBy) ? DecisionGuards.ContributorsMayNotClear : null),
        new("known-means", j => Means.Contains(j.Recorded.Means) ? null : UnknownMeans),
    ];

    /// <summary>The checks on a countersignature that come before those on any decision. Taking one out makes a test fail.</summary>
    public static readonly IReadOnlyList<Guard<Countersigned>> SignatureGuards =
    [
        new("recorded", c => c.Recorded is null ? NotRecorded : null),
        new("given-by-the-signer", c => c.Recorded is { } r && r.GivenBy != c.Decision.By.Person ? NotYours : null),
        new("for-that-office", c => c.Recorded is { } r && r.Office != c.Decision.By.Office ? DecisionGuards.NotThisOffice : null),
        new("of-this-text", c => c.Recorded is { } r && r.PackageDigest != c.Decision.PackageDigest ? DecisionGuards.TextChanged : null),
        new("not-yet", c => c.Recorded is { } r && IsCountersigned(c.Request, r) ? AlreadySigned : null),
    ];

    public static bool IsCountersigned(ClearanceRequest request, RecordedClearance recorded) => request.Decisions.Any(d => !d.Undone && d.RecordedAs == recorded.Id);

    public static Decision<ClearanceRequest> Record(ClearanceRequest request, RecordedClearance recorded) => Record(request, recorded, Guards);

    internal static Decision<ClearanceRequest> Record(ClearanceRequest request, RecordedClearance recorded, IReadOnlyList<Guard<Judged>> guards)
    {
        if (guards.FirstRefusal(new Judged(request, recorded)) is { } refusal) return refusal;
        var r = request with { Version = request.Version + 1, Recorded = [.. request.Recorded, recorded] };
        return Accept(r, new ClearanceRecorded(
            r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, recorded.Id, recorded.By, recorded.GivenBy, recorded.Office, recorded.Means, recorded.At));
    }

    /// <summary>Whoever gave it signs: from here on it is their decision like any other.</summary>
    public static Decision<ClearanceRequest> Countersign(ClearanceRequest request, OfficerDecision decision) => Countersign(request, decision, SignatureGuards);

    internal static Decision<ClearanceRequest> Countersign(ClearanceRequest request, OfficerDecision decision, IReadOnlyList<Guard<Countersigned>> guards)
    {
        var recorded = request.Recorded.FirstOrDefault(r => r.Id == decision.RecordedAs);
        return guards.FirstRefusal(new Countersigned(request, recorded, decision)) is { } refusal ? refusal : ClearanceRules.Decide(request, decision);
    }

    public static readonly Refusal OwnWord = new("clearance.own-word", "What you clear yourself you decide yourself; only another's word is written down for them.", 403);
    public static readonly Refusal ContributorWrites = new("clearance.contributor", "Nobody who wrote any of it may write down that it was cleared.", 403);
    public static readonly Refusal UnknownMeans = new("clearance.means", "Say how it was given: by telephone or on paper.", 400);
    public static readonly Refusal NotRecorded = new("clearance.not-recorded", "No such clearance was written down.", 404);
    public static readonly Refusal NotYours = new("clearance.not-yours", "Only whoever gave this clearance can countersign it.", 403);
    public static readonly Refusal AlreadySigned = new("clearance.already-countersigned", "You have countersigned this already.");
}
