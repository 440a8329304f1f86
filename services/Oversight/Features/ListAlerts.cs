using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Oversight.Features;

/// <summary>What somebody should look at, newest first: <c>GET alerts</c>.</summary>
public static class ListAlerts
{
    public sealed record Item(Guid Id, AlertKind Kind, string Subject, string Reason, string? Mission, DateTimeOffset At, DateTimeOffset? ClearedAt);

    public static void Map(RouteGroupBuilder alerts) => alerts.MapGet("", HandleAsync).ForRole(Roles.ClearingOfficer, Roles.Auditor);

    private static async Task<Results<Ok<Page<Item>>, ProblemHttpResult>> HandleAsync(string? cursor, int? limit, OversightDb db, CancellationToken ct)
    {
        if (!Cursor.TryParse(cursor, out var from)) return Cursor.Unreadable.ToProblem();
        var most = Cursor.Limit(limit);
        var alerts = db.Alerts.AsNoTracking();
        if (from is var (at, id)) alerts = alerts.Where(a => a.At < at || (a.At == at && a.Id.CompareTo(id) < 0));
        var items = await alerts.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(most + 1)
            .Select(a => new Item(a.Id, a.Kind, a.Subject, a.Reason, a.Mission, a.At, a.ClearedAt)).ToListAsync(ct);
        return TypedResults.Ok(Page<Item>.Of(items, most, item => new Cursor(item.At, item.Id)));
    }
}
