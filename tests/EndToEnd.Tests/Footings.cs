using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Standalone;

namespace WorkflowPlatform.EndToEnd.Tests;

/// <summary>The whole platform on one of its footings, with a ministry set up in it; all gone when the test ends.</summary>
public interface IFooting : IAsyncDisposable
{
    Uri AddressOf(string service);

    Task<Backend> DatabaseOf(string service);
}

/// <summary>Every module in this process, as <c>services/Standalone</c> runs them.</summary>
public sealed class OneProcess : IFooting
{
    private readonly Backends backends;
    private readonly WebApplication app;

    private OneProcess(Backends backends, WebApplication app) => (this.backends, this.app) = (backends, app);

    public IServiceProvider Services => app.Services;

    /// <summary>Keys, trust and databases.</summary>
    public string Folder => backends.Folder;

    public static async Task<OneProcess> StartAsync(IReadOnlyList<MissionLine> missions, params (string Name, string Value)[] settings)
    {
        var backends = new Backends(Store.Sqlite);
        var seed = MinistryFiles.Write(Path.Combine(backends.Folder, "seed"), missions);
        var builder = ServiceHost.CreateBuilder(["--urls", "http://127.0.0.1:0", "--environment", "Development"]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Data:Folder"] = backends.Folder, ["Demonstration:Enabled"] = "false", ["Clearance:UndoSeconds"] = "0",
            ["Registry:Seed:Missions"] = seed.Missions, ["Registry:Seed:People"] = seed.People,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        builder.Logging.ClearProviders().AddProvider(new LogBook()).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        var app = StandaloneHost.Build(builder, clock: null);
        (await StandaloneHost.StartAsync(app, backends.Folder)).ShouldBeTrue();
        await app.StartAsync();
        return new OneProcess(backends, app);
    }

    public Uri AddressOf(string service) => new(app.Urls.First());

    public Task<Backend> DatabaseOf(string service) => backends.OpenAsync(service);

    public async ValueTask DisposeAsync()
    {
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30))) await app.StopAsync(limit.Token);
        await app.DisposeAsync();
        await backends.DisposeAsync();
    }
}

/// <summary>Each service a process of its own, over PostgreSQL and RabbitMQ.</summary>
public sealed class ManyProcesses : IFooting
{
    private readonly Backends backends;
    private readonly TestBroker broker;
    private readonly SeparateServices services;

    private ManyProcesses(Backends backends, TestBroker broker, SeparateServices services) => (this.backends, this.broker, this.services) = (backends, broker, services);

    /// <summary>Data, logs and the processes themselves.</summary>
    public SeparateServices Services => services;

    public TestBroker Broker => broker;

    /// <param name="settings">Told to the services before they start.</param>
    public static async Task<ManyProcesses> StartAsync(IReadOnlyList<MissionLine> missions, Action<SeparateServices>? settings = null)
    {
        var broker = await TestBroker.CreateAsync();
        var backends = new Backends(Store.Postgres);
        var seed = MinistryFiles.Write(Path.Combine(backends.Folder, "seed"), missions);
        var services = await SeparateServices.PrepareAsync(backends.Folder, backends.ForAsync, broker.Url, seed);
        settings?.Invoke(services);
        var footing = new ManyProcesses(backends, broker, services);
        try
        {
            await services.StartAllAsync();
            return footing;
        }
        catch
        {
            await footing.DisposeAsync();
            throw;
        }
    }

    public Uri AddressOf(string service) => services.AddressOf(service);

    public Task<Backend> DatabaseOf(string service) => backends.OpenAsync(service);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        foreach (var service in SeparateServices.Names) TestContext.Current.TestOutputHelper?.WriteLine($"{service}: {services.Tail(service)}");
        await broker.DisposeAsync();
        await backends.DisposeAsync();
    }
}
