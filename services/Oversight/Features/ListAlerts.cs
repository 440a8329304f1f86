using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Oversight.Features;

/// <summary>What somebody should look at, newest first: <c>GET alerts</c>. To whoever heads an office, that it was passed over; to the head of the central unit, that any was.</summary>
public static class ListAlerts
{
    public sealed record Item(Guid Id, AlertKind Kind, string Subject, string Reason, string? Mission, DateTimeOffset At, DateTimeOffset? ClearedAt);

    public static void Map(RouteGroupBuilder alerts) => alerts.MapGet("", HandleAsync).ForRole(Roles.ClearingOfficer, Roles.Auditor, Roles.HeadOfUnit);

    private static async Task<Results<Ok<Page<Item>>, ProblemHttpResult>> HandleAsync(string? cursor, int? limit, Actor actor, OversightDb db, CancellationToken ct)
    {
        if (!Cursor.TryParse(cursor, out var from)) return Cursor.Unreadable.ToProblem();
        var most = Cursor.Limit(limit);
        var alerts = For(actor, db.Alerts.AsNoTracking());
        if (from is var (at, id)) alerts = alerts.Where(a => a.At < at || (a.At == at && a.Id.CompareTo(id) < 0));
        var items = await alerts.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(most + 1)
            .Select(a => new Item(a.Id, a.Kind, a.Subject, a.Reason, a.Mission, a.At, a.ClearedAt)).ToListAsync(ct);
        return TypedResults.Ok(Page<Item>.Of(items, most, item => new Cursor(item.At, item.Id)));
    }

    /// <remarks>The database's eyes reach as far as all rights together. Who heads an office watches nothing by that.</remarks>
    private static IQueryable<Alert> For(Actor actor, IQueryable<Alert> alerts)
    {
        var (watches, heads) = (actor.In([Roles.ClearingOfficer, Roles.Auditor]), actor.In([Roles.HeadOfUnit]));
        var (everything, watched) = (watches.SeesEverything, watches.Offices);
        var (every, headed) = (heads.SeesEverything, heads.Offices);
        return alerts.Where(a => everything || (a.Mission != null && watched.Contains(a.Mission)) || (a.Kind == AlertKind.OfficeBypassed && (every || headed.Contains(a.Reason))));
    }
}
