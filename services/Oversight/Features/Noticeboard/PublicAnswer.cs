using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>Answers the public: with a tag by which a reader that has it already is told so in a few bytes.</summary>
internal static class PublicAnswer
{
    /// <summary>Long enough to take a crowd off the server, short enough that a correction is seen.</summary>
    private const string Briefly = "public, max-age=5";

    public static FileContentHttpResult Bytes(HttpContext http, byte[] bytes, string contentType)
    {
        http.Response.Headers.CacheControl = Briefly;
        return TypedResults.Bytes(bytes, contentType, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..16])}\""));
    }

    public static FileContentHttpResult Json<T>(HttpContext http, T value)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return Bytes(http, JsonSerializer.SerializeToUtf8Bytes(value, options), "application/json; charset=utf-8");
    }
}
