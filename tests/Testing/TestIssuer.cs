using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Testing;

/// <summary>Issues ES256 tokens for tests, right ones and wrong ones; a host under test trusts it through <see cref="InProcessIssuer"/>.</summary>
public sealed class TestIssuer(TimeProvider clock) : IDisposable
{
    public const string Name = "https://issuer.test";
    public const string Audience = "workflow-platform";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa foreignKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void OfferTo(InProcessIssuer host) => host.Offer(Name, [new ECDsaSecurityKey(key) { KeyId = "test" }], ForService);

    /// <summary>A good token of a person; its subject is the staff number.</summary>
    public string ForPerson(string person) => Token(person);

    /// <summary>A good token of a service.</summary>
    public ServiceToken ForService(string service) => new(Token($"service:{service}", expires: clock.GetUtcNow().AddHours(1)), clock.GetUtcNow().AddHours(1));

    /// <summary>A token with whatever is to be wrong about it.</summary>
    public string Token(
        string subject, DateTimeOffset? expires = null, DateTimeOffset? notBefore = null, string? issuer = Name, string? audience = Audience,
        string? type = "at+jwt", bool wrongKey = false, IDictionary<string, object>? claims = null)
    {
        var now = clock.GetUtcNow();
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            TokenType = type,
            Claims = new Dictionary<string, object>(claims ?? new Dictionary<string, object>()) { ["sub"] = subject },
            IssuedAt = now.UtcDateTime,
            NotBefore = (notBefore ?? now.AddMinutes(-1)).UtcDateTime,
            Expires = (expires ?? now.AddMinutes(15)).UtcDateTime,
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(wrongKey ? foreignKey : key) { KeyId = "test" }, SecurityAlgorithms.EcdsaSha256),
        };
        if (descriptor.NotBefore > descriptor.Expires) descriptor.NotBefore = descriptor.Expires.Value.AddMinutes(-1);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    /// <summary>A token that says it needs no signature.</summary>
    public string WithoutSignature(string subject)
    {
        var now = clock.GetUtcNow();
        return $"{Part(new { alg = "none", typ = "at+jwt" })}.{Part(new { iss = Name, aud = Audience, sub = subject, exp = now.AddMinutes(15).ToUnixTimeSeconds() })}.";

        static string Part(object value) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value)));
    }

    public void Dispose()
    {
        key.Dispose();
        foreignKey.Dispose();
    }
}
