using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>Publishing puts a post on a board without a handle, a new one each time it asks: <c>POST noticeboard/{mission}/posts</c>.</summary>
/// <remarks>
/// On purpose without an Idempotency-Key. Many networks are like this, and a publisher that merely repeats a call whose
/// outcome it does not know posts twice here too, where it can be seen.
/// </remarks>
public static class PostNotice
{
    public static void Map(RouteGroupBuilder boards) => boards
        .MapPost("{mission}/posts", HandleAsync)
        .Validates(new NoticeRequest.Validator())
        .WithMetadata(new RequestSizeLimitAttribute(NoticeRequest.MostBytes))
        .ForServices("publishing");

    private static async Task<Results<Created<NoticeItem>, ProblemHttpResult>> HandleAsync(
        string mission, NoticeRequest request, OversightDb db, TimeProvider clock, CancellationToken ct)
    {
        if (!NoticeRequest.IsPlain(mission)) return NoticeRequest.NotPlain.ToProblem();

        var now = clock.Now;
        var (notice, _) = await db.PinAsync(request.Notice(Guid.CreateVersion7(now), mission, handle: null, now), request.Pictures(mission), ct);
        return TypedResults.Created($"/api/{OversightModule.ServiceName}/noticeboard/{mission}/posts/{notice.Id}", NoticeItem.From(notice));
    }
}
