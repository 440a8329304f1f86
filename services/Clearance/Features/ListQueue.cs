using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>What waits for a decision, by the time left before its release: <c>GET /queue</c>.</summary>
public static class ListQueue
{
    public sealed record Item(
        Guid Id, int Version, string Mission, string Account, Lane Lane, string Language, DateTimeOffset NotBefore, DateTimeOffset NotAfter,
        string? Local, string? Zone, DateTimeOffset OpenedAt, string Excerpt, int Characters, bool MayDecide, string? WhyNot);

    public static void Map(RouteGroupBuilder api) => api.MapGet("queue", HandleAsync).ForRole(Roles.ClearingOfficer);

    private static async Task<Results<Ok<Page<Item>>, ProblemHttpResult>> HandleAsync(
        Actor actor, ClearanceDb db, string? cursor = null, int? limit = null, CancellationToken ct = default)
    {
        if (!Cursor.TryParse(cursor, out var after)) return Cursor.Unreadable.ToProblem();
        var waiting = db.Requests.AsNoTracking().Where(r => r.Status == ClearanceStatus.InClearance);
        if (after is { } place) waiting = waiting.Where(r => r.NotBefore > place.At || (r.NotBefore == place.At && r.Id > place.Id));

        var take = Cursor.Limit(limit);
        var rows = await waiting.OrderBy(r => r.NotBefore).ThenBy(r => r.Id).Take(take + 1).ToListAsync(ct);
        return TypedResults.Ok(Page<Item>.Of([.. rows.Select(r => ToItem(r, actor))], take, item => new Cursor(item.NotBefore, item.Id)));
    }

    private static Item ToItem(ClearanceRequest r, Actor actor)
    {
        var may = !r.Contributors.Contains(actor.Person);
        return new Item(r.Id, r.Version, r.Mission, r.Account, r.Lane, r.Language, r.NotBefore, r.NotAfter, r.Local, r.Zone, r.OpenedAt, r.Excerpt, r.Characters,
            may, may ? null : ClearanceRules.ContributorsMayNotClear.Detail);
    }
}
