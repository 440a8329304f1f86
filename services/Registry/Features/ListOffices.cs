using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Registry.Data;

namespace WorkflowPlatform.Registry.Features;

/// <summary>All offices by code, on one page: <c>GET /offices</c>.</summary>
public static class ListOffices
{
    public sealed record Response(
        string Code, int Version, string Name, string Kind, string? Parent, string Zone, string Hours, IReadOnlyList<string> RestDays,
        IReadOnlyList<string> Holidays, IReadOnlyList<string> Covers);

    public static void Map(RouteGroupBuilder offices) => offices.MapGet("", HandleAsync).ForRole();

    private static async Task<Ok<Page<Response>>> HandleAsync(RegistryDb db, CancellationToken ct)
    {
        var items = await db.Offices.AsNoTracking().OrderBy(o => o.Code)
            .Select(o => new Response(o.Code, o.Version, o.Name, o.Kind, o.Parent, o.Zone, o.Hours, o.RestDays, o.Holidays, o.Covers)).ToListAsync(ct);
        return TypedResults.Ok(new Page<Response>(items, null));
    }
}
