using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features.Exceptional;

/// <summary>Where an office was passed over, told to its head and to the head of the central unit, the latest first: <c>GET /bypasses</c>.</summary>
public static class ListBypasses
{
    public sealed record Item(Guid Id, string Office, string Mission, string Account, ClearanceStatus Status, Capacity By, string? Reason, DateTimeOffset At);

    /// <param name="Counts">How often each office was passed over, of those that the asker heads.</param>
    public sealed record Response(IReadOnlyList<Item> Items, IReadOnlyDictionary<string, int> Counts);

    public static void Map(RouteGroupBuilder api) => api.MapGet("bypasses", HandleAsync).ForRole();

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(Actor actor, Acting acting, ClearanceDb db, int? limit = null, CancellationToken ct = default)
    {
        var heads = (await acting.AsAsync(actor, ct)).Where(h => h.Role == Roles.HeadOfUnit).Select(h => h.Office).ToList();
        if (heads.Count == 0) return Authorization.NotYourRole.ToProblem();
        var all = heads.Contains(Offices.Central);
        var seats = db.Seats.AsNoTracking().Where(s => s.PassedOver && (all || heads.Contains(s.Office)));
        var counts = await seats.GroupBy(s => s.Office).Select(g => new { Office = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Office, g => g.Count, ct);
        var places = await seats.OrderByDescending(s => s.NotBefore).ThenByDescending(s => s.RequestId).Take(Cursor.Limit(limit))
            .Join(db.Requests.AsNoTracking(), s => s.RequestId, r => r.Id, (s, r) => new { s.Office, Request = r }).ToListAsync(ct);
        var items = places.Select(p => ToItem(p.Request, p.Office)).OfType<Item>().OrderByDescending(i => i.At);
        return TypedResults.Ok(new Response([.. items], counts));
    }

    private static Item? ToItem(ClearanceRequest r, string office) =>
        r.Decisions.LastOrDefault(d => d is { Undone: false, Kind: DecisionKind.Bypassed } && d.PassedOver == office) is { } act
            ? new Item(r.Id, office, r.Mission, r.Account, r.Status, act.By, act.Comment, act.At)
            : null;
}
