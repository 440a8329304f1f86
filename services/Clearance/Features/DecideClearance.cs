using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Clearance.Features.Queueing;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>An officer decides: <c>POST /requests/{id}/decisions</c>.</summary>
public static class DecideClearance
{
    /// <param name="Office">For which office; needed only by who holds a right in several of the sheet's.</param>
    /// <param name="ActingFor">Staff number of the absent person; needed only by who stands in for somebody and has a right of their own too.</param>
    public sealed record Request(
        DecisionKind Decision, string PackageDigest, string? ReasonCode = null, string? Comment = null, string? Office = null, string? ActingFor = null);

    /// <param name="Next">The request that waits next for this officer; null when the queue is empty.</param>
    public sealed record Response(Guid Id, int Version, ClearanceStatus Status, DateTimeOffset UndoUntil, Guid? Next);

    public sealed class RequestValidator : AbstractValidator<Request>
    {
        public RequestValidator()
        {
            RuleFor(r => r.Decision).IsInEnum().NotEqual(DecisionKind.ClearedAsAmended).WithMessage(DecisionGuards.TextMissing.Detail);
            RuleFor(r => r.Decision).Must(OtherWays.IsAnOfficersWord).WithMessage("This is not said as a decision: it comes about by itself, or by a way of its own.");
            RuleFor(r => r.PackageDigest).Matches("^[0-9a-f]{64}$").WithMessage("Name the text you saw by its digest: 64 hexadecimal digits.");
            RuleFor(r => r.ReasonCode).Must(code => ReasonCodes.All.Contains(code!)).When(r => r.Decision is DecisionKind.Returned)
                .WithMessage($"Say why it goes back: one of {string.Join(", ", ReasonCodes.All)}.");
            RuleFor(r => r.Comment).NotEmpty().When(r => r.Decision is DecisionKind.Returned).WithMessage("Say what must change.");
            RuleFor(r => r.Comment).NotEmpty().When(r => DecisionGuards.NeedsWords(r.Decision) && r.Decision is not DecisionKind.Returned).WithMessage(DecisionGuards.SayWhy.Detail);
            RuleFor(r => r.Comment).MaximumLength(4000);
        }
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("requests/{id:guid}/decisions", HandleAsync)
        .Validates(new RequestValidator())
        .Once<ClearanceDb>()
        .ForRole();

    internal static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request request, HttpContext http, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, IConfiguration configuration, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        if (await db.Requests.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } current) return TypedResults.NotFound();
        if (Acting.Choose(held, current, request.Decision, request.Office, request.ActingFor) is not { } right) return DecisionGuards.NotThisRole.ToProblem();
        if (IfMatch.Misses(http, current.Version) is { } stale) return stale;

        var now = clock.Now;
        var undo = configuration.UndoPeriod(current.Lane);
        var decision = new OfficerDecision(
            Guid.CreateVersion7(now), right.Capacity, request.Decision, request.PackageDigest, request.ReasonCode, request.Comment, now, now + undo,
            Role: right.Role, ReferredTo: request.Decision is DecisionKind.Referred ? await db.AboveAsync(right.Office, ct) : null);
        if (!ClearanceRules.Decide(current, decision).Allows(out var accepted, out var refusal)) return refusal.ToProblem();

        await db.RecordAsync(current, accepted, ct);
        await db.SaveChangesAsync(ct);
        await ClaimRequest.LetGoAsync(db, id, actor.Person, ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Ok(new Response(id, accepted.State.Version, accepted.State.Status, decision.UndoUntil, await NextAsync(db, held, now, ct)));
    }

    private static async Task<Guid?> NextAsync(ClearanceDb db, IReadOnlyList<HeldCapacity> held, DateTimeOffset now, CancellationToken ct)
    {
        var waiting = await db.Requests.AsNoTracking().WaitingFor(db, Acting.ClearingOffices(held), Cursor.DefaultLimit).ToListAsync(ct);
        var mine = waiting.Where(r => ListQueue.WhyNot(r, held, now) is null).Select(r => r.Id).ToList();
        var at = await AtWork.OnAsync(db, mine, now, ct);
        // What another has open is left to them while there is something else.
        return mine.Cast<Guid?>().FirstOrDefault(id => at[id!.Value].First().Claim is not { } claim || held.Any(h => h.Person == claim.Person)) ?? mine.Cast<Guid?>().FirstOrDefault();
    }
}
