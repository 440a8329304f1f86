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

/// <summary>A duty officer releases a text before it is cleared: <c>POST /requests/{id}/immediate-releases</c>. Somebody else reviews it afterwards.</summary>
public static class ReleaseImmediately
{
    public sealed record Request(string PackageDigest, string Reason);

    /// <param name="ReviewBy">Until when somebody else has to review it.</param>
    public sealed record Response(Guid Id, int Version, ClearanceStatus Status, DateTimeOffset UndoUntil, DateTimeOffset ReviewBy);

    public sealed class RequestValidator : AbstractValidator<Request>
    {
        public RequestValidator()
        {
            RuleFor(r => r.PackageDigest).Matches("^[0-9a-f]{64}$").WithMessage("Name the text you saw by its digest: 64 hexadecimal digits.");
            RuleFor(r => r.Reason).NotEmpty().WithMessage("Say why it cannot wait.").MaximumLength(4000);
        }
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("requests/{id:guid}/immediate-releases", HandleAsync)
        .Validates(new RequestValidator())
        .Once<ClearanceDb>()
        .ForRole();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request request, HttpContext http, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, IConfiguration configuration, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        var now = clock.Now;
        var (right, duty) = Acting.OnDuty(held, await db.OnDutyAsync(now, ct));
        if (await db.Requests.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } current) return TypedResults.NotFound();
        if (right is null) return ImmediateRules.NotOnDuty.ToProblem();
        if (IfMatch.Misses(http, current.Version) is { } stale) return stale;

        var undo = configuration.UndoPeriod(current.Lane);
        var decision = new OfficerDecision(
            Guid.CreateVersion7(now), right.Capacity, DecisionKind.ReleasedImmediately, request.PackageDigest, null, request.Reason, now, now + undo, Role: right.Role)
        {
            DutyId = duty, ReviewBy = await ReviewByAsync(db, current, now, configuration.GetValue("Clearance:ReviewWithinMinutes", 24 * 60), ct),
        };
        if (!ClearanceRules.Decide(current, decision).Allows(out var accepted, out var refusal)) return refusal.ToProblem();

        await db.RecordAsync(current, accepted, ct);
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Ok(new Response(id, accepted.State.Version, accepted.State.Status, decision.UndoUntil, decision.ReviewBy.Value));
    }

    /// <summary>In the working time of the office that the policy asks first.</summary>
    private static async Task<DateTimeOffset> ReviewByAsync(ClearanceDb db, ClearanceRequest request, DateTimeOffset now, int minutes, CancellationToken ct)
    {
        var first = request.Route.Required[0].Office;
        return (await db.AfterAsync(ct))(first, now, minutes);
    }
}
