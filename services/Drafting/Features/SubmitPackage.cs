using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Drafting.Intake;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Drafting.Features;

/// <summary>An officer of the mission submits the current revision for clearance: <c>POST /drafts/{id}/submissions</c>.</summary>
/// <remarks>The busiest command: one query finds all it needs, one batch keeps all it makes.</remarks>
public static class SubmitPackage
{
    public sealed record Request;

    public sealed record Response(Guid Id, int Version, string PackageDigest, Standing Standing);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("drafts/{id:guid}/submissions", HandleAsync)
        .Once<DraftingDb>()
        .ForRole(Roles.DraftingOfficer);

    private static readonly Translated<Func<DraftingDb, Guid, CancellationToken, Task<Found?>>> WithRevision = new(() => EF.CompileAsyncQuery((DraftingDb db, Guid id, CancellationToken ct) => (
        from draft in db.Drafts where draft.Id == id
        join revision in db.Revisions on new { draft.Id, Number = draft.Revision } equals new { Id = revision.DraftId, revision.Number }
        join known in db.Accounts on revision.Account equals known.Id into accounts
        from account in accounts.DefaultIfEmpty()
        select new Found(draft, revision, account)).SingleOrDefault()));

    private sealed record Found(Draft Draft, Revision Revision, KnownAccount? Account);

    private static async Task<Results<Created<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request request, HttpContext http, Actor actor, DraftingDb db, TimeProvider clock, CancellationToken ct)
    {
        var found = await WithRevision.For(db)(db, id, ct);
        if (found is null) return TypedResults.NotFound();
        if (actor.As(Roles.DraftingOfficer, found.Draft.Mission) is not { } by) return Authorization.NotYourRole.ToProblem();
        if (IfMatch.Misses(http, found.Draft.Version) is { } stale) return stale;
        // Read again by today's rules of time zones, which may have changed since it was saved.
        var saved = found.Revision;
        if (!ReleaseTimes.TryRead(saved.Local is null ? null : new ReleaseTime(saved.Local, saved.Zone!, saved.UtcOffset), out var meant, out var unclear)) return unclear!;

        var package = SubmissionRules.Package(found.Draft, saved, found.Account?.Network ?? "", meant?.Instant, ReleaseTimes.Tzdb, by, clock.Now, Seal.Salt());
        var bytes = CanonicalJson.Serialize(package);
        var digest = Seal.Digest(bytes);
        if (!DraftRules.Submit(new Submission(found.Draft, saved, found.Account, package, digest, bytes.Length)).Allows(out var accepted, out var refusal))
            return refusal.ToProblem();

        db.Record(found.Draft, accepted);
        db.Packages.Add(new Package(digest, id, package.Mission, bytes, package.SubmittedAt));
        db.Standings.Add(PackageStanding.Of(package, digest));
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Created((string?)null, new Response(id, accepted.State.Version, digest, Standing.InClearance));
    }
}
