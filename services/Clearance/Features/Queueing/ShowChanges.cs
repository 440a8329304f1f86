using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Comparing;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features.Queueing;

/// <summary>What changed since the asker last decided on this post, in whichever round: <c>GET /requests/{id}/changes?since=mine</c>.</summary>
public static class ShowChanges
{
    /// <param name="Since">The decision that it is compared with; null when the asker has decided on no other package of this draft.</param>
    public sealed record Response(Decided? Since, PackageComparison Changes);

    public sealed record Decided(Guid RequestId, string PackageDigest, DecisionKind Decision, string? Comment, DateTimeOffset At);

    public static void Map(RouteGroupBuilder api) => api.MapGet("requests/{id:guid}/changes", HandleAsync).ForRole();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Actor actor, Acting acting, ClearanceDb db, PackageStore packages, string? since = null, CancellationToken ct = default)
    {
        if (since is not (null or "mine")) return OnlyMine.ToProblem();
        var held = await acting.AsAsync(actor, ct);
        if (await db.Requests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } request || !Acting.IsRoutedTo(held, request)) return TypedResults.NotFound();

        var rounds = await db.Requests.AsNoTracking().Where(r => r.DraftId == request.DraftId && r.OpenedAt <= request.OpenedAt).OrderByDescending(r => r.OpenedAt).Take(Cursor.DefaultLimit).ToListAsync(ct);
        var last = rounds.Where(r => Acting.IsRoutedTo(held, r))
            .SelectMany(r => r.Decisions.Where(d => !d.Undone && d.By.Person == actor.Person), (r, d) => (Round: r.Id, Said: d))
            .OrderByDescending(d => d.Said.At).FirstOrDefault();
        if (last.Said is not { } said || said.PackageDigest == request.PackageDigest) return TypedResults.Ok(new Response(null, PackageComparison.Nothing));

        var (before, after) = (await packages.ReadAsync(said.PackageDigest, ct), await packages.ReadAsync(request.PackageDigest, ct));
        return TypedResults.Ok(new Response(new(last.Round, said.PackageDigest, said.Kind, said.Comment, said.At), PackageComparison.Of(before, after)));
    }

    public static readonly Refusal OnlyMine = new("changes.since", "Ask for since=mine: what changed since your own last decision.", 400);
}
