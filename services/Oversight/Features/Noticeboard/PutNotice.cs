using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>Publishing puts a post on a board under a handle of its own choosing, once however often it asks: <c>PUT noticeboard/{mission}/posts/{handle}</c>.</summary>
public static class PutNotice
{
    public static void Map(RouteGroupBuilder boards) => boards
        .MapPut("{mission}/posts/{handle}", HandleAsync)
        .Validates(new NoticeRequest.Validator())
        .ForServices("publishing");

    private static async Task<Results<Created<NoticeItem>, Ok<NoticeItem>, ProblemHttpResult>> HandleAsync(
        string mission, string handle, NoticeRequest request, OversightDb db,
        [FromKeyedServices(OversightModule.ServiceName)] Backend backend, TimeProvider clock, CancellationToken ct)
    {
        if (!NoticeRequest.IsPlain(mission) || !NoticeRequest.IsPlain(handle)) return NoticeRequest.NotPlain.ToProblem();

        var now = clock.Now;
        var notice = Notice.Of(Guid.CreateVersion7(now), mission, handle, request.Text, request.Language, now);
        // The key decides, whoever asks at once; the one that comes second waits for the first and then finds its row.
        var created = await db.Database.ExecuteSqlAsync(
            $"""
             insert into notice (id, mission, handle, text, language, released_at, digest)
             values ({notice.Id}, {mission}, {handle}, {notice.Text}, {notice.Language}, {backend.Instant(now)}, {notice.Digest})
             on conflict (mission, handle) do nothing
             """, ct);
        var kept = created == 1 ? notice : await db.Notices.AsNoTracking().SingleAsync(n => n.Mission == mission && n.Handle == handle, ct);

        if (!kept.SaysTheSameAs(notice)) return HandleTaken.ToProblem(("id", kept.Id), ("digest", kept.Digest));
        var item = new NoticeItem(kept.Id, kept.Handle, kept.Text, kept.Language, kept.ReleasedAt, kept.Digest);
        return created == 1 ? TypedResults.Created($"/api/{OversightModule.ServiceName}/noticeboard/{mission}/posts/{kept.Id}", item) : TypedResults.Ok(item);
    }

    public static readonly Refusal HandleTaken = new("noticeboard.handle-taken", "Another text stands under this handle. A notice is never changed.");
}
