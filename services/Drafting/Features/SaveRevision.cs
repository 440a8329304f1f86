using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Drafting.Intake;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Drafting.Features;

/// <summary>An officer of the mission saves a draft: <c>POST /drafts/{id}/revisions</c>. A save that changes nothing answers the version that stands.</summary>
public static class SaveRevision
{
    public sealed record Request(
        string Account, string Text, string Language, Lane Lane = Lane.Routine, ReleaseTime? Release = null, DateTimeOffset? NotAfter = null,
        WrittenBrief? Brief = null, IReadOnlyList<WrittenMedia>? Media = null, IReadOnlyList<string>? Links = null,
        IReadOnlyList<string>? Cites = null) : IWritten;

    public sealed record Response(Guid Id, int Version, int Revision);

    public sealed class RequestValidator : WrittenValidator<Request>;

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("drafts/{id:guid}/revisions", HandleAsync)
        .Validates(new RequestValidator())
        .Once<DraftingDb>()
        .ForRole(Roles.DraftingOfficer);

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request request, HttpContext http, Actor actor, DraftingDb db, TimeProvider clock, CancellationToken ct)
    {
        var found = await (
            from draft in db.Drafts where draft.Id == id
            join revision in db.Revisions on new { draft.Id, Number = draft.Revision } equals new { Id = revision.DraftId, revision.Number }
            from account in db.Accounts.Where(a => a.Id == request.Account).DefaultIfEmpty()
            select new { draft, revision, account }).SingleOrDefaultAsync(ct);
        if (found is null) return TypedResults.NotFound();
        if (actor.As(Roles.DraftingOfficer, found.draft.Mission) is not { } by) return Authorization.NotYourRole.ToProblem();
        if (IfMatch.Misses(http, found.draft.Version) is { } stale) return stale;
        var supplied = await request.SuppliedAsync(found.draft.Mission, db, ct);
        if (!request.TryRead(supplied, out var content, out var unclear)) return unclear!;

        var (now, salt, kept) = (clock.Now, Seal.Salt(), found.draft);
        var digest = Seal.TextDigest(salt, content.Text);
        var saving = new Saving(kept.Id, kept.Mission, content, found.revision.Content, found.account, digest, by, now) { Suppliers = [.. supplied.Select(s => s.Person)] };
        if (DraftRules.Save(kept, saving).Allows(out var accepted, out var refusal))
        {
            db.Record(kept, accepted);
            kept = accepted.State;
            db.Revisions.Add(Revision.Of(kept, content, by, salt, digest));
            await db.SaveChangesAsync(ct);
        }
        else if (refusal != DraftRules.Unchanged) return refusal.ToProblem();

        IfMatch.Tell(http, kept.Version);
        return TypedResults.Ok(new Response(kept.Id, kept.Version, kept.Revision));
    }
}
