using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features.Queueing;

/// <summary>What the asker's queue can be filtered by, and how many each lets through: <c>GET /queue/counts</c>.</summary>
public static class CountQueue
{
    public sealed record Response(
        int All, IReadOnlyList<Count> Mission, IReadOnlyList<Count> Region, IReadOnlyList<Count> Lane, IReadOnlyList<Count> Language, IReadOnlyList<Count> Dimec, IReadOnlyList<Count> Finding);

    public sealed record Count(string Value, int Requests);

    public static void Map(RouteGroupBuilder api) => api.MapGet("queue/counts", HandleAsync).ForRole();

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(Actor actor, Acting acting, ClearanceDb db, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        if (Acting.ClearingOffices(held) is not { Count: > 0 } offices) return Authorization.NotYourRole.ToProblem();

        var asked = db.Waiting.AsNoTracking().Where(w => db.Seats.Any(s => s.RequestId == w.RequestId && s.State == SeatState.Asked && offices.Contains(s.Office)));
        var rows = await asked.GroupBy(w => new { w.Mission, w.Region, w.Lane, w.Language }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var marks = await db.Marks.AsNoTracking().Where(m => asked.Any(w => w.RequestId == m.RequestId))
            .GroupBy(m => new { m.Kind, m.Value }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return TypedResults.Ok(new Response(
            rows.Sum(r => r.Count), By(rows, r => r.Key.Mission, r => r.Count), By(rows, r => r.Key.Region, r => r.Count), By(rows, r => r.Key.Lane.ToString(), r => r.Count),
            By(rows, r => r.Key.Language, r => r.Count), By(marks.Where(m => m.Key.Kind is MarkKind.Dimec), m => m.Key.Value, m => m.Count),
            By(marks.Where(m => m.Key.Kind is MarkKind.Finding), m => m.Key.Value, m => m.Count)));
    }

    private static IReadOnlyList<Count> By<T>(IEnumerable<T> rows, Func<T, string> value, Func<T, int> count) =>
        [.. rows.GroupBy(value).Where(g => g.Key.Length > 0).Select(g => new Count(g.Key, g.Sum(count))).OrderBy(c => c.Value, StringComparer.Ordinal)];
}
