using System.Net;

namespace WorkflowPlatform.Portal.SignIn;

/// <summary>A cookie that travels encrypted only; except in Development between two ends of one machine.</summary>
/// <remarks>It does not ask whether this request came over TLS: behind a proxy that ends TLS, none does, and the cookie must be secure all the same.</remarks>
internal sealed class PageCookie(bool isDevelopment) : CookieBuilder
{
    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = context.Request.IsHttps || !(isDevelopment && IsLoopback(context.Connection));
        return options;
    }

    /// <summary>Without addresses it is a test host, which is the same machine.</summary>
    private static bool IsLoopback(ConnectionInfo connection) =>
        connection.LocalIpAddress is null || (IPAddress.IsLoopback(connection.LocalIpAddress) && (connection.RemoteIpAddress is null || IPAddress.IsLoopback(connection.RemoteIpAddress)));
}
