using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features.Exceptional;

/// <summary>Where an office was passed over, told to its head and to the head of the central unit, the latest first: <c>GET /bypasses?from=&amp;to=</c>.</summary>
public static class ListBypasses
{
    /// <param name="Id">The request's.</param>
    /// <param name="Status">How the request stands now, which changes nothing of what was done.</param>
    /// <param name="By">Who passed it over, and with <paramref name="Role"/> in which right.</param>
    /// <param name="Undone">It was taken back in time, and does not count.</param>
    public sealed record Item(
        Guid Id, Guid DecisionId, string Office, string Mission, string Account, ClearanceStatus Status, Capacity By, string Role, string Reason, DateTimeOffset At, bool Undone);

    /// <param name="Count">How many there are in the period, on every page.</param>
    /// <param name="Counts">How often each office was passed over in it, of those that the asker heads.</param>
    public sealed record Response(IReadOnlyList<Item> Items, int Count, IReadOnlyDictionary<string, int> Counts, string? Next);

    public static void Map(RouteGroupBuilder api) => api.MapGet("bypasses", HandleAsync).ForRole();

    /// <param name="from">The first moment of the period; none: from the beginning.</param>
    /// <param name="to">The first moment after it; none: until now.</param>
    private static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(
        Actor actor, Acting acting, ClearanceDb db, DateTimeOffset? from = null, DateTimeOffset? to = null, string? cursor = null, int? limit = null, CancellationToken ct = default)
    {
        if (to <= from) return EndsFirst.ToProblem();
        if (!Cursor.TryParse(cursor, out var after)) return Cursor.Unreadable.ToProblem();
        var heads = (await acting.AsAsync(actor, ct)).Where(h => h.Role == Roles.HeadOfUnit).Select(h => h.Office).ToList();
        if (heads.Count == 0) return Authorization.NotYourRole.ToProblem();

        var all = heads.Contains(Offices.Central);
        var bypasses = db.Bypasses.AsNoTracking().Where(b => all || heads.Contains(b.Office));
        if (from?.ToUniversalTime() is { } since) bypasses = bypasses.Where(b => b.At >= since);
        if (to?.ToUniversalTime() is { } until) bypasses = bypasses.Where(b => b.At < until);
        var counts = await bypasses.Where(b => !b.Undone).GroupBy(b => b.Office).Select(g => new { Office = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Office, g => g.Count, ct);

        if (after is { } seen) bypasses = bypasses.Where(b => b.At < seen.At || (b.At == seen.At && b.DecisionId < seen.Id));
        var take = Cursor.Limit(limit);
        var items = await (
            from bypass in bypasses.OrderByDescending(b => b.At).ThenByDescending(b => b.DecisionId).Take(take + 1)
            join request in db.Requests on bypass.RequestId equals request.Id
            orderby bypass.At descending, bypass.DecisionId descending
            select new Item(
                request.Id, bypass.DecisionId, bypass.Office, bypass.Mission, request.Account, request.Status, bypass.By, bypass.Role, bypass.Reason, bypass.At, bypass.Undone)).ToListAsync(ct);
        var page = Page<Item>.Of(items, take, item => new Cursor(item.At, item.DecisionId));
        return TypedResults.Ok(new Response(page.Items, counts.Values.Sum(), counts, page.Next));
    }

    public static readonly Refusal EndsFirst = new("bypasses.period", "This period ends before it begins. Name its first moment in from, and the first one after it in to.", 400);
}
