using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Testing;

/// <summary>An HTTP answer, read whole.</summary>
public sealed record Answer(int Status, string Body, string? ETag, HttpResponseHeaders Headers, string? MediaType)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>A member of the body.</summary>
    public JsonElement this[string member] => Json.GetProperty(member);

    /// <summary>A problem's permanent code.</summary>
    public string? Code => MediaType == "application/problem+json" && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>The version that the ETag names.</summary>
    public int Version => int.Parse(ETag!.Trim('"'));

    public T As<T>() => JsonSerializer.Deserialize<T>(Body, WorkflowPlatform.Platform.Data.Json.Storage)!;

    public override string ToString() => $"{Status} {Body}";

    /// <summary>Fails with the whole answer in its words.</summary>
    public Answer ShouldBe(int status, string? code = null)
    {
        if (Status != status || (code is not null && Code != code))
            throw new ShouldAssertException($"Expected {status} {code}, but the answer was {Status}:{Environment.NewLine}{Body}");
        return this;
    }

}

/// <summary>Says requests in one line: JSON body, a fresh Idempotency-Key unless told, If-Match where a version is given.</summary>
public static class Requests
{
    public static Task<Answer> Get(this HttpClient client, string path) => client.Send(HttpMethod.Get, path);

    /// <param name="body">An object to be written as JSON, or an <see cref="HttpContent"/> as it is.</param>
    /// <param name="key">The Idempotency-Key; a new one when null, none when empty.</param>
    /// <param name="version">For If-Match.</param>
    public static Task<Answer> Post(this HttpClient client, string path, object? body = null, string? key = null, int? version = null) =>
        client.Send(HttpMethod.Post, path, body ?? new { }, key ?? Guid.CreateVersion7().ToString(), version is null ? null : $"\"{version}\"");

    public static Task<Answer> Put(this HttpClient client, string path, object body) => client.Send(HttpMethod.Put, path, body);

    public static async Task<Answer> Send(
        this HttpClient client, HttpMethod method, string path, object? body = null, string? key = null, string? ifMatch = null, CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body, options: Json.Storage));
        if (!string.IsNullOrEmpty(key)) request.Headers.Add("Idempotency-Key", key);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await client.SendAsync(request, ct);
        return new Answer(
            (int)response.StatusCode, await response.Content.ReadAsStringAsync(ct), response.Headers.ETag?.ToString(), response.Headers,
            response.Content.Headers.ContentType?.MediaType);
    }
}
