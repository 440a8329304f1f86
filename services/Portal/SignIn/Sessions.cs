using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.SignIn;

/// <summary>Keeps who is signed in, with their tokens, on this side: the cookie holds nothing but a number that means something only here.</summary>
/// <remarks>In memory, so a restart signs everybody out; what they were writing is in their page, and the page says so.</remarks>
internal sealed class Sessions(TimeProvider clock) : ITicketStore
{
    private const string Key = "session";

    private readonly ConcurrentDictionary<string, Session> sessions = new(StringComparer.Ordinal);

    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var now = clock.Now;
        foreach (var (old, session) in sessions)
            if (session.Ticket.Properties.ExpiresUtc <= now) sessions.TryRemove(old, out _);

        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        ticket.Properties.Items[Key] = key;
        sessions[key] = new Session(ticket);
        return Task.FromResult(key);
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        ticket.Properties.Items[Key] = key;
        sessions[key] = new Session(ticket);
        return Task.CompletedTask;
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        var found = sessions.TryGetValue(key, out var session) && session.Ticket.Properties.ExpiresUtc > clock.Now;
        return Task.FromResult(found ? session!.Ticket.Clone() : null); // Its own copy: pages load at the same time.
    }

    public Task RemoveAsync(string key)
    {
        sessions.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    /// <summary>Changes one session, one change at a time: two pages loaded at once must not both use up one refresh token.</summary>
    /// <param name="change">Takes the ticket as it is now, answers the one to keep; null ends the session.</param>
    public async Task<AuthenticationTicket?> ChangeAsync(AuthenticationProperties properties, Func<AuthenticationTicket, Task<AuthenticationTicket?>> change)
    {
        if (properties.GetString(Key) is not { } key || !sessions.TryGetValue(key, out var session)) return null;
        await session.Turn.WaitAsync();
        try
        {
            var changed = await change(session.Ticket);
            if (changed is null) sessions.TryRemove(key, out _);
            else session.Ticket = changed;
            return changed;
        }
        finally
        {
            session.Turn.Release();
        }
    }

    private sealed class Session(AuthenticationTicket ticket)
    {
        public AuthenticationTicket Ticket { get; set; } = ticket;
        public SemaphoreSlim Turn { get; } = new(1);
    }
}

/// <summary>What a session holds beside the person.</summary>
internal static class SessionTokens
{
    /// <summary>As long as a working day, and no longer: it does not slide.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    private const string Checked = "checked";

    public static AuthenticationTicket Ticket(ClaimsPrincipal principal, TokenAnswer tokens, string? card, DateTimeOffset now)
    {
        var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + Lifetime, AllowRefresh = false, IsPersistent = false };
        if (card is not null) properties.Items["card"] = card;
        Put(properties, tokens, now);
        properties.Items[Checked] = now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new(principal, properties, PortalModule.SessionScheme);
    }

    public static void Put(AuthenticationProperties properties, TokenAnswer tokens, DateTimeOffset now)
    {
        var refresh = tokens.RefreshToken ?? properties.GetTokenValue("refresh_token");
        var expires = now.AddSeconds(tokens.ExpiresIn ?? 300).ToString("o", System.Globalization.CultureInfo.InvariantCulture);
        List<AuthenticationToken> kept = [new() { Name = "access_token", Value = tokens.AccessToken }, new() { Name = "expires_at", Value = expires }];
        if (refresh is not null) kept.Add(new() { Name = "refresh_token", Value = refresh });
        properties.StoreTokens(kept);
    }

    public static bool IsTokenStale(AuthenticationProperties properties, DateTimeOffset now) =>
        !DateTimeOffset.TryParse(properties.GetTokenValue("expires_at"), System.Globalization.CultureInfo.InvariantCulture, out var end) || end < now + TimeSpan.FromSeconds(60);

    public static bool IsPersonStale(AuthenticationProperties properties, DateTimeOffset now) =>
        !long.TryParse(properties.GetString(Checked), out var at) || DateTimeOffset.FromUnixTimeSeconds(at) < now - TimeSpan.FromSeconds(60);

    public static void PersonIsFresh(AuthenticationProperties properties, DateTimeOffset now) =>
        properties.Items[Checked] = now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
