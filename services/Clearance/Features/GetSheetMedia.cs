using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>A picture of a request, as it would go out, for those who may see its sheet: <c>GET /requests/{id}/media/{digest}</c>.</summary>
public static class GetSheetMedia
{
    public static void Map(RouteGroupBuilder api) => api
        .MapGet("requests/{id:guid}/media/{digest}", HandleAsync)
        .ForRole();

    private static async Task<Results<FileContentHttpResult, NotFound>> HandleAsync(
        Guid id, string digest, HttpContext http, Actor actor, Acting acting, ClearanceDb db, PackageStore packages, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        if (await db.Requests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } request || !acting.MaySee(held, request)) return TypedResults.NotFound();
        if (await packages.PictureAsync(request.PackageDigest, digest, ct) is not { } picture) return TypedResults.NotFound();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(picture.Bytes, picture.Type, entityTag: new EntityTagHeaderValue($"\"{digest}\""));
    }
}
