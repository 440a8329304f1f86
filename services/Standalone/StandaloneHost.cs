using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using WorkflowPlatform.Clearance;
using WorkflowPlatform.Drafting;
using WorkflowPlatform.Oversight;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.Portal;
using WorkflowPlatform.Publishing;
using WorkflowPlatform.Registry;
using WorkflowPlatform.Standalone.Demonstration;

namespace WorkflowPlatform.Standalone;

/// <summary>Every module in one process: SQLite files under one folder, the in-memory bus, and the portal.</summary>
public static class StandaloneHost
{
    public static IReadOnlyList<IModule> Modules() =>
        [new RegistryModule(), new DraftingModule(), new ClearanceModule(), new PublishingModule(), new OversightModule(), new PortalModule()];

    public static async Task<int> RunAsync(string[] args)
    {
        var started = Stopwatch.GetTimestamp();
        var builder = ServiceHost.CreateBuilder(args);
        var folder = Path.GetFullPath(builder.Configuration["Data:Folder"] ?? "data");
        using var folderLock = FileLock.TryTake(folder);
        if (folderLock is null) return await RefuseAsync($"Another process works on {folder}. Stop it, or set Data:Folder (Data__Folder) to another folder.");

        var demonstration = DemonstrationMaker.IfWanted(builder, folder);
        // What goes wrong in the demonstration's hundred days is part of it.
        if (demonstration is not null) builder.Logging.AddFilter((_, _, level) => level >= (demonstration.IsMade ? LogLevel.Warning : LogLevel.Critical));
        await using var app = Build(builder, demonstration?.Clock);
        if (!await StartAsync(app, folder)) return ServiceHost.ExitConfiguration;
        try
        {
            await app.StartAsync();
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException or SocketException)
        {
            return await RefuseAsync($"{taken.Message} Choose another port, for example: --urls http://localhost:5081 (or ASPNETCORE_URLS).");
        }
        if (demonstration is not null) await demonstration.MakeAsync(Address(app), app.Lifetime.ApplicationStopping);
        Welcome(app, Stopwatch.GetElapsedTime(started));
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <param name="clock">A clock other than the system's.</param>
    public static WebApplication Build(WebApplicationBuilder builder, TimeProvider? clock)
    {
        if (clock is not null) builder.Services.AddSingleton(clock);
        // The cards and their issuer exist in Development only, and Registry refuses them beyond loopback.
        if (builder.Environment.IsDevelopment()) builder.Configuration["Registry:LocalIssuer:Enabled"] ??= "true";
        return ServiceHost.Build(builder, Modules(), PortalModule.SessionScheme);
    }

    /// <summary>Brings the schemas and lets the modules prepare; hands Publishing the public half of Clearance's key.</summary>
    public static async Task<bool> StartAsync(WebApplication app, string folder)
    {
        if (!await ServiceHost.StartModulesAsync(app, Modules(), migrate: true)) return false;
        var trust = app.Configuration["Publishing:Trust"] ?? Path.Combine(folder, "trust", "permit");
        Directory.CreateDirectory(trust);
        foreach (var key in Directory.GetFiles(app.Configuration["Clearance:PermitKeys"] ?? Path.Combine(folder, "keys", "permit"), "*.pub.pem"))
            File.Copy(key, Path.Combine(trust, Path.GetFileName(key)), overwrite: true);
        return true;
    }

    private static async Task<int> RefuseAsync(string words)
    {
        await Console.Error.WriteLineAsync(words);
        return ServiceHost.ExitConfiguration;
    }

    internal static string Address(WebApplication app) => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private static void Welcome(WebApplication app, TimeSpan took)
    {
        var (address, signIn) = (Address(app), app.Environment.IsDevelopment() || app.Configuration["Portal:Oidc:Issuer"] is not null);
        Console.WriteLine($"""

            WorkflowPlatform is ready after {took.TotalSeconds:0.0} s.

              Portal       {address}/
              Noticeboard  {address}/noticeboard
              API          {address}/openapi/drafting.json (registry, drafting, clearance, publishing, oversight)
              Health       {address}/health/ready
              Data         {Path.GetFullPath(app.Configuration["Data:Folder"] ?? "data")}

            Clearance's key and Publishing's trust lie in one process here: that separates nothing. Run them apart in earnest (deploy/README.md).
            """);
        if (!signIn)
            Console.WriteLine("""
                Nobody can sign in yet: this is not Development, so there are no cards. Set your identity provider:
                  Identity:Issuers:0:Issuer and Identity:Issuers:0:Metadata   (whose access tokens the API takes)
                  Portal:Oidc:Issuer, Metadata, ClientId, ClientSecret        (where the portal sends people to sign in)
                """);
        if (app.Environment.IsDevelopment()) Console.WriteLine("Ctrl+C stops it. Everything is kept.");
    }
}
