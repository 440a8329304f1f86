using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Registry.Data;

namespace WorkflowPlatform.Registry.Issuer;

/// <summary>A service shows its secret, or somebody takes a card: <c>POST /issuer/token</c>, a form after RFC 6749.</summary>
public static class IssueToken
{
    public const string ClientCredentials = "client_credentials";
    public const string Card = "urn:workflow-platform:card";

    public sealed record Response(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("token_type")] string TokenType);

    /// <summary>RFC 6749, section 5.2.</summary>
    public sealed record Error(
        [property: JsonPropertyName("error")] string Code,
        [property: JsonPropertyName("error_description")] string Description);

    public static void Map(RouteGroupBuilder issuer) => issuer.MapPost("token", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest request, LocalIssuer issuer, RegistryDb db, IConfiguration configuration, TimeProvider clock, CancellationToken ct)
    {
        if (!request.HasFormContentType) return Refused("invalid_request", "Send a form: application/x-www-form-urlencoded.");
        var form = await request.ReadFormAsync(ct);
        switch (form["grant_type"].ToString())
        {
            case ClientCredentials:
                var id = form["client_id"].ToString();
                return Knows(configuration, id, form["client_secret"].ToString())
                    ? Issued(issuer.MintForService(id.StartsWith("service:", StringComparison.Ordinal) ? id : $"service:{id}"), clock)
                    : Refused("invalid_client", "No such client, or not its secret.", StatusCodes.Status401Unauthorized);
            case Card:
                var number = form["person"].ToString();
                var person = await db.Persons.AsNoTracking().SingleOrDefaultAsync(p => p.StaffNumber == number, ct);
                return person is not null && person.Identities.Contains(issuer.CardOf(number))
                    ? Issued(issuer.MintForPerson(number), clock)
                    : Refused("invalid_grant", "There is no such card. Import the person without an issuer and a subject, and there will be one.");
            default:
                return Refused("unsupported_grant_type", $"Here are {ClientCredentials} and {Card}.");
        }
    }

    /// <summary>Compares with every client's secret in the same time, right or wrong. A client without a secret is none.</summary>
    private static bool Knows(IConfiguration configuration, string id, string secret)
    {
        var known = false;
        foreach (var client in configuration.GetSection("Registry:LocalIssuer:Clients").GetChildren())
            if (client["Id"] is { Length: > 0 } itsId && client["Secret"] is { Length: > 0 } itsSecret)
                known |= Same(itsId, id) & Same(itsSecret, secret);
        return known;
    }

    private static bool Same(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(a)), SHA256.HashData(Encoding.UTF8.GetBytes(b)));

    private static IResult Issued(ServiceToken token, TimeProvider clock) =>
        TypedResults.Ok(new Response(token.Value, (int)(token.ExpiresAt - clock.Now).TotalSeconds, "Bearer"));

    private static IResult Refused(string code, string description, int status = StatusCodes.Status400BadRequest) =>
        TypedResults.Json(new Error(code, description), statusCode: status);
}
