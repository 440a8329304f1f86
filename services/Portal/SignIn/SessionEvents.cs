using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.SignIn;

/// <summary>Keeps a session true: its token fresh, its person as Registry has them now. Signed out, it shows the way in, or keeps what was typed.</summary>
internal sealed class SessionEvents(Sessions sessions, RegistryApi registry, OidcFlow oidc, TimeProvider clock) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var now = clock.Now;
        if (!SessionTokens.IsTokenStale(context.Properties, now) && !SessionTokens.IsPersonStale(context.Properties, now)) return;

        var ct = context.HttpContext.RequestAborted;
        if (await sessions.ChangeAsync(context.Properties, ticket => FreshAsync(ticket, now, ct)) is { } fresh)
        {
            // Not ShouldRenew: that would let the session slide past its end.
            context.ReplacePrincipal(fresh.Principal);
            context.Properties.StoreTokens(fresh.Properties.GetTokens());
        }
        else
        {
            context.RejectPrincipal();
        }
    }

    /// <summary>To the sign-in page and back. A form that was sent is not sent away with nothing: its page says how to go on, and what was typed stands in it.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && !context.Request.Path.Value!.EndsWith(".atom", StringComparison.Ordinal))
            context.Response.Redirect($"/sign-in?to={Uri.EscapeDataString(context.Request.PathBase + context.Request.Path + context.Request.QueryString)}");
        else
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private async Task<AuthenticationTicket?> FreshAsync(AuthenticationTicket ticket, DateTimeOffset now, CancellationToken ct)
    {
        var properties = ticket.Properties.Clone();
        if (SessionTokens.IsTokenStale(properties, now))
        {
            if (await RenewedAsync(properties, ct) is not { } tokens) return null;
            SessionTokens.Put(properties, tokens, now);
        }
        if (!SessionTokens.IsPersonStale(properties, now)) return new(ticket.Principal, properties, ticket.AuthenticationScheme);
        try
        {
            var me = await registry.MeAsync(properties.GetTokenValue("access_token")!, ct);
            SessionTokens.PersonIsFresh(properties, now);
            return me is null ? null : new(Person.Principal(me), properties, ticket.AuthenticationScheme);
        }
        catch (ServiceRefusedException)
        {
            return null;
        }
        catch (ServiceAwayException)
        {
            return new(ticket.Principal, properties, ticket.AuthenticationScheme); // The other services still know the person's rights.
        }
    }

    private async Task<TokenAnswer?> RenewedAsync(AuthenticationProperties properties, CancellationToken ct)
    {
        try
        {
            return properties.Items.TryGetValue("card", out var card) ? await registry.TokenForCardAsync(card!, ct)
                : properties.GetTokenValue("refresh_token") is { } refresh ? await oidc.RenewAsync(refresh, ct)
                : null;
        }
        catch (ServiceAwayException)
        {
            return null;
        }
    }
}
