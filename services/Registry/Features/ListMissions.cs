using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Registry.Data;

namespace WorkflowPlatform.Registry.Features;

/// <summary>All missions by code, on one page: <c>GET /missions</c>.</summary>
public static class ListMissions
{
    public sealed record Response(
        string Code, int Version, string Name, string Kind, string City, string Country, string Region, string TimeZone, IReadOnlyList<string> Languages);

    public static void Map(RouteGroupBuilder missions) => missions.MapGet("", HandleAsync).ForRole();

    private static async Task<Ok<Page<Response>>> HandleAsync(RegistryDb db, CancellationToken ct)
    {
        var items = await db.Missions.AsNoTracking().OrderBy(m => m.Code)
            .Select(m => new Response(m.Code, m.Version, m.Name, m.Kind, m.City, m.Country, m.Region, m.TimeZone, m.Languages)).ToListAsync(ct);
        return TypedResults.Ok(new Page<Response>(items, null));
    }
}
