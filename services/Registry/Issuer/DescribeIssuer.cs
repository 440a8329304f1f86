using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace WorkflowPlatform.Registry.Issuer;

/// <summary>Where the local issuer's parts are, and the public half of its key: <c>GET /issuer/.well-known/openid-configuration</c>, <c>GET /issuer/jwks</c>.</summary>
public static class DescribeIssuer
{
    /// <summary>OpenID Connect Discovery 1.0, as far as access tokens need it.</summary>
    public sealed record Discovery(
        [property: JsonPropertyName("issuer")] string Issuer,
        [property: JsonPropertyName("jwks_uri")] string JwksUri,
        [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
        [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypes,
        [property: JsonPropertyName("token_endpoint_auth_methods_supported")] IReadOnlyList<string> AuthMethods,
        [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypes,
        [property: JsonPropertyName("subject_types_supported")] IReadOnlyList<string> SubjectTypes,
        [property: JsonPropertyName("id_token_signing_alg_values_supported")] IReadOnlyList<string> Algorithms);

    /// <summary>RFC 7517: the public members of the one key, and no others.</summary>
    public sealed record KeySet(IReadOnlyList<PublicKey> Keys);

    public sealed record PublicKey(string Kty, string Use, string Alg, string Kid, string Crv, string X, string Y);

    public static void Map(RouteGroupBuilder issuer)
    {
        issuer.MapGet(".well-known/openid-configuration", Discover);
        issuer.MapGet("jwks", Keys);
    }

    private static Ok<Discovery> Discover(HttpRequest request, LocalIssuer issuer)
    {
        // By the address that was asked: the port is not known before the host listens.
        var here = $"{request.Scheme}://{request.Host}{request.PathBase}/api/registry/issuer";
        return TypedResults.Ok(new Discovery(
            issuer.Name, $"{here}/jwks", $"{here}/token", [IssueToken.ClientCredentials, IssueToken.Card], ["client_secret_post"], [], ["public"], ["ES256"]));
    }

    private static Ok<KeySet> Keys(LocalIssuer issuer)
    {
        var key = issuer.PublicKey;
        return TypedResults.Ok(new KeySet([new(key.Kty, key.Use, key.Alg, key.Kid, key.Crv, key.X, key.Y)]));
    }
}
