using System.Security.Cryptography;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>An officer changes the text so that it could be cleared, and leaves the clearing to another: <c>POST /requests/{id}/amendments</c>.</summary>
public static class AmendPackage
{
    private const int SaltBytes = 16;

    /// <param name="Text">The whole text as it is to be; null: as it is.</param>
    /// <param name="AltTexts">By the digest of the picture; pictures that are not named stay as they are.</param>
    /// <param name="Links">All links as they are to be; null: as they are.</param>
    /// <param name="Comment">Why, for the author to read.</param>
    public sealed record Request(
        string PackageDigest, string Comment, string? Text = null, IReadOnlyDictionary<string, string>? AltTexts = null, IReadOnlyList<string>? Links = null,
        string? Office = null, string? ActingFor = null);

    /// <param name="AmendedDigest">The package that the request bears from <paramref name="UndoUntil"/> on.</param>
    public sealed record Response(Guid Id, int Version, ClearanceStatus Status, string AmendedDigest, DateTimeOffset UndoUntil);

    public sealed class RequestValidator : AbstractValidator<Request>
    {
        public RequestValidator()
        {
            RuleFor(r => r.PackageDigest).Matches("^[0-9a-f]{64}$").WithMessage("Name the text you saw by its digest: 64 hexadecimal digits.");
            RuleFor(r => r.Comment).NotEmpty().WithMessage("Say why it is changed.").MaximumLength(4000);
        }
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("requests/{id:guid}/amendments", HandleAsync)
        .Validates(new RequestValidator())
        .Once<ClearanceDb>()
        .ForRole();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request request, HttpContext http, Actor actor, Acting acting, ClearanceDb db, PackageStore packages, Routing routing,
        TimeProvider clock, IConfiguration configuration, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        if (await db.Requests.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } current) return TypedResults.NotFound();
        if (Acting.Choose(held, current, DecisionKind.ClearedAsAmended, request.Office, request.ActingFor) is not { } right) return DecisionGuards.NotThisRole.ToProblem();
        if (IfMatch.Misses(http, current.Version) is { } stale) return stale;

        var now = clock.Now;
        var undo = configuration.UndoPeriod(current.Lane);
        var decision = new OfficerDecision(
            Guid.CreateVersion7(now), right.Capacity, DecisionKind.ClearedAsAmended, request.PackageDigest, null, request.Comment, now, now + undo, Role: right.Role);
        var amending = new AmendmentRules.Amending(
            current, decision, await packages.ReadAsync(current.PackageDigest, ct), new Changes(request.Text, request.AltTexts, request.Links));
        if (AmendmentRules.Draw(amending, RandomNumberGenerator.GetHexString(SaltBytes * 2, lowercase: true), out var no) is not { } drawn) return no!.ToProblem();

        var bytes = CanonicalJson.Serialize(drawn);
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var routed = await routing.RouteAsync(drawn, now, ct);
        if (!AmendmentRules.Amend(amending, drawn, digest, bytes.Length, routed.Route, routed.Findings).Allows(out var accepted, out var refusal)) return refusal.ToProblem();

        db.Packages.Add(new PackageCopy(digest, bytes)); // First: what the queue finds it by is read from it.
        await db.RecordAsync(current, accepted, ct);
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Ok(new Response(id, accepted.State.Version, accepted.State.Status, digest, decision.UndoUntil));
    }
}
