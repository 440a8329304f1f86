using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features.Waiting;

/// <summary>A program of an office acknowledges, for the person signed in with it, that a text has arrived: <c>POST /requests/{id}/notices</c>. It decides nothing.</summary>
public static class AcknowledgeNotice
{
    public sealed record Request;

    /// <param name="Offices">The offices whose turn it is and for which the asker has taken notice.</param>
    public sealed record Response(Guid Id, IReadOnlyList<string> Offices);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("requests/{id:guid}/notices", HandleAsync)
        .Once<ClearanceDb>()
        .ForRole();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request _, Actor actor, Acting acting, Noticing noticing, ClearanceDb db, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        if (await db.Requests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } current || !acting.MaySee(held, current)) return TypedResults.NotFound();
        var offices = await noticing.KeepAsync(current, held, ct);
        return offices.Count == 0 ? ClockRules.NotWaitedFor.ToProblem() : TypedResults.Ok(new Response(id, offices));
    }
}
