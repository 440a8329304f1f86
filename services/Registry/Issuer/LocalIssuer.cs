using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.IdentityModel.Tokens;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Issuer;

/// <summary>Issues access tokens: to the services of its own process always; to people by card and to services by secret only in Development, on loopback, when switched on.</summary>
/// <remarks>Switched off it maps no route, and its key is never written down: what it signs is good for this process only.</remarks>
public sealed class LocalIssuer(IConfiguration configuration, IHostEnvironment environment, IServer server, InProcessIssuer inProcess, TimeProvider clock) : IDisposable
{
    public const string InProcessName = "urn:workflow-platform:in-process";

    private static readonly TimeSpan ForPeople = TimeSpan.FromHours(8); // A working day; rights are looked up anew with each request.
    private static readonly TimeSpan ForServices = TimeSpan.FromMinutes(10);

    private TokenKey? key;

    public bool Enabled => configuration.GetValue<bool>("Registry:LocalIssuer:Enabled");

    /// <summary>Its name in tokens and in the register. It does not change with the port.</summary>
    public string Name => configuration["Registry:LocalIssuer:Issuer"] ?? "urn:workflow-platform:local";

    public JsonWebKey PublicKey => Key.Public;

    private TokenKey Key => key ?? throw new InvalidOperationException("The issuer has not been started.");

    public static void Map(RouteGroupBuilder issuer)
    {
        var services = ((IEndpointRouteBuilder)issuer).ServiceProvider;
        if (!services.GetRequiredService<LocalIssuer>().Enabled || !services.GetRequiredService<IHostEnvironment>().IsDevelopment()) return;
        issuer.AllowAnonymous().ExcludeFromDescription().AddEndpointFilter(async (context, next) =>
            IsFromHere(context.HttpContext) ? await next(context) : TypedResults.NotFound());
        DescribeIssuer.Map(issuer);
        IssueToken.Map(issuer);
        ListCards.Map(issuer);
    }

    /// <exception cref="SettingsException">It is switched on where it may not run.</exception>
    public void Start()
    {
        if (Enabled && LocalIssuerRules.MayRun(environment.IsDevelopment(), Urls()) is { } refusal) throw new SettingsException(refusal.Detail);
        key = Enabled ? TokenKey.Kept(Path.Combine(Path.GetFullPath(configuration["Data:Folder"] ?? "data"), "keys", "issuer")) : TokenKey.Passing();
        inProcess.Offer(Enabled ? Name : InProcessName, [key.Public], service => MintForService($"service:{service}"));
    }

    /// <summary>The identity of a person who has no other; null while no cards are issued.</summary>
    public PersonIdentity? CardOf(string person) => Enabled ? new(Name, person) : null;

    public ServiceToken MintForPerson(string person) => Mint(person, "card", ForPeople);

    public ServiceToken MintForService(string subject) => Mint(subject, subject, ForServices);

    public void Dispose() => key?.Dispose();

    /// <summary>An access token after RFC 9068.</summary>
    private ServiceToken Mint(string subject, string client, TimeSpan lasts)
    {
        var now = clock.Now;
        var ends = DateTimeOffset.FromUnixTimeSeconds((now + lasts).ToUnixTimeSeconds());
        var head = Part(new { alg = SecurityAlgorithms.EcdsaSha256, kid = Key.Public.Kid, typ = "at+jwt" });
        var body = Part(new
        {
            iss = Enabled ? Name : InProcessName, sub = subject, aud = configuration["Identity:Audience"] ?? "workflow-platform", client_id = client,
            iat = now.ToUnixTimeSeconds(), exp = ends.ToUnixTimeSeconds(), jti = Guid.CreateVersion7(now),
        });
        var signature = Base64UrlEncoder.Encode(Key.Sign(System.Text.Encoding.ASCII.GetBytes($"{head}.{body}")));
        return new ServiceToken($"{head}.{body}.{signature}", ends);

        static string Part(object value) => Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(value));
    }

    /// <summary>Every address that the settings give this process, and its own name where that is one.</summary>
    private IEnumerable<string> Urls()
    {
        var urls = Parts("urls").ToList();
        if (urls.Count == 0) urls.AddRange(Parts("http_ports").Concat(Parts("https_ports")).Select(port => $"http://*:{port}"));
        urls.AddRange(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>());
        urls.AddRange(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        if (Name.StartsWith("http", StringComparison.OrdinalIgnoreCase)) urls.Add(Name);
        return urls;

        IEnumerable<string> Parts(string setting) => (configuration[setting] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>The second wall, should the host listen wider than its settings say, or a page on the web have its name resolved to this machine.</summary>
    private static bool IsFromHere(HttpContext context) =>
        LocalIssuerRules.IsLoopbackHost(context.Request.Host.Host) && (context.Connection.RemoteIpAddress is not { } remote || IPAddress.IsLoopback(remote));
}
