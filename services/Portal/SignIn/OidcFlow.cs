using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.SignIn;

/// <summary>Signing in with the ministry's identity provider: OpenID Connect, authorization code with PKCE (RFC 7636).</summary>
internal sealed class OidcFlow(IConfiguration configuration, IHttpClientFactory http, IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("portal.oidc").ToTimeLimitedDataProtector();
    private ConfigurationManager<OpenIdConnectConfiguration>? metadata;

    private IConfigurationSection Settings => configuration.GetSection("Portal:Oidc");

    public bool IsSetUp => (Settings["Issuer"] ?? Settings["Metadata"]) is not null && Settings["ClientId"] is not null;

    /// <summary>Where to send the browser, and what its cookie has to keep until it comes back.</summary>
    public async Task<(string Url, string Kept)> StartAsync(string redirectUri, string to, CancellationToken ct)
    {
        var trip = new Trip(Random(), Random(), Random(), to, redirectUri);
        var url = QueryHelpers.AddQueryString((await MetadataAsync(ct)).AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["client_id"] = Settings["ClientId"], ["response_type"] = "code", ["redirect_uri"] = redirectUri,
            ["scope"] = Settings["Scope"] ?? "openid profile offline_access", ["state"] = trip.State, ["nonce"] = trip.Nonce,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(trip.Verifier))), ["code_challenge_method"] = "S256",
        });
        return (url, protector.Protect(JsonSerializer.Serialize(trip), TimeSpan.FromMinutes(10)));
    }

    /// <summary>The tokens for the code that came back, and where the person wanted to go; null when it is not the answer to what this browser asked.</summary>
    public async Task<(TokenAnswer Tokens, string To)?> FinishAsync(string? kept, string? state, string? code, CancellationToken ct)
    {
        if (kept is null || code is null || Unprotected(kept) is not { } trip) return null;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(trip.State), Encoding.UTF8.GetBytes(state ?? ""))) return null;

        var tokens = await TokensAsync(new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = trip.RedirectUri, ["code_verifier"] = trip.Verifier }, ct);
        return tokens?.IdToken is { } idToken && await IsOursAsync(idToken, trip.Nonce, ct) ? (tokens, trip.To) : null;
    }

    public Task<TokenAnswer?> RenewAsync(string refreshToken, CancellationToken ct) =>
        TokensAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken }, ct);

    private async Task<TokenAnswer?> TokensAsync(Dictionary<string, string> form, CancellationToken ct)
    {
        form["client_id"] = Settings["ClientId"]!;
        if (Settings["ClientSecret"] is { } secret) form["client_secret"] = secret;
        try
        {
            using var client = http.CreateClient("portal>oidc");
            using var content = new FormUrlEncodedContent(form);
            using var response = await client.PostAsync(new Uri((await MetadataAsync(ct)).TokenEndpoint), content, ct);
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<TokenAnswer>(ct) : null;
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException)
        {
            throw new ServiceAwayException("The sign-in service", fault);
        }
    }

    private async Task<bool> IsOursAsync(string idToken, string nonce, CancellationToken ct)
    {
        var provider = await MetadataAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(idToken, new TokenValidationParameters
        {
            ValidIssuer = Settings["Issuer"] ?? provider.Issuer, ValidAudience = Settings["ClientId"], IssuerSigningKeys = provider.SigningKeys,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256], RequireSignedTokens = true,
            LifetimeValidator = (_, to, _, _) => to > now - TimeSpan.FromSeconds(30),
        });
        return result.IsValid && result.Claims.TryGetValue("nonce", out var told) && told as string == nonce;
    }

    private async Task<OpenIdConnectConfiguration> MetadataAsync(CancellationToken ct)
    {
        var address = Settings["Metadata"] ?? $"{Settings["Issuer"]!.TrimEnd('/')}/.well-known/openid-configuration";
        var local = new Uri(address).IsLoopback; // A provider on the same machine needs no TLS, as for the services' own tokens.
        metadata ??= new(address, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(http.CreateClient("portal>oidc")) { RequireHttps = !local });
        try
        {
            return await metadata.GetConfigurationAsync(ct);
        }
        catch (InvalidOperationException fault)
        {
            throw new ServiceAwayException("The sign-in service", fault);
        }
    }

    private Trip? Unprotected(string kept)
    {
        try
        {
            return JsonSerializer.Deserialize<Trip>(protector.Unprotect(kept));
        }
        catch (CryptographicException)
        {
            return null; // Too old, or not from here.
        }
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What must be the same at the end of the way as at its beginning.</summary>
    private sealed record Trip(string State, string Nonce, string Verifier, string To, string RedirectUri);
}
