using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Registry.Data;

namespace WorkflowPlatform.Registry.Features;

/// <summary>The names of several colleagues, for whoever holds an appointment: <c>GET /people?ids=A,B</c>. Who is not known is left out.</summary>
public static class ListPeople
{
    public sealed record Response(string Person, string Name);

    public static void Map(RouteGroupBuilder people) => people.MapGet("", HandleAsync).ForRole();

    private static async Task<Results<Ok<Page<Response>>, ProblemHttpResult>> HandleAsync(string? ids, RegistryDb db, CancellationToken ct)
    {
        var asked = (ids ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToList();
        if (asked.Count is 0 or > Cursor.MostLimit) return WhichOnes.ToProblem();
        var items = await db.Persons.AsNoTracking().Where(p => asked.Contains(p.StaffNumber)).OrderBy(p => p.StaffNumber)
            .Select(p => new Response(p.StaffNumber, p.Name)).ToListAsync(ct);
        return TypedResults.Ok(new Page<Response>(items, null));
    }

    /// <remarks>The whole staff list in one answer is nobody's need.</remarks>
    public static readonly Refusal WhichOnes = new("people.which", $"Say whose names you want: ?ids= with one to {Cursor.MostLimit} staff numbers, parted by commas.", 400);
}
