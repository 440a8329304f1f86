using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Registry.Data;

namespace WorkflowPlatform.Registry.Features;

/// <summary>The official accounts, of one mission or of all, on one page: <c>GET /accounts?mission=</c>.</summary>
public static class ListAccounts
{
    public sealed record Response(string Id, int Version, string Mission, string Network, string Handle, bool Live, bool Flagship);

    public static void Map(RouteGroupBuilder accounts) => accounts.MapGet("", HandleAsync).ForRole();

    private static async Task<Ok<Page<Response>>> HandleAsync(string? mission, RegistryDb db, CancellationToken ct)
    {
        var items = await db.Accounts.AsNoTracking().Where(a => mission == null || a.Mission == mission).OrderBy(a => a.Id)
            .Select(a => new Response(a.Id, a.Version, a.Mission, a.Network, a.Handle, a.Live, a.Flagship)).ToListAsync(ct);
        return TypedResults.Ok(new Page<Response>(items, null));
    }
}
