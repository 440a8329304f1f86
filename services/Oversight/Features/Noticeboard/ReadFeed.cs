using Microsoft.AspNetCore.Http.HttpResults;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Platform.Http;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>One mission's board for feed readers, for everybody: <c>GET noticeboard/{mission}/feed.atom</c> and <c>feed.json</c>.</summary>
public static class ReadFeed
{
    public static void Map(RouteGroupBuilder boards)
    {
        Map(boards, "feed.atom", "application/atom+xml; charset=utf-8", AtomFeed.Write);
        Map(boards, "feed.json", "application/feed+json; charset=utf-8", JsonFeed.Write);
    }

    private static void Map(RouteGroupBuilder boards, string file, string contentType, Func<FeedPage, byte[]> write) => boards
        .MapGet($"{{mission}}/{file}", async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> (
            string mission, string? cursor, HttpContext http, OversightDb db, IConfiguration configuration, CancellationToken ct) =>
        {
            if (!Cursor.TryParse(cursor, out var from)) return Cursor.Unreadable.ToProblem();
            if (await db.BoardAsync(mission, ct) is not { } board) return TypedResults.NotFound();
            var items = await db.NewestAsync(mission, from, FeedPage.Size, ct);

            var settings = configuration.GetSection(OversightModule.ServiceName);
            var root = (settings["PublicUrl"] ?? $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}").TrimEnd('/');
            var api = $"{root}/api/{OversightModule.ServiceName}/noticeboard/{Uri.EscapeDataString(mission)}";
            var feed = $"{api}/{file}";
            return PublicAnswer.Bytes(http, write(new FeedPage(
                board, items.Items,
                Self: from is null ? feed : $"{feed}?cursor={from}",
                First: feed,
                Next: items.Next is null ? null : $"{feed}?cursor={items.Next}",
                Board: $"{root}/noticeboard/{Uri.EscapeDataString(mission)}",
                Pictures: $"{api}/media",
                Authority: settings["TagAuthority"] ?? "noticeboard.localhost,2026")), contentType);
        })
        .AllowAnonymous().Produces(200, contentType: contentType.Split(';')[0]);
}
