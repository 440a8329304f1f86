using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Drafting.Tests;

/// <summary>Gives out amended packages by digest over HTTP where Drafting expects Clearance.</summary>
internal sealed class ClearanceShelf : IAsyncDisposable
{
    /// <summary>By digest, so that all tests can share it.</summary>
    private static readonly ConcurrentDictionary<string, byte[]> Packages = new();

    private readonly WebApplication app;
    private int misses;

    private ClearanceShelf(WebApplication app) => this.app = app;

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>While true nothing is found, as if Clearance were a moment behind.</summary>
    public bool Closed { get; set; }

    public int Misses => misses;

    public static async Task<ClearanceShelf> OpenAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var shelf = new ClearanceShelf(app);
        app.MapGet("/api/clearance/packages/{digest}", shelf.Give);
        await app.StartAsync();
        return shelf;
    }

    /// <summary>Puts a package there and answers its digest and size.</summary>
    /// <param name="otherBytes">What is given out in its place.</param>
    public static (string Digest, int Bytes) Put(ReleasePackage package, byte[]? otherBytes = null)
    {
        var bytes = CanonicalJson.Serialize(package);
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        Packages[digest] = otherBytes ?? bytes;
        return (digest, bytes.Length);
    }

    private IResult Give(string digest)
    {
        if (!Closed && Packages.TryGetValue(digest, out var bytes)) return Results.Bytes(bytes, "application/json");
        Interlocked.Increment(ref misses);
        return Results.NotFound();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
