using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Oversight.Data;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>Every mission's board, for everybody: <c>GET noticeboard</c>.</summary>
public static class ListBoards
{
    /// <param name="LatestAt">When the newest notice was released; null while the board is empty.</param>
    public sealed record Board(string Mission, string Name, int Notices, DateTimeOffset? LatestAt);

    public sealed record Response(IReadOnlyList<Board> Items);

    public static void Map(RouteGroupBuilder boards) => boards.MapGet("", HandleAsync).AllowAnonymous().Produces<Response>();

    private static async Task<FileContentHttpResult> HandleAsync(HttpContext http, OversightDb db, CancellationToken ct)
    {
        var names = await db.Missions.AsNoTracking().ToDictionaryAsync(m => m.Code, m => m.Name, ct);
        var boards = await db.Notices.GroupBy(n => n.Mission)
            .Select(g => new { Mission = g.Key, Notices = g.Count(), LatestAt = g.Max(n => n.ReleasedAt) }).ToDictionaryAsync(g => g.Mission, ct);
        var items = names.Keys.Union(boards.Keys).Order(StringComparer.Ordinal).Select(code =>
            boards.TryGetValue(code, out var board)
                ? new Board(code, names.GetValueOrDefault(code, code), board.Notices, board.LatestAt)
                : new Board(code, names[code], 0, null));
        return PublicAnswer.Json(http, new Response([.. items]));
    }
}
