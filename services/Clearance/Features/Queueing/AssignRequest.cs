using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.Queueing;

/// <summary>An office gives a request to one of its people: <c>POST /requests/{id}/assignments</c>.</summary>
/// <remarks>As with a claim, it blocks nobody and is no part of the request's history.</remarks>
public static class AssignRequest
{
    /// <param name="Person">Staff number; null to give it to nobody.</param>
    /// <param name="Office">Needed only by who speaks for several of the sheet's.</param>
    public sealed record Request(string? Person, string? Office = null);

    public sealed record Response(string Office, string? Person);

    public sealed class RequestValidator : AbstractValidator<Request>
    {
        public RequestValidator() => RuleFor(r => r.Person).Length(1, 100).When(r => r.Person is not null).WithMessage("Name the person by staff number.");
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("requests/{id:guid}/assignments", HandleAsync)
        .Validates(new RequestValidator())
        .Once<ClearanceDb>()
        .ForRole();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request request, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        if (await db.Requests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } current) return TypedResults.NotFound();
        if (!held.Any(h => h.Role is Roles.ClearingOfficer or Roles.HeadOfUnit)) return DecisionGuards.NotThisRole.ToProblem();
        if (current.Status is not ClearanceStatus.InClearance) return ClearanceRules.NotInClearance(current.Status).ToProblem();
        if (OfficeOf(held, current, request.Office) is not { } office) return DecisionGuards.NotThisOffice.ToProblem();
        if (request.Person is { } person)
        {
            if (current.Contributors.Contains(person)) return Contributor.ToProblem();
            if (!(await ColleaguesAsync(db, office, current, clock.Now, ct)).Contains(person)) return NotOfTheOffice.ToProblem();
        }

        await db.Seats.Where(s => s.RequestId == id && s.Office == office)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Assigned, request.Person).SetProperty(s => s.AssignedBy, actor.Person), ct);
        return TypedResults.Ok(new Response(office, request.Person));
    }

    /// <summary>The office on the sheet for which somebody may give it away, one in its turn first; null when there is none.</summary>
    internal static string? OfficeOf(IReadOnlyList<HeldCapacity> held, ClearanceRequest request, string? asked = null)
    {
        var sheet = ClearanceSheet.Of(request);
        return held.Where(h => h.Role is Roles.ClearingOfficer or Roles.HeadOfUnit && sheet.LineOf(h.Office) is not null && (asked ?? h.Office) == h.Office)
            .OrderByDescending(h => sheet.IsAsked(h.Office)).FirstOrDefault()?.Office;
    }

    /// <summary>Those who can clear for the office now and had no hand in the text.</summary>
    internal static async Task<IReadOnlyList<string>> ColleaguesAsync(ClearanceDb db, string office, ClearanceRequest request, DateTimeOffset now, CancellationToken ct) =>
        [.. (await db.CapacitiesInAsync(office, now, ct)).Where(h => h.Role == Roles.ClearingOfficer).Select(h => h.Person).Distinct().Where(p => !request.Contributors.Contains(p)).Order(StringComparer.Ordinal)];

    public static readonly Refusal NotOfTheOffice = new("assignment.office", "That person cannot clear for your office now. Choose another.");
    public static readonly Refusal Contributor = new("assignment.contributor", "That person had a hand in the text and may not clear it. Choose another.");
}
