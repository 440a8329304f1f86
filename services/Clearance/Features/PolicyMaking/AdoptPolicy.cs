using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.PolicyMaking;

/// <summary>A second person brings a proposed policy into force: <c>POST /policies/{policy}/adoptions</c>.</summary>
/// <remarks>Rounds that begin afterwards are judged by it. Of two that are adopted at once, one finds the row of the policy in force changed, and nothing of it happens.</remarks>
public static class AdoptPolicy
{
    /// <param name="Replaces">Digest of the policy that the adopter saw in force.</param>
    /// <param name="ActingFor">Staff number of the absent person; needed only by who stands in for several.</param>
    public sealed record Request(string Replaces, string? ActingFor = null);

    public sealed record Response(string Digest, int Version, string Name, PolicyProposalStatus Status, DateTimeOffset Since);

    public sealed class RequestValidator : AbstractValidator<Request>
    {
        public RequestValidator() => RuleFor(r => r.Replaces).Matches("^[0-9a-f]{64}$").WithMessage("Name the policy that this one replaces by its digest: 64 hexadecimal digits.");
    }

    public static void Map(RouteGroupBuilder policies) => policies
        .MapPost("{policy}/adoptions", HandleAsync)
        .Validates(new RequestValidator())
        .ForRole()
        .Once<ClearanceDb>();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        [FromRoute(Name = "policy")] string digest, Request request, HttpContext http, Actor actor, Acting acting, ClearanceDb db, PolicyShelf shelf, TimeProvider clock, CancellationToken ct)
    {
        if (PolicyMakers.Speaking(await acting.AsAsync(actor, ct), request.ActingFor) is not { } by) return Authorization.NotYourRole.ToProblem();
        if (await db.PolicyProposals.SingleOrDefaultAsync(p => p.Digest == digest, ct) is not { } proposal) return TypedResults.NotFound();
        if (IfMatch.Misses(http, proposal.Version) is { } stale) return stale;

        var (row, inForce, now) = (await shelf.RowAsync(ct), await shelf.InForceAsync(ct), clock.Now);
        // Read again from what was written, so that a fault has its line.
        var faults = PolicyCheck.Check(PackReader.Read(await shelf.YamlAsync(digest, ct)).Pack!, await db.PolicyBookAsync(ct));
        var adoption = new PolicyProposals.Adoption(proposal, by, request.Replaces, inForce.Digest, faults, now);
        if (!PolicyProposals.Adopt(adoption).Allows(out var accepted, out var refusal)) return refusal.ToProblem();

        db.Record(proposal, accepted);
        db.Entry(row).CurrentValues.SetValues(row with { Version = row.Version + 1, Digest = digest, Since = now });
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Ok(new Response(digest, accepted.State.Version, accepted.State.Name, accepted.State.Status, now));
    }
}
