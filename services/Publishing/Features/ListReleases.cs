using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;

namespace WorkflowPlatform.Publishing.Features;

/// <summary>Releases, the latest time of release first: <c>GET /releases?mission=&amp;status=&amp;draft=&amp;cursor=&amp;limit=</c>.</summary>
public static class ListReleases
{
    public static void Map(RouteGroupBuilder api) => api
        .MapGet("releases", HandleAsync)
        .ForRole(Roles.DraftingOfficer, Roles.ClearingOfficer, Roles.Auditor);

    private static async Task<Results<Ok<Page<ReleaseView>>, ProblemHttpResult>> HandleAsync(
        PublishingDb db, string? mission = null, ReleaseStatus? status = null, Guid? draft = null, string? cursor = null, int? limit = null, CancellationToken ct = default)
    {
        if (!Cursor.TryParse(cursor, out var after)) return Cursor.Unreadable.ToProblem();
        var releases = db.Releases.AsNoTracking();
        if (mission is not null) releases = releases.Where(r => r.Mission == mission);
        if (status is not null) releases = releases.Where(r => r.Status == status);
        if (draft is not null) releases = releases.Where(r => r.DraftId == draft);
        if (after is { } place) releases = releases.Where(r => r.NotBefore < place.At || (r.NotBefore == place.At && r.Id < place.Id));

        var take = Cursor.Limit(limit);
        var rows = await releases.OrderByDescending(r => r.NotBefore).ThenByDescending(r => r.Id).Take(take + 1).ToListAsync(ct);
        return TypedResults.Ok(Page<ReleaseView>.Of([.. rows.Select(ReleaseView.Of)], take, view => new Cursor(view.NotBefore, view.Id)));
    }
}
