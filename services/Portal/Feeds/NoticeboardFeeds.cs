using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.Feeds;

/// <summary>The noticeboard's feeds at the noticeboard's own address, handed on byte for byte.</summary>
internal static class NoticeboardFeeds
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/noticeboard/{mission}/feed.atom", (string mission, HttpContext http, OversightApi oversight) => HandOnAsync(mission, "atom", http, oversight)).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/noticeboard/{mission}/feed.json", (string mission, HttpContext http, OversightApi oversight) => HandOnAsync(mission, "json", http, oversight)).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> HandOnAsync(string mission, string format, HttpContext http, OversightApi oversight)
    {
        try
        {
            using var feed = await oversight.FeedAsync(mission, format, http.Request.Query["cursor"], http.Request.Headers.IfNoneMatch, http.RequestAborted);
            if (feed.Headers.ETag is { } tag) http.Response.Headers.ETag = tag.ToString(); // A reader that has it already is told so, in a hundred bytes.
            if (!feed.IsSuccessStatusCode) return TypedResults.StatusCode((int)feed.StatusCode);
            return TypedResults.Bytes(await feed.Content.ReadAsByteArrayAsync(http.RequestAborted), feed.Content.Headers.ContentType?.ToString());
        }
        catch (ServiceAwayException)
        {
            http.Response.Headers.RetryAfter = "60";
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
