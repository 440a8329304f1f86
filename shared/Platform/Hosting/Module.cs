using MassTransit;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Messaging;

namespace WorkflowPlatform.Platform.Hosting;

/// <summary>A service as a part: alone in its own process, or beside the others in one.</summary>
public interface IModule
{
    /// <summary>The service's name: its settings, its routes <c>/api/name</c>, its queues <c>name.…</c>.</summary>
    string Name { get; }

    /// <summary>False for the portal, which keeps nothing and hears no messages.</summary>
    bool NeedsDatabase => true;

    void AddServices(ModuleBuilder module);

    /// <summary>Its routes under <c>/api/name</c>.</summary>
    void MapApi(RouteGroupBuilder api);

    /// <summary>Whatever it serves outside <c>/api</c>; only the portal does.</summary>
    void MapPages(IEndpointRouteBuilder app) { }

    /// <summary>Makes what others must have before anything starts, such as the public half of a key. Reads and writes no database: it may be the migrator's.</summary>
    Task PrepareAsync(IServiceProvider services, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Once, before the host takes requests and messages.</summary>
    Task StartAsync(IServiceProvider services, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>What a module says about itself while the host is built.</summary>
public sealed class ModuleBuilder(IServiceCollection services, IConfiguration configuration, string name, bool isDevelopment)
{
    public IServiceCollection Services { get; } = services;
    public IConfiguration Configuration { get; } = configuration;
    public string Name { get; } = name;
    public bool IsDevelopment { get; } = isDevelopment;

    /// <summary>Folder for keys, trust and SQLite files.</summary>
    public string DataFolder => Path.GetFullPath(Configuration["Data:Folder"] ?? "data");

    public Type? DatabaseType { get; private set; }

    internal List<ConsumerEntry> Consumers { get; } = [];

    /// <summary>Its database, with the relay that sends what is committed there.</summary>
    public ModuleBuilder Database<TDb>() where TDb : PlatformDb
    {
        DatabaseType = typeof(TDb);
        Services.AddKeyedSingleton(Name, (provider, _) => new Backend(ConnectionString(provider.GetRequiredService<IConfiguration>())));
        Services.AddKeyedSingleton(Name, (_, _) => new Wakeup());
        Services.AddKeyedSingleton(Name, (provider, key) => new SchemaRunner(provider.GetRequiredKeyedService<Backend>(key), typeof(TDb).Assembly));
        Services.AddPooledDbContextFactory<TDb>((provider, options) =>
        {
            provider.GetRequiredKeyedService<Backend>(Name).Configure(options);
            options.AddInterceptors(new WakeOnCommit(provider.GetRequiredKeyedService<Wakeup>(Name)));
        });
        Services.AddScoped(provider => (TDb)provider.GetRequiredService<IDbContextFactory<TDb>>().CreateDbContext().LentTo(provider.GetRequiredService<DataScope>()));
        Services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<Relay>(provider, Name, Own<Backend>(provider), Own<Wakeup>(provider)));
        Services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<Forgetting>(provider, Own<Backend>(provider)));
        if (Configuration["Broker:Url"] is null)
            Services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<Replay>(provider, Name, typeof(TDb), Own<Backend>(provider)));
        Services.AddHealthChecks().Add(new Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckRegistration(
            Name, provider => new DatabaseCheck(provider.GetRequiredKeyedService<Backend>(Name), provider.GetRequiredKeyedService<SchemaRunner>(Name)), null, null,
            timeout: TimeSpan.FromSeconds(3))); // Who asks wants an answer, above all when the database gives none.
        return this;
    }

    /// <summary>A consumer of messages, on the queue <c>name.consumer-name</c>.</summary>
    public ModuleBuilder Consumer<TConsumer>() where TConsumer : class, IConsumer
    {
        Consumers.Add(ConsumerEntry.For(Name, typeof(TConsumer), DatabaseType ?? throw new InvalidOperationException("Name the database before its consumers.")));
        return this;
    }

    /// <summary>A worker that runs beside the routes; <c>[FromKeyedServices]</c> gives it the module's database and bell.</summary>
    public ModuleBuilder Worker<TWorker>() where TWorker : class, IHostedService
    {
        Services.AddSingleton<TWorker>();
        Services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<TWorker>());
        return this;
    }

    /// <summary>An HTTP client, in the module's own name, for another service.</summary>
    public ModuleBuilder Calls(string service)
    {
        Services.AddServiceClient(Name, service);
        return this;
    }

    private T Own<T>(IServiceProvider provider) where T : notnull => provider.GetRequiredKeyedService<T>(Name);

    internal string ConnectionString(IConfiguration current) =>
        current[$"{Name}:Database"] ?? $"Data Source={Path.Combine(DataFolder, Name + ".db")}";
}
