using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace WorkflowPlatform.EndToEnd.Tests;

/// <summary>A collector that understands nothing and keeps every byte: OTLP over HTTP, where texts stand in the clear.</summary>
internal sealed class OtlpListener : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Signal, byte[] Bytes)> exports = new();

    private OtlpListener(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    public static async Task<OtlpListener> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var listener = new OtlpListener(builder.Build());
        listener.app.Urls.Add("http://127.0.0.1:0");
        listener.app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var bytes = new MemoryStream();
            await request.Body.CopyToAsync(bytes);
            listener.exports.Enqueue((signal, bytes.ToArray()));
            return Results.Ok();
        });
        await listener.app.StartAsync();
        return listener;
    }

    /// <summary>All that came so far of <c>traces</c>, <c>logs</c> or <c>metrics</c>.</summary>
    public byte[] Of(string signal) => [.. exports.Where(export => export.Signal == signal).SelectMany(export => export.Bytes)];

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
