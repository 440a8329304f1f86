using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Drafting.Features;

/// <summary>An officer of the mission wants a submitted package back: <c>POST /drafts/{id}/withdrawals</c>. Asked for, not granted: only its holder can do that.</summary>
public static class AskWithdrawal
{
    public sealed record Request;

    public sealed record Response(Guid Id, int Version, Standing Standing);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("drafts/{id:guid}/withdrawals", HandleAsync)
        .Once<DraftingDb>()
        .ForRole(Roles.DraftingOfficer);

    private static async Task<Results<Accepted<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request request, HttpContext http, Actor actor, DraftingDb db, TimeProvider clock, CancellationToken ct)
    {
        var found = await (
            from draft in db.Drafts where draft.Id == id
            join standing in db.Standings on draft.PackageDigest equals standing.PackageDigest into standings
            from package in standings.DefaultIfEmpty()
            select new { draft, package }).SingleOrDefaultAsync(ct);
        if (found is null) return TypedResults.NotFound();
        if (actor.As(Roles.DraftingOfficer, found.draft.Mission) is not { } by) return Authorization.NotYourRole.ToProblem();
        if (IfMatch.Misses(http, found.draft.Version) is { } stale) return stale;
        if (!DraftRules.AskBack(found.draft, found.package, by, clock.Now).Allows(out var accepted, out var refusal)) return refusal.ToProblem();

        db.Record(found.draft, accepted);
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Accepted((string?)null, new Response(id, accepted.State.Version, Standing.WithdrawalAsked));
    }
}
