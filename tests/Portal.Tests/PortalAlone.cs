using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WorkflowPlatform.Platform.Hosting;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>The portal in a host of its own, as in production, while no service answers.</summary>
public sealed class PortalAlone : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("workflow-platform-portal-").FullName;
    private WebApplication app = null!;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<PortalAlone> StartAsync(bool development = false, params (string Key, string? Value)[] settings)
    {
        var portal = new PortalAlone();
        var builder = ServiceHost.CreateBuilder(["--urls", "http://127.0.0.1:0", "--environment", development ? "Development" : "Production"]);
        var given = new Dictionary<string, string?> { ["Data:Folder"] = portal.folder };
        foreach (var service in Api.ServiceApis.Names) given[$"Services:{service}"] = "http://127.0.0.1:1"; // Nobody listens there.
        foreach (var (key, value) in settings) given[key] = value;
        builder.Configuration.AddInMemoryCollection(given);
        builder.Logging.ClearProviders();
        portal.app = ServiceHost.Build(builder, [new PortalModule()], PortalModule.SessionScheme);
        await portal.app.StartAsync();
        return portal;
    }

    public Visitor Visitor() => new(Address);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
