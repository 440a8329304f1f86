using System.Text.Json.Serialization;
using WorkflowPlatform.Platform.Http;

namespace WorkflowPlatform.Portal.Api;

/// <summary>Registry: who is who, and which missions and accounts there are.</summary>
internal sealed class RegistryApi(HttpClient http) : ServiceApi(http, "Registry")
{
    /// <param name="token">The token of somebody who is just signing in.</param>
    public Task<Me?> MeAsync(string token, CancellationToken ct) => GetAsync<Me>("api/registry/me", ct, token);

    public Task<Me?> MeAsync(CancellationToken ct) => GetAsync<Me>("api/registry/me", ct);

    public Task<Page<Mission>?> MissionsAsync(CancellationToken ct) => GetAsync<Page<Mission>>("api/registry/missions", ct);

    public Task<Page<Office>?> OfficesAsync(CancellationToken ct) => GetAsync<Page<Office>>("api/registry/offices", ct);

    public Task<Page<Account>?> AccountsAsync(string mission, CancellationToken ct) =>
        GetAsync<Page<Account>>($"api/registry/accounts?mission={Uri.EscapeDataString(mission)}", ct);

    public Task<Page<Named>?> NamesAsync(IEnumerable<string> people, CancellationToken ct) =>
        GetAsync<Page<Named>>($"api/registry/people?ids={Uri.EscapeDataString(string.Join(',', people))}", ct);

    /// <summary>The people whom the local issuer lets in without a password; null where there is none.</summary>
    public async Task<IReadOnlyList<Card>?> CardsAsync(CancellationToken ct)
    {
        using var request = Request(HttpMethod.Get, "api/registry/issuer/cards", token: "");
        request.Headers.Authorization = null;
        using var response = await SendAsync(request, ct);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<List<Card>>(ct) : null;
    }

    /// <summary>A token for the person on a card; null when the local issuer gives none.</summary>
    public async Task<TokenAnswer?> TokenForCardAsync(string person, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Post, "api/registry/issuer/token", token: "");
        request.Headers.Authorization = null;
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "urn:workflow-platform:card", ["person"] = person });
        using var response = await SendAsync(request, ct);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<TokenAnswer>(ct) : null;
    }
}

/// <summary>The person behind a token, with what they are appointed to.</summary>
internal sealed record Me(string Person, string Name, IReadOnlyList<MyAppointment> Appointments);

/// <summary>One role in one office.</summary>
internal sealed record MyAppointment(string Office, string Role);

/// <summary>A mission abroad.</summary>
internal sealed record Mission(string Code, string Name, string City, string TimeZone, IReadOnlyList<string> Languages);

/// <summary>An office that has a say.</summary>
internal sealed record Office(string Code, string Name);

/// <summary>An official account of a mission.</summary>
internal sealed record Account(string Id, string Mission, string Network, string Handle, bool Live);

/// <summary>A staff number and the name that goes with it.</summary>
internal sealed record Named(string Person, string Name);

/// <summary>A person who can be signed in without a password, on one's own machine.</summary>
internal sealed record Card(string Person, string Name, IReadOnlyList<MyAppointment> Roles);

/// <summary>A token endpoint's answer (RFC 6749, 5.1).</summary>
internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires_in")] int? ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken = null,
    [property: JsonPropertyName("id_token")] string? IdToken = null);
