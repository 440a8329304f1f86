using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Oversight.Data;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>One notice, by its id or by the publisher's handle, for everybody: <c>GET noticeboard/{mission}/posts/{id}</c>.</summary>
public static class ReadNotice
{
    public static void Map(RouteGroupBuilder boards) => boards.MapGet("{mission}/posts/{id}", HandleAsync).AllowAnonymous().Produces<NoticeItem>();

    private static async Task<Results<FileContentHttpResult, NotFound>> HandleAsync(string mission, string id, HttpContext http, OversightDb db, CancellationToken ct)
    {
        var number = Guid.TryParse(id, out var guid) ? guid : Guid.Empty;
        var notice = await db.Notices.AsNoTracking()
            .Where(n => n.Mission == mission && (n.Id == number || n.Handle == id))
            .OrderBy(n => n.Handle == id ? 0 : 1).Select(NoticeItem.Of).FirstOrDefaultAsync(ct);
        return notice is null ? TypedResults.NotFound() : PublicAnswer.Json(http, notice);
    }
}
