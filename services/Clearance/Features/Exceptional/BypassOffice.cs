using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.Exceptional;

/// <summary>Somebody whom the policy lets passes over an office that is missing: <c>POST /requests/{id}/bypasses</c>.</summary>
public static class BypassOffice
{
    /// <param name="Office">The office that is late or cut off.</param>
    public sealed record Request(string PackageDigest, string Office, string Reason);

    public sealed record Response(Guid Id, int Version, ClearanceStatus Status, DateTimeOffset UndoUntil);

    public sealed class RequestValidator : AbstractValidator<Request>
    {
        public RequestValidator()
        {
            RuleFor(r => r.PackageDigest).Matches("^[0-9a-f]{64}$").WithMessage("Name the text you saw by its digest: 64 hexadecimal digits.");
            RuleFor(r => r.Office).NotEmpty().WithMessage("Name the office that is passed over.").MaximumLength(64);
            RuleFor(r => r.Reason).NotEmpty().WithMessage("Say why it is passed over.").MaximumLength(4000);
        }
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("requests/{id:guid}/bypasses", HandleAsync)
        .Validates(new RequestValidator())
        .Once<ClearanceDb>()
        .ForRole();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request request, HttpContext http, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, IConfiguration configuration, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        if (await db.Requests.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } current) return TypedResults.NotFound();
        if (RightOf(held, current) is not { } right) return BypassRules.NotAllowed.ToProblem();
        if (IfMatch.Misses(http, current.Version) is { } stale) return stale;

        var now = clock.Now;
        var cutOff = await db.Reaches.AsNoTracking().Where(r => r.Office == request.Office).Select(r => r.Cause).SingleOrDefaultAsync(ct);
        var undo = configuration.UndoPeriod(current.Lane);
        var decision = new OfficerDecision(
            Guid.CreateVersion7(now), right.Capacity, DecisionKind.Bypassed, request.PackageDigest, null, request.Reason, now, now + undo, Role: right.Role)
        {
            PassedOver = request.Office, Clock = ClockRules.ClockOf(current, request.Office), CutOff = cutOff is not null, CutOffCause = cutOff,
        };
        if (!ClearanceRules.Decide(current, decision).Allows(out var accepted, out var refusal)) return refusal.ToProblem();

        await db.RecordAsync(current, accepted, ct);
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Ok(new Response(id, accepted.State.Version, accepted.State.Status, decision.UndoUntil));
    }

    /// <summary>The right in which somebody would pass over an office: one that the policy names before any other.</summary>
    internal static HeldCapacity? RightOf(IEnumerable<HeldCapacity> held, ClearanceRequest request) => held
        .Where(h => Roles.OfAnOffice.Contains(h.Role))
        .OrderByDescending(h => request.Route.Bypass.Contains(h.Role)).ThenByDescending(h => h.Office == Offices.Central).ThenBy(h => h.ActingFor is not null)
        .FirstOrDefault();
}
