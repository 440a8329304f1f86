using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace WorkflowPlatform.Platform.Identity;

/// <summary>Accepts access tokens of the configured issuers. A token says who; rights come from appointments.</summary>
public static class Authentication
{
    /// <summary>Chooses the scheme by path: a bearer token for <c>/api</c>, the cookie for pages where a portal runs.</summary>
    public const string ByPath = "by-path";

    private const string Bearer = "bearer";

    /// <param name="pages">The scheme for everything that is not <c>/api</c>; null where no pages are served.</param>
    public static AuthenticationBuilder AddTokens(this IServiceCollection services, IConfiguration configuration, string? pages)
    {
        services.AddSingleton<InProcessIssuer>();
        var issuers = configuration.GetSection("Identity:Issuers").GetChildren().Select((section, n) => (Scheme: $"{Bearer}:{n}", Section: section)).ToList();
        var authentication = services.AddAuthentication(options => options.DefaultScheme = ByPath)
            .AddPolicyScheme(ByPath, null, options => options.ForwardDefaultSelector = context =>
                pages is not null && !context.Request.Path.StartsWithSegments("/api") ? pages : SchemeFor(context, issuers))
            .AddJwtBearer(Bearer, options => options.Events = Told());
        foreach (var (scheme, section) in issuers)
        {
            authentication.AddJwtBearer(scheme, options => options.Events = Told());
            services.AddOptions<JwtBearerOptions>(scheme).Configure<TimeProvider>((options, clock) =>
            {
                options.MetadataAddress = section["Metadata"]!;
                options.RequireHttpsMetadata = options.MetadataAddress?.StartsWith("http://127.0.0.1", StringComparison.Ordinal) != true;
                Expect(options, configuration, section["Issuer"]!, clock);
            });
        }
        services.AddOptions<JwtBearerOptions>(Bearer).Configure<TimeProvider, InProcessIssuer>((options, clock, local) =>
        {
            Expect(options, configuration, "", clock);
            options.TokenValidationParameters.IssuerValidator = (issuer, _, _) =>
                issuer == local.Issuer ? issuer : throw new SecurityTokenInvalidIssuerException("unknown issuer");
            options.TokenValidationParameters.IssuerSigningKeyResolver = (_, _, _, _) => local.Keys;
        });
        return authentication;
    }

    private static string SchemeFor(HttpContext context, List<(string Scheme, IConfigurationSection Section)> issuers)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (issuers.Count == 0 || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return Bearer;
        // Read without trust, only to find whose keys are to check it.
        var issuer = TryIssuer(header["Bearer ".Length..].Trim());
        return issuers.FirstOrDefault(i => i.Section["Issuer"] == issuer).Scheme ?? Bearer;
    }

    private static string? TryIssuer(string token)
    {
        try
        {
            return new JsonWebToken(token).Issuer;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static void Expect(JwtBearerOptions options, IConfiguration configuration, string issuer, TimeProvider clock)
    {
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = configuration["Identity:Audience"] ?? "workflow-platform",
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
            ValidTypes = configuration.GetSection("Identity:TokenTypes").Get<string[]>() ?? ["at+jwt", "JWT"],
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            NameClaimType = "sub",
            LifetimeValidator = (from, to, _, _) => Lasts(from, to, clock),
        };
    }

    private static bool Lasts(DateTime? from, DateTime? to, TimeProvider clock)
    {
        var (now, skew) = (clock.GetUtcNow().UtcDateTime, TimeSpan.FromSeconds(30));
        return to is { } end && now < end + skew && (from is null || now > from - skew);
    }

    private static JwtBearerEvents Told() => new()
    {
        OnChallenge = async context =>
        {
            context.HandleResponse();
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await (context.AuthenticateFailure switch
            {
                null => MissingToken,
                SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException => ExpiredToken,
                _ => InvalidToken,
            }).ToProblem().ExecuteAsync(context.HttpContext);
        },
    };

    public static readonly Refusal MissingToken = new("token.missing", "Sign in: this needs an access token.", 401);
    public static readonly Refusal ExpiredToken = new("token.expired", "Your access token has run out or is not valid yet. Sign in again.", 401);
    public static readonly Refusal InvalidToken = new("token.invalid", "The access token was not issued or signed by anybody this platform trusts.", 401);
}
