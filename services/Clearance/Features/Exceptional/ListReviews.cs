using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.Exceptional;

/// <summary>What was released before its clearance and waits for its review, the longest due first: <c>GET /reviews</c>.</summary>
public static class ListReviews
{
    /// <param name="Reason">The duty officer's.</param>
    /// <param name="WhyNot">Why the asker may not review it, in words; null when they may.</param>
    public sealed record Item(
        Guid Id, int Version, string Mission, string Account, Lane Lane, string Excerpt, Capacity ReleasedBy, string? Reason, DateTimeOffset ReleasedAt,
        DateTimeOffset ReviewBy, bool Overdue, bool MayReview, string? WhyNot);

    public static void Map(RouteGroupBuilder api) => api.MapGet("reviews", HandleAsync).ForRole();

    private static async Task<Results<Ok<Page<Item>>, ProblemHttpResult>> HandleAsync(
        Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, string? cursor = null, int? limit = null, CancellationToken ct = default)
    {
        if (!Cursor.TryParse(cursor, out var after)) return Cursor.Unreadable.ToProblem();
        var held = await acting.AsAsync(actor, ct);
        if (!held.Any(h => Roles.OfAnOffice.Contains(h.Role))) return Authorization.NotYourRole.ToProblem();
        var (take, now) = (Cursor.Limit(limit), clock.Now);
        var open = db.Requests.AsNoTracking().Where(r => r.ReviewBy != null);
        if (after is { } seen) open = open.Where(r => r.ReviewBy > seen.At || (r.ReviewBy == seen.At && r.Id > seen.Id));
        var rows = await open.OrderBy(r => r.ReviewBy).ThenBy(r => r.Id).Take(take + 1).ToListAsync(ct);
        var page = Page<ClearanceRequest>.Of(rows, take, r => new Cursor(r.ReviewBy!.Value, r.Id));
        // A mission's officer who also clears for an office sees their mission's texts, and none of these is theirs to review.
        return TypedResults.Ok(new Page<Item>([.. page.Items.Where(r => Acting.IsRoutedTo(held, r)).Select(r => ToItem(r, held, now))], page.Next));
    }

    private static Item ToItem(ClearanceRequest r, IReadOnlyList<HeldCapacity> held, DateTimeOffset now)
    {
        var (release, whyNot) = (ReviewRules.OpenRelease(r)!, ReviewRules.WhyNot(r, held, now));
        return new Item(
            r.Id, r.Version, r.Mission, r.Account, r.Lane, r.Excerpt, release.By, release.Comment, release.At, r.ReviewBy!.Value, r.ReviewBy <= now, whyNot is null, whyNot);
    }
}
