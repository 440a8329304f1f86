using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.Exceptional;

/// <summary>An officer writes down a clearance that another gave by telephone or on paper: <c>POST /requests/{id}/recorded-clearances</c>. It waits for their countersignature.</summary>
public static class RecordClearance
{
    /// <param name="GivenBy">Staff number of whoever gave it.</param>
    /// <param name="Means"><c>telephone</c> or <c>paper</c>.</param>
    public sealed record Request(string PackageDigest, string GivenBy, string Office, string Means, string? Comment = null);

    public sealed record Response(Guid Id, int Version, Guid RecordingId);

    public sealed class RequestValidator : AbstractValidator<Request>
    {
        public RequestValidator()
        {
            RuleFor(r => r.PackageDigest).Matches("^[0-9a-f]{64}$").WithMessage("Name the text you read out by its digest: 64 hexadecimal digits.");
            RuleFor(r => r.GivenBy).NotEmpty().WithMessage("Name who gave it.").MaximumLength(32);
            RuleFor(r => r.Office).NotEmpty().WithMessage("Name the office it was given for.").MaximumLength(64);
            RuleFor(r => r.Means).Must(RecordingRules.Means.Contains).WithMessage(RecordingRules.UnknownMeans.Detail);
            RuleFor(r => r.Comment).MaximumLength(4000);
        }
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("requests/{id:guid}/recorded-clearances", HandleAsync)
        .Validates(new RequestValidator())
        .Once<ClearanceDb>()
        .ForRole();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request request, HttpContext http, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        if (await db.Requests.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } current) return TypedResults.NotFound();
        if (RightOf(held, request.Office) is not { } right) return DecisionGuards.NotThisRole.ToProblem();
        if (IfMatch.Misses(http, current.Version) is { } stale) return stale;

        var now = clock.Now;
        var recorded = new RecordedClearance(Guid.CreateVersion7(now), right.Capacity, right.Role, request.GivenBy, request.Office, request.Means, request.PackageDigest, request.Comment, now);
        if (!RecordingRules.Record(current, recorded).Allows(out var accepted, out var refusal)) return refusal.ToProblem();

        await db.RecordAsync(current, accepted, ct);
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Ok(new Response(id, accepted.State.Version, recorded.Id));
    }
    /// <summary>The right in which somebody writes down what an office said: of that office before any other.</summary>
    internal static HeldCapacity? RightOf(IEnumerable<HeldCapacity> held, string office) =>
        held.Where(h => Roles.OfAnOffice.Contains(h.Role)).OrderByDescending(h => h.Office == office).FirstOrDefault();
}
