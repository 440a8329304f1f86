using System.Net;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>Where an issuer may run that lets anybody be anybody: in Development, on this machine, nowhere else.</summary>
public static class LocalIssuerRules
{
    /// <param name="urls">Every address that the settings name for this process.</param>
    public static Refusal? MayRun(bool isDevelopment, IEnumerable<string> urls)
    {
        if (!isDevelopment) return OnlyInDevelopment;
        return urls.FirstOrDefault(url => !IsLoopback(url)) is { } open ? OnlyOnLoopback(open) : null;
    }

    /// <summary>Kestrel takes every host name that it does not know for "all addresses", so only names that are surely this machine pass.</summary>
    public static bool IsLoopback(string url) => Uri.TryCreate(url.Trim(), UriKind.Absolute, out var uri) && IsLoopbackHost(uri.Host);

    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);

    public static readonly Refusal OnlyInDevelopment = new(
        "issuer.environment",
        "Registry:LocalIssuer:Enabled is true, and this is not the Development environment. The local issuer lets anybody sign in as anybody: " +
        "set it to false, and name your identity provider under Identity:Issuers.");

    public static Refusal OnlyOnLoopback(string url) => new(
        "issuer.loopback",
        $"Registry:LocalIssuer:Enabled is true, and {url} can be reached from other machines. The local issuer lets anybody sign in as anybody: " +
        "listen on http://127.0.0.1 only, or set it to false.");
}
