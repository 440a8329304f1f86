using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Registry.Data;

namespace WorkflowPlatform.Registry.Features;

/// <summary>A colleague's name, for whoever holds an appointment: <c>GET /people/{person}</c>.</summary>
public static class GetPerson
{
    public sealed record Response(string Person, string Name);

    public static void Map(RouteGroupBuilder people) => people.MapGet("{person}", HandleAsync).ForRole();

    private static async Task<Results<Ok<Response>, NotFound>> HandleAsync(string person, RegistryDb db, CancellationToken ct) =>
        await db.Persons.AsNoTracking().Where(p => p.StaffNumber == person).Select(p => new Response(p.StaffNumber, p.Name)).SingleOrDefaultAsync(ct) is { } found
            ? TypedResults.Ok(found)
            : TypedResults.NotFound();
}
