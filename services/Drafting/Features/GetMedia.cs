using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Drafting.Features;

/// <summary>A picture, for the people of a mission that has it and for the two services that work on packages: <c>GET /missions/{mission}/media/{digest}</c> and <c>GET /media/{digest}</c>.</summary>
public static class GetMedia
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("missions/{mission}/media/{digest}", OfMissionAsync).ForRole(Roles.DraftingOfficer);
        api.MapGet("media/{digest}", AnyAsync).ForServices("clearance", "publishing");
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> OfMissionAsync(string mission, string digest, HttpContext http, Actor actor, DraftingDb db, CancellationToken ct) =>
        actor.As(Roles.DraftingOfficer, mission) is not null && await db.MediaSupplies.AnyAsync(s => s.Mission == mission && s.Digest == digest, ct)
            ? await AnyAsync(digest, http, db, ct)
            : TypedResults.NotFound();

    private static async Task<Results<FileContentHttpResult, NotFound>> AnyAsync(string digest, HttpContext http, DraftingDb db, CancellationToken ct)
    {
        if (await db.Media.AsNoTracking().SingleOrDefaultAsync(m => m.Digest == digest, ct) is not { } media) return TypedResults.NotFound();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(media.Bytes, media.Type, entityTag: new EntityTagHeaderValue($"\"{digest}\""));
    }
}
