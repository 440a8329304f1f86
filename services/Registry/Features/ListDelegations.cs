using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Registry.Data;

namespace WorkflowPlatform.Registry.Features;

/// <summary>Who stands in for whom, now and later: <c>GET /delegations?office=</c>. What is over, or was struck out, is left out.</summary>
public static class ListDelegations
{
    public sealed record Response(
        Guid Id, int Version, string Absent, string Deputy, string Office, string Role, DateTimeOffset From, DateTimeOffset To, string Kind);

    public static void Map(RouteGroupBuilder delegations) => delegations.MapGet("", HandleAsync).ForRole(Roles.Registrar, Roles.ClearingOfficer);

    private static async Task<Ok<Page<Response>>> HandleAsync(string? office, RegistryDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.Now;
        var items = await db.Delegations.AsNoTracking().Where(d => d.To > now && d.To > d.From && (office == null || d.Office == office))
            .OrderBy(d => d.From).ThenBy(d => d.Id)
            .Select(d => new Response(d.Id, d.Version, d.Absent, d.Deputy, d.Office, d.Role, d.From, d.To, d.Kind)).ToListAsync(ct);
        return TypedResults.Ok(new Page<Response>(items, null));
    }
}
