using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Platform.Http;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>What a board says since an instant, oldest first, never from a cache: how a publisher looks whether its post went out. <c>GET noticeboard/{mission}/timeline</c>.</summary>
public static class ReadTimeline
{
    private const int DefaultLimit = 100;

    public static void Map(RouteGroupBuilder boards) => boards.MapGet("{mission}/timeline", HandleAsync).AllowAnonymous();

    private static async Task<Results<Ok<Page<NoticeItem>>, ProblemHttpResult>> HandleAsync(
        string mission, DateTimeOffset? since, string? cursor, int? limit, OversightDb db, CancellationToken ct)
    {
        if (!Cursor.TryParse(cursor, out var from)) return Cursor.Unreadable.ToProblem();
        var (most, start) = (Cursor.Limit(limit ?? DefaultLimit), since?.ToUniversalTime() ?? DateTimeOffset.UnixEpoch);
        var notices = db.Notices.AsNoTracking().Where(n => n.Mission == mission && n.ReleasedAt >= start);
        if (from is var (at, id)) notices = notices.Where(n => n.ReleasedAt > at || (n.ReleasedAt == at && n.Id.CompareTo(id) > 0));
        var items = await notices.OrderBy(n => n.ReleasedAt).ThenBy(n => n.Id).Take(most + 1).Select(NoticeItem.Of).ToListAsync(ct);
        return TypedResults.Ok(Page<NoticeItem>.Of(items, most, item => new Cursor(item.ReleasedAt, item.Id)));
    }
}
