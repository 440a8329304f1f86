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

/// <summary>An officer of a mission begins a draft: <c>POST /drafts</c>.</summary>
public static class CreateDraft
{
    public sealed record Request(
        string Mission, string Account, string Text, string Language, Lane Lane = Lane.Routine, ReleaseTime? Release = null, DateTimeOffset? NotAfter = null,
        WrittenBrief? Brief = null, IReadOnlyList<WrittenMedia>? Media = null, IReadOnlyList<string>? Links = null,
        IReadOnlyList<string>? Cites = null) : IWritten;

    public sealed record Response(Guid Id, int Version, int Revision, Standing Standing);

    public sealed class RequestValidator : WrittenValidator<Request>;

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("drafts", HandleAsync)
        .Validates(new RequestValidator())
        .Once<DraftingDb>()
        .ForRole(Roles.DraftingOfficer);

    private static async Task<Results<Created<Response>, ProblemHttpResult>> HandleAsync(
        Request request, HttpContext http, Actor actor, DraftingDb db, TimeProvider clock, CancellationToken ct)
    {
        var known = await (
            from mission in db.Missions where mission.Code == request.Mission
            from account in db.Accounts.Where(a => a.Id == request.Account).DefaultIfEmpty()
            select new { account }).SingleOrDefaultAsync(ct);
        if (known is null) return DraftRules.MissionUnknown.ToProblem();
        if (actor.As(Roles.DraftingOfficer, request.Mission) is not { } by) return Authorization.NotYourRole.ToProblem();
        var supplied = await request.SuppliedAsync(request.Mission, db, ct);
        if (!request.TryRead(supplied, out var content, out var unclear)) return unclear!;

        var (now, salt) = (clock.Now, Seal.Salt());
        var digest = Seal.TextDigest(salt, content.Text);
        var saving = new Saving(Guid.CreateVersion7(now), request.Mission, content, null, known.account, digest, by, now) { Suppliers = [.. supplied.Select(s => s.Person)] };
        if (!DraftRules.Save(null, saving).Allows(out var accepted, out var refusal)) return refusal.ToProblem();

        var draft = accepted.State;
        db.Record(null, accepted);
        db.Revisions.Add(Revision.Of(draft, content, by, salt, digest));
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, draft.Version);
        http.Response.Headers.Location = $"{http.Request.Path}/{draft.Id}";
        return TypedResults.Created((string?)null, new Response(draft.Id, draft.Version, draft.Revision, Standing.Crafting));
    }
}
