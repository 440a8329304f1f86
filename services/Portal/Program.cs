using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.Portal;

if (args.Contains("--prepare"))
{
    Console.WriteLine("portal: it keeps nothing, so there is nothing to prepare.");
    return 0;
}

var builder = ServiceHost.CreateBuilder(args);
if (PortalModule.MissingSettings(builder.Configuration) is { } missing)
{
    await Console.Error.WriteLineAsync(missing);
    return ServiceHost.ExitConfiguration;
}

IModule[] modules = [new PortalModule()];
await using var app = ServiceHost.Build(builder, modules, PortalModule.SessionScheme);
await ServiceHost.StartModulesAsync(app, modules, migrate: false);
await app.RunAsync();
return 0;
