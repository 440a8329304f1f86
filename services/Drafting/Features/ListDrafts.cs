using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Drafting.Intake;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Drafting.Features;

/// <summary>The drafts of one's missions, newest change first: <c>GET /drafts?standing=&amp;mission=&amp;cursor=&amp;limit=</c>.</summary>
public static class ListDrafts
{
    public sealed record Item(
        Guid Id, int Version, string Mission, string Account, string Language, Lane Lane, string Excerpt, ReleaseTime? Release, DateTimeOffset? NotBefore,
        int Revision, Standing Standing, string? Asked, string? ReasonCode, string? Receipt, DateTimeOffset UpdatedAt);

    public static void Map(RouteGroupBuilder api) => api
        .MapGet("drafts", HandleAsync)
        .ForRole(Roles.DraftingOfficer);

    private static async Task<Results<Ok<Page<Item>>, ProblemHttpResult>> HandleAsync(
        Standing? standing, string? mission, string? cursor, int? limit, DraftingDb db, CancellationToken ct)
    {
        if (!Cursor.TryParse(cursor, out var after)) return Cursor.Unreadable.ToProblem();
        var drafts = Overviews.Of(db, DraftText.ExcerptSource);
        if (standing is not null) drafts = drafts.Where(d => d.Standing == standing);
        if (mission is not null) drafts = drafts.Where(d => d.Mission == mission);
        if (after is { At: var at, Id: var id }) drafts = drafts.Where(d => d.UpdatedAt < at || (d.UpdatedAt == at && d.Id.CompareTo(id) < 0));

        var most = Cursor.Limit(limit);
        var found = await drafts.OrderByDescending(d => d.UpdatedAt).ThenByDescending(d => d.Id).Take(most + 1).ToListAsync(ct);
        return TypedResults.Ok(Page<Item>.Of([.. found.Select(ItemOf)], most, item => new Cursor(item.UpdatedAt, item.Id)));
    }

    private static Item ItemOf(Overview draft) => new(
        draft.Id, draft.Version, draft.Mission, draft.Account, draft.Language, draft.Lane, DraftText.Excerpt(draft.Text), draft.Release, draft.NotBefore,
        draft.Revision, draft.Standing, draft.AskedTold, draft.ReasonCode, draft.Receipt, draft.UpdatedAt);
}
