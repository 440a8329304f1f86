using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WorkflowPlatform.Platform.Messaging;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Platform.Hosting;

/// <summary>Builds and runs a host of one module, or of all of them in one process.</summary>
public static class ServiceHost
{
    /// <summary>The settings are not enough to start (sysexits.h, EX_CONFIG).</summary>
    public const int ExitConfiguration = 78;

    /// <summary>The database does not answer, or not this program (sysexits.h, EX_UNAVAILABLE).</summary>
    public const int ExitUnavailable = 69;

    /// <summary>One service in a process of its own. Answers the exit code.</summary>
    public static async Task<int> RunAsync(string[] args, IModule module)
    {
        var builder = CreateBuilder(args);
        if (MissingSettings(builder.Configuration, module) is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return ExitConfiguration;
        }
        try
        {
            if (args.Contains("--prepare")) return await PrepareAsync(builder, module);
            await using var app = Build(builder, [module], pages: null);
            if (!await StartModulesAsync(app, [module], migrate: false)) return ExitConfiguration;
            await app.RunAsync();
            return 0;
        }
        catch (DbException fault)
        {
            await Console.Error.WriteLineAsync($"{module.Name} cannot work with its database: {fault.Message} Look at {module.Name}:Database, and whether the server runs.");
            return ExitUnavailable;
        }
    }

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. args.Where(a => a != "--prepare")], ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => (kestrel.AddServerHeader, kestrel.Limits.MaxRequestBodySize) = (false, 256 * 1024));
        builder.Host.UseDefaultServiceProvider((context, options) => (options.ValidateScopes, options.ValidateOnBuild) = (context.HostingEnvironment.IsDevelopment(), true)); // Scopes are checked at each resolution: where it is developed and tested.
        return builder;
    }

    /// <param name="pages">The sign-in scheme for pages; null where none are served.</param>
    public static WebApplication Build(WebApplicationBuilder builder, IReadOnlyList<IModule> modules, string? pages)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.TryAddSingleton(TimeProvider.System); // The demonstration and the tests bring a clock of their own.
        services.AddHttpContextAccessor();
        services.AddHttpClient();
        services.AddHealthChecks();
        services.AddSingleton<ServiceAddresses>();
        services.AddSingleton<ServiceTokens>();
        services.ConfigureHttpJsonOptions(options => Json.ConfigureHttp(options.SerializerOptions));
        services.AddProblems();
        services.AddLimits(configuration);
        services.AddTokens(configuration, pages);
        services.AddRights();
        builder.AddTelemetry(modules.Count == 1 ? modules[0].Name : "standalone");

        var described = modules.Select(module =>
        {
            var part = new ModuleBuilder(services, configuration, module.Name, builder.Environment.IsDevelopment());
            module.AddServices(part);
            services.AddOpenApi(module.Name, options => ApiDocument.Configure(options, module.Name));
            return (Module: module, Part: part);
        }).ToList();
        if (described.Any(d => d.Part.DatabaseType is not null))
            services.AddBus(configuration, new ConsumerMap(described.SelectMany(d => d.Part.Consumers)));

        var app = builder.Build();
        app.UseProblems();
        app.UseRouting();
        app.UseBodyLimit();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseActors();
        app.UseAuthorization();
        app.UseBufferedCommands();
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        foreach (var (module, part) in described)
        {
            var api = app.MapGroup($"/api/{module.Name}").WithGroupName(module.Name);
            if (part.DatabaseType is { } database) api.WithMetadata(new RightsIn(database));
            api.AddEndpointFilter((context, next) =>
            {
                context.HttpContext.Response.Headers.CacheControl = "no-store";
                return next(context);
            });
            module.MapApi(api);
            module.MapPages(app);
        }
        return app;
    }

    /// <summary>Checks or brings the schemas, then lets each module prepare and start itself. False when a schema is too old, or a module will not start as it is set up: it has said why.</summary>
    public static async Task<bool> StartModulesAsync(WebApplication app, IReadOnlyList<IModule> modules, bool migrate, bool preparing = false)
    {
        foreach (var module in modules)
        {
            if (app.Services.GetKeyedService<SchemaRunner>(module.Name) is { } schema)
            {
                if (migrate) await schema.ApplyAsync(default);
                else if (!await schema.IsCurrentAsync(default))
                {
                    await Console.Error.WriteLineAsync($"The {module.Name} database does not bear this program's schema. Run this service once with --prepare.");
                    return false;
                }
            }
            try
            {
                await module.PrepareAsync(app.Services, default);
                if (!preparing) await module.StartAsync(app.Services, default);
            }
            catch (Exception fault) when (fault is SettingsException or KeyFileException)
            {
                await Console.Error.WriteLineAsync($"{module.Name} does not start. {fault.Message}");
                return false;
            }
        }
        return true;
    }

    /// <summary>Brings the schema and the broker's topology, before any service sends or listens. The module is not started: its data would be the migrator's.</summary>
    private static async Task<int> PrepareAsync(WebApplicationBuilder builder, IModule module)
    {
        builder.Configuration[Messaging.Bus.TopologyOnly] = "true";
        if (builder.Configuration[$"{module.Name}:MigratorDatabase"] is { } migrator) builder.Configuration[$"{module.Name}:Database"] = migrator;
        await using var app = Build(builder, [module], pages: null);
        if (!await StartModulesAsync(app, [module], migrate: true, preparing: true)) return ExitConfiguration;
        if (app.Services.GetService<IBusControl>() is { } bus)
        {
            await bus.StartAsync(TimeSpan.FromSeconds(60));
            await bus.StopAsync(TimeSpan.FromSeconds(60));
        }
        await Console.Out.WriteLineAsync($"{module.Name}: schema and topology are in place.");
        return 0;
    }

    private static string? MissingSettings(IConfiguration configuration, IModule module)
    {
        var missing = new[] { $"{module.Name}:Database", "Broker:Url" }.Where(key => module.NeedsDatabase && configuration[key] is null).ToList();
        return missing.Count == 0 ? null
            : $"{module.Name} runs alone only with a database and a broker. Set {string.Join(" and ", missing)} " +
              $"(as environment variables: {string.Join(", ", missing.Select(key => key.Replace(":", "__", StringComparison.Ordinal)))}), or run services/Standalone, which needs neither.";
    }
}
