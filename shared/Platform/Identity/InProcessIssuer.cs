using Microsoft.IdentityModel.Tokens;

namespace WorkflowPlatform.Platform.Identity;

/// <summary>The local issuer of the same process, if Registry runs one here: its keys and its service tokens without a detour over the network.</summary>
public sealed class InProcessIssuer
{
    public string? Issuer { get; private set; }
    public IReadOnlyList<SecurityKey> Keys { get; private set; } = [];
    public Func<string, ServiceToken>? MintForService { get; private set; }

    public void Offer(string issuer, IReadOnlyList<SecurityKey> keys, Func<string, ServiceToken> mintForService) =>
        (Issuer, Keys, MintForService) = (issuer, keys, mintForService);
}

/// <summary>A service's own access token.</summary>
public sealed record ServiceToken(string Value, DateTimeOffset ExpiresAt);
