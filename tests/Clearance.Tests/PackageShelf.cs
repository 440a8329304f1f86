using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Clearance.Tests;

/// <summary>Gives out packages by digest over HTTP where Clearance expects Drafting; the two together are tested from end to end elsewhere.</summary>
internal sealed class PackageShelf : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, byte[]> packages = new();

    private readonly ConcurrentDictionary<string, byte[]> pictures = new();

    private int turnedAway;

    private PackageShelf(WebApplication app) => this.app = app;

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>While true nothing is found, as if Drafting were a moment behind.</summary>
    public bool Closed { get; set; }

    /// <summary>While true it answers as a service does that cannot work just now, and counts.</summary>
    public bool Down { get; set; }

    public int TurnedAway => turnedAway;

    public static async Task<PackageShelf> OpenAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var shelf = new PackageShelf(app);
        app.MapGet("/api/drafting/packages/{digest}", (string digest) =>
            shelf.Down ? shelf.TurnAway() : !shelf.Closed && shelf.packages.TryGetValue(digest, out var bytes) ? Results.Bytes(bytes, "application/json") : Results.NotFound());
        app.MapGet("/api/drafting/media/{digest}", (string digest) =>
            shelf.pictures.TryGetValue(digest, out var bytes) ? Results.Bytes(bytes, "image/png") : shelf.TurnAway());
        await app.StartAsync();
        return shelf;
    }

    /// <summary>Puts a package there and answers the fact that tells of it.</summary>
    public PackageSubmitted Submit(ReleasePackage package, byte[]? otherBytes = null)
    {
        var digest = Examples.DigestOf(package);
        var bytes = CanonicalJson.Serialize(package);
        packages[digest] = otherBytes ?? bytes;
        return new PackageSubmitted(
            package.DraftId, 2, digest, bytes.Length, package.Mission, package.Account, package.Network, package.Lane, package.Language,
            package.NotBefore, package.NotAfter, package.Local, package.Zone, package.Contributors, package.SubmittedBy, package.SubmittedAt);
    }

    /// <summary>Puts a picture there, and answers how a package names it.</summary>
    public MediaItem Hang(byte[] bytes, string alt, byte[]? otherBytes = null)
    {
        var digest = WorkflowPlatform.Testing.Pictures.DigestOf(bytes);
        pictures[digest] = otherBytes ?? bytes;
        return new MediaItem(digest, "image/png", bytes.Length, alt);
    }

    private IResult TurnAway()
    {
        Interlocked.Increment(ref turnedAway);
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
