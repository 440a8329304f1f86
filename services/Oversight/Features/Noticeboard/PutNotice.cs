using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WorkflowPlatform.Oversight.Data;
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
        .WithMetadata(new RequestSizeLimitAttribute(NoticeRequest.MostBytes))
        .ForServices("publishing");

    private static async Task<Results<Created<NoticeItem>, Ok<NoticeItem>, ProblemHttpResult>> HandleAsync(
        string mission, string handle, NoticeRequest request, OversightDb db, TimeProvider clock, CancellationToken ct)
    {
        if (!NoticeRequest.IsPlain(mission) || !NoticeRequest.IsPlain(handle)) return NoticeRequest.NotPlain.ToProblem();

        var now = clock.Now;
        var notice = request.Notice(Guid.CreateVersion7(now), mission, handle, now);
        var (kept, created) = await db.PinAsync(notice, request.Pictures(mission), ct);
        if (!kept.SaysTheSameAs(notice)) return HandleTaken.ToProblem(("id", kept.Id), ("digest", kept.Digest));
        return created
            ? TypedResults.Created($"/api/{OversightModule.ServiceName}/noticeboard/{mission}/posts/{kept.Id}", NoticeItem.From(kept))
            : TypedResults.Ok(NoticeItem.From(kept));
    }

    public static readonly Refusal HandleTaken = new("noticeboard.handle-taken", "Another post stands under this handle. A notice is never changed.");
}
