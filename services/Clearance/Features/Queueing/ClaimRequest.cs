using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.Queueing;

/// <summary>An officer says that they have it open, and that they are done: <c>POST /requests/{id}/claims</c> and <c>/claim-releases</c>.</summary>
/// <remarks>A courtesy among officers. It blocks nobody and is no part of the request's history, so it makes nobody's screen stale.</remarks>
public static class ClaimRequest
{
    /// <param name="TakeOver">True to have it although somebody else has it open.</param>
    public sealed record Request(bool TakeOver = false);

    public sealed record Response(string Person, DateTimeOffset Until);

    public sealed record Release;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("requests/{id:guid}/claims", ClaimAsync).Once<ClearanceDb>().ForRole();
        api.MapPost("requests/{id:guid}/claim-releases", ReleaseAsync).Once<ClearanceDb>().ForRole();
    }

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> ClaimAsync(
        Guid id, Request request, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, IConfiguration configuration, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        if (await db.Requests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } current) return TypedResults.NotFound();
        if (Acting.Choose(held, current, DecisionKind.Cleared) is not { } right) return DecisionGuards.NotThisRole.ToProblem();
        if (ClearanceSheet.Of(current).LineOf(right.Office) is null) return DecisionGuards.NotThisOffice.ToProblem();
        if (current.Status is not ClearanceStatus.InClearance) return ClearanceRules.NotInClearance(current.Status).ToProblem();

        var now = clock.Now;
        var until = now.AddMinutes(configuration.GetValue("Clearance:ClaimMinutes", 10));
        // One statement looks and takes: of two who press at once, one is told of the other.
        var taken = await db.Waiting
            .Where(w => w.RequestId == id && (request.TakeOver || w.ClaimedBy == null || w.ClaimedBy == actor.Person || w.ClaimedUntil <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.ClaimedBy, actor.Person).SetProperty(w => w.ClaimedUntil, until), ct);
        if (taken == 1) return TypedResults.Ok(new Response(actor.Person, until));
        var other = await db.Waiting.AsNoTracking().SingleAsync(w => w.RequestId == id, ct);
        return Taken.ToProblem(("person", other.ClaimedBy), ("until", other.ClaimedUntil));
    }

    private static async Task<Results<Ok<Release>, NotFound, ProblemHttpResult>> ReleaseAsync(Guid id, Release release, Actor actor, Acting acting, ClearanceDb db, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        if (!await db.Requests.AnyAsync(r => r.Id == id, ct)) return TypedResults.NotFound();
        if (Acting.ClearingOffices(held).Count == 0) return DecisionGuards.NotThisRole.ToProblem();
        await LetGoAsync(db, id, actor.Person, ct);
        return TypedResults.Ok(release);
    }

    /// <summary>They are done with it.</summary>
    internal static Task LetGoAsync(ClearanceDb db, Guid id, string person, CancellationToken ct) => db.Waiting
        .Where(w => w.RequestId == id && w.ClaimedBy == person)
        .ExecuteUpdateAsync(set => set.SetProperty(w => w.ClaimedBy, (string?)null).SetProperty(w => w.ClaimedUntil, (DateTimeOffset?)null), ct);

    public static readonly Refusal Taken = new("claim.taken", "Somebody else has it open. Take it over, or leave it to them.");
}
