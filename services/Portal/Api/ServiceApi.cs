using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Portal.Api;

/// <summary>A service of the platform as the portal asks it: over HTTP, in the name of the person whose page it is.</summary>
/// <remarks>What the person may do is the service's to say. Here, its no is a value, and its silence is an exception that one filter turns into a page.</remarks>
internal abstract class ServiceApi(HttpClient http, string name)
{
    /// <summary>What stands there; null when nothing does, or nothing that this person may see.</summary>
    protected async Task<T?> GetAsync<T>(string path, CancellationToken ct, string? token = null) where T : class
    {
        using var request = Request(HttpMethod.Get, path, token);
        using var response = await SendAsync(request, ct);
        if (response.StatusCode is HttpStatusCode.NotFound) return null;
        if (!response.IsSuccessStatusCode) throw new ServiceRefusedException(name, await Refused.ReadAsync(response, ct));
        return await ReadAsync<T>(response, ct);
    }

    /// <summary>Sends a command. Its key makes a second sending do nothing more than give the same answer again.</summary>
    /// <param name="body">A file's bytes as they are, a text of a kind of its own, or an object to be written as JSON.</param>
    /// <param name="version">The version that the person saw; null where the command does not ask.</param>
    protected async Task<Answer<T>> CommandAsync<T>(string path, object body, string key, int? version, CancellationToken ct) where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = Request(HttpMethod.Post, path, token: null);
            request.Headers.Add("Idempotency-Key", key);
            if (version is { } seen) request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{seen}\""));
            request.Content = body switch
            {
                byte[] file => new ByteArrayContent(file) { Headers = { ContentType = new("application/octet-stream") } },
                Yaml yaml => new StringContent(yaml.Text, Encoding.UTF8, "application/yaml"),
                _ => JsonContent.Create(body, options: Json.Storage),
            };
            using var response = await SendAsync(request, ct);
            if (response.IsSuccessStatusCode) return new(await ReadAsync<T>(response, ct), null);

            var refused = await Refused.ReadAsync(response, ct);
            if (refused.Code != "idempotency.running" || attempt == 20) return new(null, refused);
            await Task.Delay(100, ct); // The button was pressed twice: the first press is still being worked on.
        }
    }

    protected sealed record Yaml(string Text);

    /// <summary>What stands there, for handing on byte for byte.</summary>
    /// <param name="known">The entity tags that the reader holds already.</param>
    protected async Task<HttpResponseMessage> AsItStandsAsync(string path, string? known, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Get, path, token: null);
        if (!string.IsNullOrEmpty(known)) request.Headers.TryAddWithoutValidation("If-None-Match", known);
        return await SendAsync(request, ct);
    }

    /// <summary>Takes something away; that it was gone already is no error.</summary>
    protected async Task DeleteAsync(string path, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Delete, path, token: null);
        using var response = await SendAsync(request, ct);
        if (!response.IsSuccessStatusCode && response.StatusCode is not HttpStatusCode.NotFound) throw new ServiceRefusedException(name, await Refused.ReadAsync(response, ct));
    }

    protected async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, ct);
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new ServiceAwayException(name, fault);
        }
        if (response.StatusCode is HttpStatusCode.Unauthorized && !request.Options.TryGetValue(OwnToken, out _)) throw new SignedOutException();
        if ((int)response.StatusCode < 500) return response;
        using (response) throw new ServiceAwayException(name, null);
    }

    protected static HttpRequestMessage Request(HttpMethod method, string path, string? token)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (token is null) return request;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Options.Set(OwnToken, true);
        return request;
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken ct) where T : class
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(Json.Storage, ct) ?? throw new ServiceAwayException(name, null);
        }
        catch (Exception fault) when (fault is JsonException or HttpRequestException or IOException)
        {
            throw new ServiceAwayException(name, fault);
        }
    }

    private static readonly HttpRequestOptionsKey<bool> OwnToken = new("own-token");
}
