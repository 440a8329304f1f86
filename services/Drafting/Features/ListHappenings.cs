using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Drafting.Features;

/// <summary>What others did with the posts of one's missions, newest first: <c>GET /happenings?since=&amp;mine=&amp;cursor=&amp;limit=</c>.</summary>
public static class ListHappenings
{
    /// <param name="Excerpt">The beginning of the text that was submitted.</param>
    public sealed record Item(Guid Id, Guid DraftId, string Mission, Standing Standing, string? ReasonCode, DateTimeOffset At, string Excerpt);

    public static void Map(RouteGroupBuilder api) => api
        .MapGet("happenings", HandleAsync)
        .ForRole(Roles.DraftingOfficer);

    /// <param name="mine">True: only of drafts whose contributor one is.</param>
    private static async Task<Results<Ok<Page<Item>>, ProblemHttpResult>> HandleAsync(
        DateTimeOffset? since, bool? mine, string? cursor, int? limit, Actor actor, DraftingDb db, CancellationToken ct)
    {
        if (!Cursor.TryParse(cursor, out var after)) return Cursor.Unreadable.ToProblem();
        var happenings = db.Happenings.AsNoTracking();
        if (since?.ToUniversalTime() is { } from) happenings = happenings.Where(h => h.At > from);
        if (mine is true) happenings = happenings.Where(h => db.Revisions.Any(r => r.DraftId == h.DraftId && r.Person == actor.Person));
        if (after is { At: var at, Id: var id }) happenings = happenings.Where(h => h.At < at || (h.At == at && h.Id.CompareTo(id) < 0));

        var most = Cursor.Limit(limit);
        var found = await (
            from happening in happenings.OrderByDescending(h => h.At).ThenByDescending(h => h.Id).Take(most + 1)
            join revision in db.Revisions on new { happening.DraftId, Number = happening.Revision } equals new { revision.DraftId, revision.Number }
            orderby happening.At descending, happening.Id descending
            select new Item(happening.Id, happening.DraftId, happening.Mission, happening.Standing, happening.ReasonCode, happening.At, revision.Text.Substring(0, DraftText.ExcerptSource))).ToListAsync(ct);
        return TypedResults.Ok(Page<Item>.Of([.. found.Select(h => h with { Excerpt = DraftText.Excerpt(h.Excerpt) })], most, item => new Cursor(item.At, item.Id)));
    }
}
