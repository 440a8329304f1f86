using System.Net;
using System.Net.Sockets;

namespace WorkflowPlatform.Testing;

/// <summary>The platform as separate processes: one for each service, on loopback ports of their own, over databases and a broker that whoever asks has made.</summary>
public sealed class SeparateServices : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Names = ["registry", "drafting", "clearance", "publishing", "oversight"];

    /// <summary>The host of one service that a test can kill at a step; it lies beside the program that refers to it.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "WorkflowPlatform.ServiceProcess.dll");

    private readonly Dictionary<string, ChildProcess> running = [];
    private readonly Dictionary<string, Uri> addresses = Names.ToDictionary(name => name, _ => FreeAddress());
    private readonly Dictionary<string, string> connections = [];
    private readonly Uri broker;
    private readonly string secret = Guid.CreateVersion7().ToString("N");

    private SeparateServices(string folder, Uri broker) => (Folder, this.broker) = (folder, broker);

    /// <summary>Data and logs.</summary>
    public string Folder { get; }

    /// <summary>Settings for one service beside those it needs, as environment variables; they hold from its next start.</summary>
    public Dictionary<(string Service, string Name), string> Settings { get; } = [];

    public Uri AddressOf(string service) => addresses[service];

    /// <summary>Brings schemas and topology and hands over the permit key, so that everything can be started.</summary>
    public static async Task<SeparateServices> PrepareAsync(string folder, Func<string, Task<string>> connectionOf, Uri broker, (string Missions, string People) seed)
    {
        var services = new SeparateServices(folder, broker);
        foreach (var name in Names) services.connections[name] = await connectionOf(name);
        services.Settings[("registry", "Registry__Seed__Missions")] = seed.Missions;
        services.Settings[("registry", "Registry__Seed__People")] = seed.People;
        services.Settings[("clearance", "Clearance__UndoSeconds")] = "0";
        Directory.CreateDirectory(folder);
        await Task.WhenAll(Names.Select(services.PrepareAsync));
        var trust = Directory.CreateDirectory(Path.Combine(services.DataOf("publishing"), "trust", "permit")).FullName;
        foreach (var key in Directory.GetFiles(Path.Combine(services.DataOf("clearance"), "keys", "permit"), "*.pub.pem"))
            File.Copy(key, Path.Combine(trust, Path.GetFileName(key)));
        return services;
    }

    public async Task StartAllAsync()
    {
        foreach (var name in Names) Start(name);
        foreach (var name in Names) await ReadyAsync(name);
    }

    public void Start(string service) => running[service] = ChildProcess.Start(
        Program, [service, "--until-input-ends", "--urls", addresses[service].ToString().TrimEnd('/')], SettingsOf(service), LogOf(service));

    /// <summary>Until it says that it can do its work; a process that ended instead is a failure.</summary>
    public async Task ReadyAsync(string service)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.Be(async () =>
        {
            if (running[service].HasExited) return true;
            using var response = await http.GetAsync(new Uri(addresses[service], "/health/ready"));
            return response.IsSuccessStatusCode;
        }, TimeSpan.FromMinutes(2), $"{service} is ready");
        if (running[service].HasExited) throw new InvalidOperationException($"{service} ended with {running[service].ExitCode}: {Tail(service)}");
    }

    public ChildProcess this[string service] => running[service];

    /// <summary>Kills itself when it passes a step for the n-th time from now.</summary>
    public Task FailAtAsync(string service, string step, int time) => running[service].TellAsync($"fail-at {step} {time}");

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(running.Values.Select(process => process.DisposeAsync().AsTask()));
    }

    /// <summary>A loopback address that nobody listens on.</summary>
    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    private string DataOf(string service) => Path.Combine(Folder, "data", service);

    private string LogOf(string service) => Path.Combine(Folder, $"{service}.log");

    /// <summary>The last lines that a service wrote.</summary>
    public string Tail(string service) => string.Join(Environment.NewLine, File.ReadLines(LogOf(service)).TakeLast(30));

    private async Task PrepareAsync(string service)
    {
        await using var process = ChildProcess.Start(Program, [service, "--until-input-ends", "--prepare"], SettingsOf(service), LogOf(service));
        if (!await process.EndsWithinAsync(TimeSpan.FromMinutes(2)) || process.ExitCode != 0)
            throw new InvalidOperationException($"{service} could not be prepared: {Tail(service)}");
    }

    private Dictionary<string, string> SettingsOf(string service)
    {
        var issuer = new Uri(addresses["registry"], "/api/registry/issuer").ToString();
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Data__Folder"] = DataOf(service), ["Broker__Url"] = broker.ToString(),
            [$"{service}__Database"] = connections[service],
            ["Identity__Issuers__0__Issuer"] = issuer, ["Identity__Issuers__0__Services"] = "true", ["Identity__Issuers__0__Metadata"] = $"{issuer}/.well-known/openid-configuration",
            ["Identity__Service__TokenEndpoint"] = $"{issuer}/token", ["Identity__Service__ClientId"] = $"service:{service}", ["Identity__Service__ClientSecret"] = secret,
            ["Logging__LogLevel__Default"] = "Warning",
        };
        foreach (var (name, address) in addresses) settings[$"Services__{name}"] = address.ToString();
        if (service == "registry")
        {
            (settings["Registry__LocalIssuer__Enabled"], settings["Registry__LocalIssuer__Issuer"]) = ("true", issuer);
            foreach (var (i, client) in new[] { "drafting", "clearance", "publishing" }.Index())
                (settings[$"Registry__LocalIssuer__Clients__{i}__Id"], settings[$"Registry__LocalIssuer__Clients__{i}__Secret"]) = ($"service:{client}", secret);
        }
        foreach (var ((owner, name), value) in Settings)
            if (owner == service) settings[name] = value;
        return settings;
    }
}
