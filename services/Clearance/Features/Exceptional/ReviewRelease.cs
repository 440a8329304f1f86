using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.Exceptional;

/// <summary>Somebody else reviews what a duty officer released: <c>POST /requests/{id}/reviews</c>.</summary>
public static class ReviewRelease
{
    public sealed record Request(ReviewVerdict Verdict, string? Comment = null);

    public sealed record Response(Guid Id, int Version, ReviewVerdict Verdict);

    public sealed class RequestValidator : AbstractValidator<Request>
    {
        public RequestValidator()
        {
            RuleFor(r => r.Verdict).IsInEnum();
            RuleFor(r => r.Comment).NotEmpty().When(r => r.Verdict is ReviewVerdict.NotUpheld).WithMessage(DecisionGuards.SayWhy.Detail);
            RuleFor(r => r.Comment).MaximumLength(4000);
        }
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("requests/{id:guid}/reviews", HandleAsync)
        .Validates(new RequestValidator())
        .Once<ClearanceDb>()
        .ForRole();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request request, HttpContext http, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        if (await db.Requests.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } current) return TypedResults.NotFound();
        var rights = held.Where(h => h.Role is Roles.ClearingOfficer or Roles.HeadOfUnit).OrderByDescending(h => current.Route.Required.Any(r => r.Office == h.Office)).ThenBy(h => h.ActingFor is not null);
        if (rights.FirstOrDefault() is not { } right) return DecisionGuards.NotThisRole.ToProblem();
        if (IfMatch.Misses(http, current.Version) is { } stale) return stale;
        if (!ReviewRules.Review(current, new ReviewGiven(right.Capacity, right.Role, request.Verdict, request.Comment, clock.Now)).Allows(out var accepted, out var refusal)) return refusal.ToProblem();

        await db.RecordAsync(current, accepted, ct);
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Ok(new Response(id, accepted.State.Version, request.Verdict));
    }
}
