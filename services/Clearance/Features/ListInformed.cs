using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>Texts that the policy only tells the asker's offices of, the latest first: <c>GET /informed</c>. They can say nothing on them here, and stop none.</summary>
public static class ListInformed
{
    /// <param name="Offices">Those of the asker's offices that are informed.</param>
    public sealed record Item(
        Guid Id, string Mission, string Account, Lane Lane, string Language, ClearanceStatus Status, DateTimeOffset NotBefore, DateTimeOffset NotAfter,
        string? Local, string? Zone, DateTimeOffset OpenedAt, string Excerpt, IReadOnlyList<string> Offices);

    public static void Map(RouteGroupBuilder api) => api.MapGet("informed", HandleAsync).ForRole();

    private static async Task<Results<Ok<Page<Item>>, ProblemHttpResult>> HandleAsync(
        Actor actor, Acting acting, ClearanceDb db, string? cursor = null, int? limit = null, CancellationToken ct = default)
    {
        if (!Cursor.TryParse(cursor, out var after)) return Cursor.Unreadable.ToProblem();
        var offices = (await acting.AsAsync(actor, ct)).Where(h => Roles.OfAnOffice.Contains(h.Role)).Select(h => h.Office).Distinct().ToList();
        if (offices.Count == 0) return Authorization.NotYourRole.ToProblem();

        // Whoever sees everything is informed of no more than their offices are.
        var requests = db.Requests.AsNoTracking().Where(r => db.Seats.Any(s => s.RequestId == r.Id && s.State == SeatState.Informed && offices.Contains(s.Office)));
        if (after is { } seen) requests = requests.Where(r => r.OpenedAt < seen.At || (r.OpenedAt == seen.At && r.Id < seen.Id));
        var take = Cursor.Limit(limit);
        var rows = await requests.OrderByDescending(r => r.OpenedAt).ThenByDescending(r => r.Id).Take(take + 1).ToListAsync(ct);
        return TypedResults.Ok(Page<Item>.Of([.. rows.Select(r => ToItem(r, offices))], take, item => new Cursor(item.OpenedAt, item.Id)));
    }

    private static Item ToItem(ClearanceRequest r, IReadOnlyList<string> offices) => new(
        r.Id, r.Mission, r.Account, r.Lane, r.Language, r.Status, r.NotBefore, r.NotAfter, r.Local, r.Zone, r.OpenedAt, r.Excerpt,
        [.. Seat.Of(r).Where(seat => seat.State is SeatState.Informed && offices.Contains(seat.Office)).Select(seat => seat.Office)]);
}
