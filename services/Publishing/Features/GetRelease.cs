using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Publishing.Data;

namespace WorkflowPlatform.Publishing.Features;

/// <summary>One release: <c>GET /releases/{id}</c>.</summary>
public static class GetRelease
{
    public static void Map(RouteGroupBuilder api) => api
        .MapGet("releases/{id:guid}", HandleAsync)
        .ForRole(Roles.DraftingOfficer, Roles.ClearingOfficer, Roles.Auditor);

    private static async Task<Results<Ok<ReleaseView>, NotFound>> HandleAsync(Guid id, HttpContext http, PublishingDb db, CancellationToken ct)
    {
        if (await db.Releases.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } release) return TypedResults.NotFound();
        IfMatch.Tell(http, release.Version);
        return TypedResults.Ok(ReleaseView.Of(release));
    }
}
