using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Features;

/// <summary>The roster from now on, with its gaps and overlaps: <c>GET /duties</c>. What is over, or was struck out, is left out.</summary>
public static class ListDuties
{
    public sealed record Item(Guid Id, int Version, string Office, string Person, DateTimeOffset From, DateTimeOffset To);

    /// <param name="Remarks">Times in which nobody has the duty, and those in which more than one has, up to the last duty on the roster.</param>
    public sealed record Response(IReadOnlyList<Item> Items, IReadOnlyList<RosterRemark> Remarks);

    public static void Map(RouteGroupBuilder duties) => duties.MapGet("", HandleAsync).ForRole(Roles.Registrar, Roles.ClearingOfficer);

    private static async Task<Ok<Response>> HandleAsync(RegistryDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.Now;
        var duties = await db.Duties.AsNoTracking().Where(d => d.To > now && d.To > d.From).OrderBy(d => d.From).ThenBy(d => d.Id).ToListAsync(ct);
        return TypedResults.Ok(new Response(
            [.. duties.Select(d => new Item(d.Id, d.Version, d.Office, d.Person, d.From, d.To))], DutyRoster.Examine(duties, now)));
    }
}
