using System.Text.Json;

namespace WorkflowPlatform.Portal.Api;

/// <summary>What came of a command: its effect, or why there is none.</summary>
internal readonly record struct Answer<T>(T? Value, Refused? Refused) where T : class;

/// <summary>A service's no, as its RFC 9457 problem says it.</summary>
/// <param name="Code">Permanent; empty when the answer was no problem document.</param>
/// <param name="Detail">Words for the person.</param>
/// <param name="Errors">Messages by the field of the request, for example <c>release.local</c>.</param>
/// <param name="More">Whatever else the problem carries.</param>
internal sealed record Refused(int Status, string Code, string Detail, IReadOnlyDictionary<string, string[]> Errors, JsonElement More)
{
    /// <summary>One of the members a problem carries beside the usual ones; null when it has none by that name.</summary>
    public T? Member<T>(string name) where T : class =>
        More.ValueKind is JsonValueKind.Object && More.TryGetProperty(name, out var value) ? value.Deserialize<T>(Platform.Data.Json.Storage) : null;

    public static async Task<Refused> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: ct);
            var problem = document.RootElement.Clone();
            return new(status, Text(problem, "code"), Text(problem, "detail"), FieldErrors(problem), problem);
        }
        catch (JsonException)
        {
            return new(status, "", "", new Dictionary<string, string[]>(), default);
        }
    }

    private static string Text(JsonElement problem, string member) =>
        problem.ValueKind is JsonValueKind.Object && problem.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    private static Dictionary<string, string[]> FieldErrors(JsonElement problem) =>
        problem.ValueKind is JsonValueKind.Object && problem.TryGetProperty("errors", out var errors) && errors.ValueKind is JsonValueKind.Object
            ? errors.EnumerateObject().ToDictionary(e => e.Name, e => e.Value.Deserialize<string[]>() ?? [])
            : [];
}

/// <summary>A service does not answer, or answers that it cannot do it just now.</summary>
internal sealed class ServiceAwayException(string service, Exception? cause) : Exception($"{service} does not answer.", cause)
{
    public string Service { get; } = service;
}

/// <summary>A service will not show this to this person.</summary>
internal sealed class ServiceRefusedException(string service, Refused refused) : Exception($"{service} refused: {refused.Status} {refused.Code}")
{
    public Refused Refused { get; } = refused;
}

/// <summary>The person's token no longer counts: they have to sign in again.</summary>
internal sealed class SignedOutException : Exception;

/// <summary>One part of a page that the page can do without: what was read, or who did not answer.</summary>
internal sealed record Part<T>(T? Value, string? Away) where T : class
{
    public static async Task<Part<T>> OfAsync(Task<T?> reading)
    {
        try
        {
            return new(await reading, null);
        }
        catch (ServiceAwayException away)
        {
            return new(null, away.Service);
        }
        catch (ServiceRefusedException)
        {
            return new(null, null);
        }
    }
}
