using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.Exceptional;

/// <summary>Whoever gave a clearance by telephone or on paper signs it, and from then on it counts as their decision: <c>POST /requests/{id}/countersignatures</c>.</summary>
public static class CountersignClearance
{
    public sealed record Request(Guid RecordingId, string PackageDigest);

    public sealed record Response(Guid Id, int Version, ClearanceStatus Status, DateTimeOffset UndoUntil);

    public sealed class RequestValidator : AbstractValidator<Request>
    {
        public RequestValidator() =>
            RuleFor(r => r.PackageDigest).Matches("^[0-9a-f]{64}$").WithMessage("Name the text you saw by its digest: 64 hexadecimal digits.");
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("requests/{id:guid}/countersignatures", HandleAsync)
        .Validates(new RequestValidator())
        .Once<ClearanceDb>()
        .ForRole();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request request, HttpContext http, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, IConfiguration configuration, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        if (await db.Requests.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } current) return TypedResults.NotFound();
        var recorded = current.Recorded.FirstOrDefault(r => r.Id == request.RecordingId);
        if (Acting.Choose(held, current, DecisionKind.Cleared, recorded?.Office) is not { } right) return DecisionGuards.NotThisRole.ToProblem();
        if (IfMatch.Misses(http, current.Version) is { } stale) return stale;

        var now = clock.Now;
        var undo = configuration.UndoPeriod(current.Lane);
        var kind = string.IsNullOrWhiteSpace(recorded?.Comment) ? DecisionKind.Cleared : DecisionKind.ClearedWithComment;
        var decision = new OfficerDecision(
            Guid.CreateVersion7(now), right.Capacity, kind, request.PackageDigest, null, recorded?.Comment, now, now + undo, Role: right.Role) { RecordedAs = request.RecordingId };
        if (!RecordingRules.Countersign(current, decision).Allows(out var accepted, out var refusal)) return refusal.ToProblem();

        await db.RecordAsync(current, accepted, ct);
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Ok(new Response(id, accepted.State.Version, accepted.State.Status, decision.UndoUntil));
    }
}
