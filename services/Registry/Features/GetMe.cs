using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Registry.Data;

namespace WorkflowPlatform.Registry.Features;

/// <summary>Who is signed in, and the appointments they hold now: <c>GET /me</c>.</summary>
public static class GetMe
{
    public sealed record Response(string Person, string Name, IReadOnlyList<Held> Appointments);

    public sealed record Held(string Office, string Role, DateTimeOffset From, DateTimeOffset? To);

    /// <remarks>No role is asked for: whose last appointment has ended is still greeted by name, and sees that there is none.</remarks>
    public static void Map(RouteGroupBuilder me) => me.MapGet("", HandleAsync).RequireAuthorization();

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(Actor? actor, RegistryDb db, TimeProvider clock, CancellationToken ct)
    {
        if (actor is not { Service: null, Person: var person }) return Authorization.NoAppointment.ToProblem();
        var now = clock.Now;
        var name = await db.Persons.AsNoTracking().Where(p => p.StaffNumber == person).Select(p => p.Name).SingleOrDefaultAsync(ct);
        // From the table by which rights are judged, so that it tells what counts.
        var held = await db.Appointments.AsNoTracking().Where(a => a.Person == person && a.From <= now && (a.To == null || a.To > now))
            .OrderBy(a => a.Office).ThenBy(a => a.Role).Select(a => new Held(a.Office, a.Role, a.From, a.To)).ToListAsync(ct);
        return TypedResults.Ok(new Response(person, name ?? person, held));
    }
}
