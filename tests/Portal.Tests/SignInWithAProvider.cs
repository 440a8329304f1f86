using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>The way to the ministry's identity provider and back: authorization code, PKCE, state and nonce.</summary>
public sealed class SignInWithAProvider
{
    /// <summary>Who answers as Registry here knows nobody: that the portal came to ask means that the provider's answer was believed.</summary>
    private const string Believed = "?told=unknown";

    [Fact]
    public async Task The_answer_to_ones_own_question_is_believed()
    {
        await using var provider = await Provider.StartAsync();
        (await SignInAsync(provider, query => query)).ShouldBe(Believed);
        provider.VerifierFits.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_browsers_answer_is_not()
    {
        await using var provider = await Provider.StartAsync();
        (await SignInAsync(provider, query => query with { State = "made-up" })).ShouldBe("?told=failed");
        (await SignInAsync(provider, query => query, forget: true)).ShouldBe("?told=failed");
    }

    [Theory]
    [InlineData("nonce"), InlineData("audience"), InlineData("issuer"), InlineData("signature"), InlineData("expired")]
    public async Task An_identity_token_that_is_not_for_this_question_is_refused(string wrong)
    {
        await using var provider = await Provider.StartAsync();
        provider.Wrong = wrong;
        (await SignInAsync(provider, query => query)).ShouldBe("?told=failed");
    }

    private sealed record Back(string State, string Code);

    private static async Task<string> SignInAsync(Provider provider, Func<Back, Back> change, bool forget = false)
    {
        await using var portal = await PortalAlone.StartAsync(false,
            ("Portal:Oidc:Issuer", provider.Address), ("Portal:Oidc:ClientId", "portal"), ("Portal:Oidc:ClientSecret", "secret"), ("Portal:PublicUrl", "https://posts.example.org"), ("Services:Registry", provider.Address));
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = portal.Address };

        using var start = await http.GetAsync("/sign-in/start?to=/queue");
        var cookie = start.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("portal-trip=", StringComparison.Ordinal));
        cookie.ShouldContain("; secure");
        cookie.ShouldContain("; httponly");
        var asked = HttpUtility.ParseQueryString(start.Headers.Location!.Query);
        asked["redirect_uri"].ShouldBe("https://posts.example.org/sign-in/callback");
        asked["code_challenge_method"].ShouldBe("S256");
        (provider.Nonce, provider.Challenge) = (asked["nonce"]!, asked["code_challenge"]!);

        var back = change(new Back(asked["state"]!, "the-code"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/sign-in/callback?state={Uri.EscapeDataString(back.State)}&code={back.Code}");
        if (!forget) request.Headers.Add("Cookie", cookie.Split(';')[0]);
        using var answer = await http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldStartWith("/sign-in?told=");
        return answer.Headers.Location.ToString()["/sign-in".Length..];
    }

    /// <summary>A small OpenID provider: description, keys, token endpoint.</summary>
    private sealed class Provider(WebApplication app) : IAsyncDisposable
    {
        private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly ECDsa otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        public string Nonce { get; set; } = "";
        public string Challenge { get; set; } = "";
        public string? Wrong { get; set; }
        public bool VerifierFits { get; private set; }

        public static async Task<Provider> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var app = builder.Build();
            var provider = new Provider(app);
            app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
            {
                issuer = provider.Address, authorization_endpoint = $"{provider.Address}/authorize", token_endpoint = $"{provider.Address}/token", jwks_uri = $"{provider.Address}/keys",
            }));
            app.MapGet("/keys", () => Results.Json(new { keys = new[] { provider.Public() } }));
            app.MapPost("/token", async (HttpRequest request) => provider.Token(await request.ReadFormAsync()));
            await app.StartAsync();
            return provider;
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            key.Dispose();
            otherKey.Dispose();
        }

        private object Public()
        {
            var point = key.ExportParameters(false).Q;
            return new { kty = "EC", crv = "P-256", kid = "k", use = "sig", alg = "ES256", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) };
        }

        private IResult Token(IFormCollection form)
        {
            VerifierFits = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == Challenge;
            if (!VerifierFits || form["client_secret"] != "secret" || form["code"] != "the-code") return Results.BadRequest();
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            var idToken = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Wrong == "issuer" ? "https://elsewhere.example" : Address,
                Audience = Wrong == "audience" ? "somebody-else" : "portal",
                Claims = new Dictionary<string, object> { ["sub"] = "emi", ["nonce"] = Wrong == "nonce" ? "another" : Nonce },
                IssuedAt = now.AddHours(-2), NotBefore = now.AddHours(-2), Expires = Wrong == "expired" ? now.AddHours(-1) : now.AddMinutes(5),
                SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(Wrong == "signature" ? otherKey : key) { KeyId = "k" }, SecurityAlgorithms.EcdsaSha256),
            });
            return Results.Json(new { access_token = "an-access-token", expires_in = 300, id_token = idToken, token_type = "Bearer" });
        }
    }
}
