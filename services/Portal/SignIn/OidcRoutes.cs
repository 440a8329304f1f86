using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.SignIn;

/// <summary>The way to the identity provider and back: <c>/sign-in/start</c> and <c>/sign-in/callback</c>.</summary>
internal static class OidcRoutes
{
    private const string Cookie = "portal-trip";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in/start", StartAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/sign-in/callback", CallbackAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> StartAsync(HttpContext http, OidcFlow oidc, IConfiguration configuration, IHostEnvironment environment, string? to = null)
    {
        if (!oidc.IsSetUp) return TypedResults.NotFound();
        try
        {
            var (url, kept) = await oidc.StartAsync(PublicUrl.Of(configuration, http.Request, "/sign-in/callback"), LocalPath.Or(to, "/"), http.RequestAborted);
            // Lax, because the provider sends the browser back from another site.
            var cookie = new PageCookie(environment.IsDevelopment()) { Name = Cookie, HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/sign-in", MaxAge = TimeSpan.FromMinutes(10) };
            http.Response.Cookies.Append(Cookie, kept, cookie.Build(http));
            return TypedResults.Redirect(url);
        }
        catch (ServiceAwayException)
        {
            return TypedResults.Redirect("/sign-in?told=away");
        }
    }

    private static async Task<IResult> CallbackAsync(
        HttpContext http, OidcFlow oidc, RegistryApi registry, SessionStart sessions, string? state = null, string? code = null)
    {
        var ct = http.RequestAborted;
        http.Response.Cookies.Delete(Cookie, new CookieOptions { Path = "/sign-in" });
        try
        {
            if (await oidc.FinishAsync(http.Request.Cookies[Cookie], state, code, ct) is not var (tokens, to)) return TypedResults.Redirect("/sign-in?told=failed");
            return await sessions.BeginAsync(http, registry, tokens, card: null, ct) ? TypedResults.LocalRedirect(to) : TypedResults.Redirect("/sign-in?told=unknown");
        }
        catch (ServiceAwayException)
        {
            return TypedResults.Redirect("/sign-in?told=away");
        }
    }
}

/// <summary>Begins a session for a person that Registry knows.</summary>
internal sealed class SessionStart(TimeProvider clock)
{
    /// <summary>False when Registry knows nobody by this token.</summary>
    public async Task<bool> BeginAsync(HttpContext http, RegistryApi registry, TokenAnswer tokens, string? card, CancellationToken ct)
    {
        try
        {
            if (await registry.MeAsync(tokens.AccessToken, ct) is not { } me) return false;
            var ticket = SessionTokens.Ticket(Person.Principal(me), tokens, card, clock.Now);
            await Microsoft.AspNetCore.Authentication.AuthenticationHttpContextExtensions.SignInAsync(http, PortalModule.SessionScheme, ticket.Principal, ticket.Properties);
            return true;
        }
        catch (ServiceRefusedException)
        {
            return false;
        }
    }
}

/// <summary>Addresses as the outside knows them: <c>Portal:PublicUrl</c>, or as this request came.</summary>
internal static class PublicUrl
{
    public static string Of(IConfiguration configuration, HttpRequest request, string path) =>
        $"{configuration["Portal:PublicUrl"]?.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}"}{path}";
}

/// <summary>An address on this site and no other.</summary>
internal static class LocalPath
{
    public static string Or(string? path, string otherwise) =>
        path is ['/', ..] && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl) ? path : otherwise;
}
