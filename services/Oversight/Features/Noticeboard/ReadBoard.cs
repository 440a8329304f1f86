using Microsoft.AspNetCore.Http.HttpResults;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Platform.Http;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>One mission's board, newest first, for everybody: <c>GET noticeboard/{mission}</c>.</summary>
public static class ReadBoard
{
    public sealed record Response(string Mission, string Name, IReadOnlyList<NoticeItem> Items, string? Next);

    public static void Map(RouteGroupBuilder boards) => boards.MapGet("{mission}", HandleAsync).AllowAnonymous().Produces<Response>();

    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> HandleAsync(
        string mission, string? cursor, int? limit, HttpContext http, OversightDb db, CancellationToken ct)
    {
        if (!Cursor.TryParse(cursor, out var from)) return Cursor.Unreadable.ToProblem();
        if (await db.BoardAsync(mission, ct) is not { } board) return TypedResults.NotFound();
        var page = await db.NewestAsync(mission, from, Cursor.Limit(limit), ct);
        return PublicAnswer.Json(http, new Response(board.Code, board.Name, page.Items, page.Next));
    }
}
