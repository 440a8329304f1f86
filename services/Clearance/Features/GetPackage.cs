using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>A package's bytes, exactly as they were hashed, for the services that take up what was changed in clearance: <c>GET /packages/{sha256}</c>.</summary>
public static class GetPackage
{
    public static void Map(RouteGroupBuilder api) => api
        .MapGet("packages/{sha256}", HandleAsync)
        .ForServices("drafting", "publishing");

    private static async Task<Results<FileContentHttpResult, NotFound>> HandleAsync(string sha256, ClearanceDb db, CancellationToken ct) =>
        await db.Packages.AsNoTracking().Where(p => p.Digest == sha256).Select(p => p.Bytes).SingleOrDefaultAsync(ct) is { } bytes
            ? TypedResults.Bytes(bytes, "application/json", entityTag: new EntityTagHeaderValue($"\"{sha256}\""))
            : TypedResults.NotFound();
}
