using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace WorkflowPlatform.Platform.Identity;

/// <summary>Where the other services answer: <c>Services:Name</c>, or this process when nothing is said.</summary>
public sealed class ServiceAddresses(IConfiguration configuration, IServer server)
{
    public Uri Of(string service) => new(configuration[$"Services:{service}"] ?? Own() ?? throw new InvalidOperationException($"Set Services:{service} to the address of {service}."));

    private string? Own() => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
        ?.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("localhost", "127.0.0.1", StringComparison.Ordinal);
}

/// <summary>HTTP clients by which one service asks another, in its own name.</summary>
public static class ServiceClients
{
    /// <summary>The client's name is <c>caller&gt;callee</c>: ask <see cref="IHttpClientFactory"/> for it.</summary>
    public static IHttpClientBuilder AddServiceClient(this IServiceCollection services, string caller, string callee) => services
        .AddHttpClient($"{caller}>{callee}", (provider, client) =>
        {
            client.BaseAddress = provider.GetRequiredService<ServiceAddresses>().Of(callee);
            client.Timeout = TimeSpan.FromSeconds(10);
        })
        .AddHttpMessageHandler(provider => new InOwnName(caller, provider.GetRequiredService<ServiceTokens>()));

    private sealed class InOwnName(string caller, ServiceTokens tokens) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.ForAsync(caller, cancellationToken));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}

/// <summary>Gets and keeps this process's service tokens: by client credentials, or from the local issuer of the same process.</summary>
public sealed class ServiceTokens(IConfiguration configuration, InProcessIssuer local, IHttpClientFactory http, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly Dictionary<string, ServiceToken> held = [];

    public async Task<string> ForAsync(string service, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (held.TryGetValue(service, out var token) && token.ExpiresAt > clock.Now + TimeSpan.FromMinutes(1)) return token.Value;
            return (held[service] = await FetchAsync(service, ct)).Value;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<ServiceToken> FetchAsync(string service, CancellationToken ct)
    {
        var settings = configuration.GetSection("Identity:Service");
        if (settings["TokenEndpoint"] is not { } endpoint)
            return local.MintForService?.Invoke(service) ?? throw new InvalidOperationException("Set Identity:Service:TokenEndpoint, ClientId and ClientSecret: this service has no way to prove who it is.");

        using var client = http.CreateClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = settings["ClientId"] ?? $"service:{service}",
            ["client_secret"] = settings["ClientSecret"] ?? "",
            ["audience"] = configuration["Identity:Audience"] ?? "workflow-platform",
        });
        using var response = await client.PostAsync(endpoint, form, ct);
        response.EnsureSuccessStatusCode();
        var answer = (await response.Content.ReadFromJsonAsync<Answer>(ct))!;
        return new ServiceToken(answer.AccessToken, clock.Now.AddSeconds(answer.ExpiresIn));
    }

    private sealed record Answer([property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
