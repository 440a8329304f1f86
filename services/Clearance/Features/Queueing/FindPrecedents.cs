using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features.Queueing;

/// <summary>How returns were reasoned before, the latest first: <c>GET /precedents?q=&amp;reason=&amp;language=</c>. Only of texts that are routed to the asker.</summary>
public static class FindPrecedents
{
    public sealed record Item(Guid DecisionId, Guid RequestId, string Mission, string Office, string ReasonCode, string Language, string Excerpt, string Comment, DateTimeOffset DecidedAt);

    public static void Map(RouteGroupBuilder api) => api.MapGet("precedents", HandleAsync).ForRole();

    private static async Task<Results<Ok<Page<Item>>, ProblemHttpResult>> HandleAsync(
        Actor actor, Acting acting, ClearanceDb db, string? q = null, string? reason = null, string? language = null, string? cursor = null, int? limit = null, CancellationToken ct = default)
    {
        if (q?.Length > 100) return QueueFilter.TooMuch.ToProblem();
        if (!Cursor.TryParse(cursor, out var after)) return Cursor.Unreadable.ToProblem();
        var held = await acting.AsAsync(actor, ct);
        var offices = held.Where(h => Roles.OfAnOffice.Contains(h.Role)).Select(h => h.Office).Distinct().ToList();
        var missions = held.Where(h => h.Role == Roles.DraftingOfficer).Select(h => h.Office).Distinct().ToList();

        var found = db.Precedents.AsNoTracking();
        // An auditor's eyes reach further than this.
        if (!offices.Contains(Offices.Central)) found = found.Where(p => missions.Contains(p.Mission) || db.Seats.Any(s => s.RequestId == p.RequestId && offices.Contains(s.Office)));
        if (!string.IsNullOrEmpty(reason)) found = found.Where(p => p.Reason == reason);
        if (!string.IsNullOrEmpty(language)) found = found.Where(p => p.Language == language);
        if (!string.IsNullOrWhiteSpace(q))
        {
            var words = QueueRows.Small(q.Trim());
            found = found.Where(p => p.Words.Contains(words));
        }
        if (after is { } seen) found = found.Where(p => p.DecidedAt < seen.At || (p.DecidedAt == seen.At && p.DecisionId < seen.Id));
        var take = Cursor.Limit(limit);
        var items = await found.OrderByDescending(p => p.DecidedAt).ThenByDescending(p => p.DecisionId).Take(take + 1)
            .Select(p => new Item(p.DecisionId, p.RequestId, p.Mission, p.Office, p.Reason, p.Language, p.Excerpt, p.Comment, p.DecidedAt)).ToListAsync(ct);
        return TypedResults.Ok(Page<Item>.Of(items, take, item => new Cursor(item.DecidedAt, item.DecisionId)));
    }
}
