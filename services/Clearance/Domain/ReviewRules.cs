using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>What came of the review of a release before clearance.</summary>
/// <param name="DecisionId">The duty officer's.</param>
/// <param name="Verdict">Null while it is only overdue.</param>
public sealed record RetrospectiveReview(Guid DecisionId, ReviewVerdict? Verdict = null, Capacity? By = null, string? Comment = null, DateTimeOffset? At = null, DateTimeOffset? OverdueAt = null);

/// <summary>What a reviewer says of a release before clearance.</summary>
/// <param name="Role">The role held in the capacity's office.</param>
public sealed record ReviewGiven(Capacity By, string Role, ReviewVerdict Verdict, string? Comment, DateTimeOffset At);

/// <summary>How a release before clearance is looked at afterwards, by somebody else.</summary>
public static class ReviewRules
{
    /// <summary>What a review is judged on.</summary>
    public sealed record Judged(ClearanceRequest Request, ReviewGiven Review);

    /// <summary>The checks, in their order. Taking one out makes a test fail.</summary>
    public static readonly IReadOnlyList<Guard<Judged>> Guards =
    [
        new("review-open", j => OpenRelease(j.Request) is null ? NothingOpen : null),
        new("right-role", j => j.Review.Role is Roles.ClearingOfficer or Roles.HeadOfUnit ? null : DecisionGuards.NotThisRole),
        new("right-office", j => j.Request.Route.Required.Any(r => r.Office == j.Review.By.Office) ? null : DecisionGuards.NotThisOffice),
        new("somebody-else", j => OpenRelease(j.Request) is { } release && People(release.By).Intersect(People(j.Review.By)).Any() ? NotYourOwn : null),
        new("no-contributor", j => People(j.Review.By).Any(j.Request.Contributors.Contains) ? Contributor : null),
        new("says-why", j => j.Review.Verdict is ReviewVerdict.NotUpheld && string.IsNullOrWhiteSpace(j.Review.Comment) ? DecisionGuards.SayWhy : null),
    ];

    /// <summary>The release before clearance that waits for its review; null when none does.</summary>
    public static OfficerDecision? OpenRelease(ClearanceRequest request) =>
        request.Status is ClearanceStatus.PermitIssued or ClearanceStatus.Revoked
        && request.Decisions.LastOrDefault(d => d.Kind is DecisionKind.ReleasedImmediately && d.StandsOn(request.PackageDigest)) is { } release
        && (request.Review?.DecisionId != release.Id || request.Review.Verdict is null)
            ? release
            : null;

    public static Decision<ClearanceRequest> Review(ClearanceRequest request, ReviewGiven review) => Review(request, review, Guards);

    internal static Decision<ClearanceRequest> Review(ClearanceRequest request, ReviewGiven review, IReadOnlyList<Guard<Judged>> guards)
    {
        if (guards.FirstRefusal(new Judged(request, review)) is { } refusal) return refusal;
        var release = OpenRelease(request)?.Id ?? Guid.Empty;
        var r = request with
        {
            Version = request.Version + 1,
            Review = new RetrospectiveReview(release, review.Verdict, review.By, review.Comment, review.At, request.Review?.DecisionId == release ? request.Review.OverdueAt : null),
        };
        return Accept(r, new RetrospectiveReviewed(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, release, review.By, review.Verdict, review.At));
    }

    /// <summary>Its time is over, and nobody has reviewed it: told once. It stays open.</summary>
    public static Decision<ClearanceRequest> Overdue(ClearanceRequest request, DateTimeOffset now)
    {
        if (OpenRelease(request) is not { ReviewBy: { } due } release || due > now || (request.Review?.DecisionId == release.Id && request.Review.OverdueAt is not null)) return ClearanceRules.NotDue;
        var r = request with { Version = request.Version + 1, Review = new RetrospectiveReview(release.Id, OverdueAt: now) };
        return Accept(r, new ReviewOverdue(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, release.Id, due, now));
    }

    /// <summary>Why none of these rights allows to review it, in words; null when one does.</summary>
    public static string? WhyNot(ClearanceRequest request, IReadOnlyList<HeldCapacity> held, DateTimeOffset now)
    {
        var refusals = held.Select(h => Guards.FirstRefusal(new Judged(request, new ReviewGiven(h.Capacity, h.Role, default, null, now)))).ToList();
        return refusals.Count == 0 ? DecisionGuards.NotThisRole.Detail : refusals.Contains(null) ? null : refusals[0]!.Detail;
    }

    private static IEnumerable<string> People(Capacity by) => by.ActingFor is { } absent ? [by.Person, absent] : [by.Person];

    public static readonly Refusal NothingOpen = new("clearance.no-review-open", "No review is open here: it was given, or nothing was released before its clearance.");
    public static readonly Refusal NotYourOwn = new("clearance.own-release", "You, or whoever you act for, released it. Somebody else has to review it.", 403);
    public static readonly Refusal Contributor = new("clearance.contributor", "Nobody who wrote any of it may review its release.", 403);
}
