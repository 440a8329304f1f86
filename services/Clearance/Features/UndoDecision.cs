using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>An officer takes their decision back within its period: <c>POST /requests/{id}/reversals</c>.</summary>
public static class UndoDecision
{
    public sealed record Request;

    public sealed record Response(Guid Id, int Version, ClearanceStatus Status);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("requests/{id:guid}/reversals", HandleAsync)
        .Once<ClearanceDb>()
        .ForRole();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request _, HttpContext http, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        if (await db.Requests.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } current) return TypedResults.NotFound();
        if (held.FirstOrDefault(h => Roles.OfAnOffice.Contains(h.Role)) is not { } right) return DecisionGuards.NotThisRole.ToProblem();
        if (IfMatch.Misses(http, current.Version) is { } stale) return stale;
        if (!ClearanceRules.Undo(current, right.Capacity, clock.Now).Allows(out var accepted, out var refusal)) return refusal.ToProblem();

        await db.RecordAsync(current, accepted, ct);
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Ok(new Response(id, accepted.State.Version, accepted.State.Status));
    }
}
