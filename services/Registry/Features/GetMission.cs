using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Registry.Data;

namespace WorkflowPlatform.Registry.Features;

/// <summary>One mission's entry: <c>GET /missions/{code}</c>.</summary>
public static class GetMission
{
    public sealed record Response(
        string Code, int Version, string Name, string Kind, string City, string Country, string Region, string TimeZone, IReadOnlyList<string> Languages);

    public static void Map(RouteGroupBuilder missions) => missions.MapGet("{code}", HandleAsync).ForRole();

    private static async Task<Results<Ok<Response>, NotFound>> HandleAsync(string code, HttpContext http, RegistryDb db, CancellationToken ct)
    {
        var mission = await db.Missions.AsNoTracking().Where(m => m.Code == code)
            .Select(m => new Response(m.Code, m.Version, m.Name, m.Kind, m.City, m.Country, m.Region, m.TimeZone, m.Languages)).SingleOrDefaultAsync(ct);
        if (mission is null) return TypedResults.NotFound();
        IfMatch.Tell(http, mission.Version);
        return TypedResults.Ok(mission);
    }
}
