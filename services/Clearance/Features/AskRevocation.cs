using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>An officer of the central unit wants an issued permit back: <c>POST /requests/{id}/revocations</c>. Asked for, not granted: only Publishing can do that.</summary>
public static class AskRevocation
{
    public sealed record Request(string ReasonCode, string Comment);

    public sealed record Response(Guid Id, int Version, ClearanceStatus Status, Guid RevocationId);

    public sealed class RequestValidator : AbstractValidator<Request>
    {
        public RequestValidator()
        {
            RuleFor(r => r.ReasonCode).Must(RevocationReasons.All.Contains).WithMessage($"Say why it is taken back: one of {string.Join(", ", RevocationReasons.All)}.");
            RuleFor(r => r.Comment).NotEmpty().WithMessage("Say what happened.").MaximumLength(4000);
        }
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("requests/{id:guid}/revocations", HandleAsync)
        .Validates(new RequestValidator())
        .Once<ClearanceDb>()
        .ForRole();

    private static async Task<Results<Accepted<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request request, HttpContext http, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        if (await db.Requests.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } current) return TypedResults.NotFound();
        if (Centre(held) is not { } by) return RevocationRules.NotThisOffice.ToProblem();
        if (IfMatch.Misses(http, current.Version) is { } stale) return stale;

        var now = clock.Now;
        var wanted = new Revocation(Guid.CreateVersion7(now), by, request.ReasonCode, request.Comment, now);
        if (!RevocationRules.Ask(current, wanted).Allows(out var accepted, out var refusal)) return refusal.ToProblem();

        await db.RecordAsync(current, accepted, ct);
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Accepted((string?)null, new Response(id, accepted.State.Version, accepted.State.Status, wanted.Id));
    }

    /// <summary>The right to take permits back; null without it.</summary>
    internal static Capacity? Centre(IEnumerable<HeldCapacity> held) =>
        held.FirstOrDefault(h => h is { Office: Offices.Central, Role: Roles.ClearingOfficer or Roles.HeadOfUnit })?.Capacity;
}
