using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Registry.Data;

namespace WorkflowPlatform.Registry.Issuer;

/// <summary>Everybody whom one can be without a password, in Development: <c>GET /issuer/cards</c>.</summary>
public static class ListCards
{
    public sealed record Response(string Person, string Name, IReadOnlyList<Role> Roles);

    public sealed record Role(string Office, [property: System.Text.Json.Serialization.JsonPropertyName("role")] string Name);

    public static void Map(RouteGroupBuilder issuer) => issuer.MapGet("cards", HandleAsync);

    private static async Task<Ok<List<Response>>> HandleAsync(RegistryDb db, LocalIssuer issuer, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.Now;
        var persons = await db.Persons.AsNoTracking().OrderBy(p => p.StaffNumber).ToListAsync(ct);
        var roles = (await db.AppointmentRecords.AsNoTracking().Where(a => a.From <= now && (a.To == null || a.To > now)).ToListAsync(ct)).ToLookup(a => a.Person);
        return TypedResults.Ok(persons.Where(p => p.Identities.Contains(issuer.CardOf(p.StaffNumber)))
            .Select(p => new Response(p.StaffNumber, p.Name, [.. roles[p.StaffNumber].OrderBy(a => a.Office).ThenBy(a => a.Role).Select(a => new Role(a.Office, a.Role))])).ToList());
    }
}
