using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using WorkflowPlatform.Oversight.Data;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>A picture of a mission's notices, for everybody and for good, since its address names its bytes: <c>GET noticeboard/{mission}/media/{digest}</c>.</summary>
public static class ReadNoticeMedia
{
    public static void Map(RouteGroupBuilder boards) => boards.MapGet("{mission}/media/{digest}", HandleAsync).AllowAnonymous();

    private static async Task<Results<FileContentHttpResult, NotFound>> HandleAsync(string mission, string digest, HttpContext http, OversightDb db, CancellationToken ct)
    {
        if (await db.NoticeMedia.AsNoTracking().SingleOrDefaultAsync(m => m.Mission == mission && m.Digest == digest, ct) is not { } picture) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(picture.Bytes, picture.Type, entityTag: new EntityTagHeaderValue($"\"{digest}\""));
    }
}
