using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Comparing;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features.Queueing;

/// <summary>
/// What changed since the asker last decided on this post, in whichever round: <c>GET /requests/{id}/changes?since=mine</c>.
/// What officers changed of it since it was submitted: <c>?since=submitted</c>.
/// </summary>
public static class ShowChanges
{
    /// <param name="Since">The decision that it is compared with; null when the asker has decided on no other package of this draft.</param>
    public sealed record Response(Decided? Since, PackageComparison Changes);

    public sealed record Decided(Guid RequestId, string PackageDigest, DecisionKind Decision, string? Comment, DateTimeOffset At);

    public static void Map(RouteGroupBuilder api) => api.MapGet("requests/{id:guid}/changes", HandleAsync).ForRole();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Actor actor, Acting acting, ClearanceDb db, PackageStore packages, string? since = null, CancellationToken ct = default)
    {
        if (since is not (null or "mine" or "submitted")) return OnlyMine.ToProblem();
        var held = await acting.AsAsync(actor, ct);
        if (await db.Requests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } request || !acting.MaySee(held, request)) return TypedResults.NotFound();

        if (since is "submitted") return TypedResults.Ok(await SinceSubmittedAsync(request, packages, ct));

        var rounds = await db.Requests.AsNoTracking().Where(r => r.DraftId == request.DraftId && r.OpenedAt <= request.OpenedAt).OrderByDescending(r => r.OpenedAt).Take(Cursor.DefaultLimit).ToListAsync(ct);
        var last = rounds.Where(r => acting.MaySee(held, r))
            .SelectMany(r => r.Decisions.Where(d => !d.Undone && d.By.Person == actor.Person), (r, d) => (Round: r.Id, Said: d))
            .OrderByDescending(d => d.Said.At).FirstOrDefault();
        if (last.Said is not { } said || said.PackageDigest == request.PackageDigest) return TypedResults.Ok(new Response(null, PackageComparison.Nothing));

        var (before, after) = (await packages.ReadAsync(said.PackageDigest, ct), await packages.ReadAsync(request.PackageDigest, ct));
        return TypedResults.Ok(new Response(new(last.Round, said.PackageDigest, said.Kind, said.Comment, said.At), PackageComparison.Of(before, after)));
    }

    private static async Task<Response> SinceSubmittedAsync(ClearanceRequest request, PackageStore packages, CancellationToken ct)
    {
        if (request.EarlierDigests is not [var submitted, ..]) return new Response(null, PackageComparison.Nothing);
        var last = request.Decisions.Last(d => d is { Undone: false, Kind: DecisionKind.ClearedAsAmended } && request.EarlierDigests.Contains(d.PackageDigest));
        return new Response(
            new(request.Id, submitted, last.Kind, last.Comment, last.At),
            PackageComparison.Of(await packages.ReadAsync(submitted, ct), await packages.ReadAsync(request.PackageDigest, ct)));
    }

    public static readonly Refusal OnlyMine = new("changes.since", "Ask for since=mine, what changed since your own last decision, or since=submitted, what officers changed.", 400);
}
