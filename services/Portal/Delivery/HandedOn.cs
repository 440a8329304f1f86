using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.SignIn;

namespace WorkflowPlatform.Portal.Delivery;

/// <summary>Pictures at the portal's own addresses, handed on byte for byte. Whether whoever asks may see one is for the service to say, by their own token.</summary>
internal static class HandedOn
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/posts/media/{mission}/{digest}", (string mission, string digest, HttpContext http, DraftingApi drafting) =>
            HandOnAsync(http, known => drafting.PictureAsync(mission, digest, known, http.RequestAborted))).RequireAuthorization(SignInSetup.DraftingOfficers).ExcludeFromDescription();
        app.MapGet("/review/{id:guid}/media/{digest}", (Guid id, string digest, HttpContext http, ClearanceApi clearance) =>
            HandOnAsync(http, known => clearance.PictureAsync(id, digest, known, http.RequestAborted))).ExcludeFromDescription();
        app.MapGet("/noticeboard/{mission}/media/{digest}", (string mission, string digest, HttpContext http, OversightApi oversight) =>
            HandOnAsync(http, known => oversight.PictureAsync(mission, digest, known, http.RequestAborted))).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>What readers may keep for good: its address names its bytes.</summary>
    public static bool IsPublicPicture(PathString path) =>
        path.StartsWithSegments("/noticeboard", out var rest) && rest.Value?.Split('/') is ["", _, "media", _];

    private static async Task<IResult> HandOnAsync(HttpContext http, Func<string?, Task<HttpResponseMessage>> ask)
    {
        try
        {
            using var picture = await ask(http.Request.Headers.IfNoneMatch);
            if (picture.Headers.ETag is { } tag) http.Response.Headers.ETag = tag.ToString();
            if (picture.Headers.CacheControl is { } kept) http.Response.Headers.CacheControl = kept.ToString();
            return picture.IsSuccessStatusCode
                ? TypedResults.Bytes(await picture.Content.ReadAsByteArrayAsync(http.RequestAborted), picture.Content.Headers.ContentType?.ToString())
                : TypedResults.StatusCode((int)picture.StatusCode);
        }
        catch (SignedOutException)
        {
            return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        }
        catch (ServiceAwayException)
        {
            http.Response.Headers.RetryAfter = "60";
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
