using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.PolicyMaking;

/// <summary>The central unit takes a proposal off the table: <c>POST /policies/{policy}/withdrawals</c>.</summary>
public static class WithdrawPolicy
{
    /// <param name="ActingFor">Staff number of the absent person; needed only by who stands in for several.</param>
    public sealed record Request(string? ActingFor = null);

    public sealed record Response(string Digest, int Version, PolicyProposalStatus Status);

    public static void Map(RouteGroupBuilder policies) => policies
        .MapPost("{policy}/withdrawals", HandleAsync)
        .ForRole()
        .Once<ClearanceDb>();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        [FromRoute(Name = "policy")] string digest, Request request, HttpContext http, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, CancellationToken ct)
    {
        if (PolicyMakers.Speaking(await acting.AsAsync(actor, ct), request.ActingFor) is not { } by) return Authorization.NotYourRole.ToProblem();
        if (await db.PolicyProposals.SingleOrDefaultAsync(p => p.Digest == digest, ct) is not { } proposal) return TypedResults.NotFound();
        if (IfMatch.Misses(http, proposal.Version) is { } stale) return stale;
        if (!PolicyProposals.Withdraw(proposal, by, clock.Now).Allows(out var accepted, out var refusal)) return refusal.ToProblem();

        db.Record(proposal, accepted);
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Ok(new Response(digest, accepted.State.Version, accepted.State.Status));
    }
}
