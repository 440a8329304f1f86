using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Publishing.Tests;

/// <summary>What can go wrong with one request that posts.</summary>
internal enum Fault { None, CutBeforeApply, CutAfterApply, HalfAnswer, ErrorAfterApply, ErrorBeforeApply, AnswersLate, AppliesLate, TooMany, Busy, Refused, NoRight, Elsewhere }

/// <summary>The services around Publishing, over real HTTP: Drafting's packages, and Oversight's noticeboard with and without handles, which can be made to fail.</summary>
/// <remarks>The real ones are tested together with Publishing from end to end elsewhere.</remarks>
internal sealed class Neighbours : IAsyncDisposable
{
    public sealed record Posted(string Id, string Board, string? Handle, string Text, string Language, DateTimeOffset ReleasedAt)
    {
        public IReadOnlyList<MediaItem> Media { get; init; } = [];
        public IReadOnlyList<string> Links { get; init; } = [];

        [System.Text.Json.Serialization.JsonIgnore]
        public IReadOnlyList<byte[]> Pictures { get; init; } = [];
    }

    private sealed record Content(string Text, string Language, IReadOnlyList<Picture>? Media = null, IReadOnlyList<string>? Links = null)
    {
        public IReadOnlyList<MediaItem> Items => [.. (Media ?? []).Select(m => new MediaItem(m.Digest, m.Type, m.Bytes.Length, m.Alt))];

        public bool IsThatOf(Posted post) => post.Text == Text && post.Language == Language && post.Media.SequenceEqual(Items) && post.Links.SequenceEqual(Links ?? []);
    }

    private sealed record Picture(string Digest, string Type, string Alt, byte[] Bytes);

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, byte[]> packages = new();
    private readonly ConcurrentDictionary<string, byte[]> pictures = new();
    private readonly List<Posted> posts = [];
    private int calls;
    private int reads;
    private int misses;

    private Neighbours(WebApplication app) => this.app = app;

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>What the next requests that post meet, by the text; nothing when null.</summary>
    public Func<string, Fault>? Faults { get; set; }

    /// <summary>While true an account cannot be read.</summary>
    public bool CannotBeRead { get; set; }

    /// <summary>While true Drafting has no package.</summary>
    public bool ShelfClosed { get; set; }

    /// <summary>How long late answers and late effects take.</summary>
    public TimeSpan Late { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Requests that wanted to post.</summary>
    public int Calls => calls;

    /// <summary>Requests that read an account.</summary>
    public int Reads => reads;

    /// <summary>Times that a package was asked for and not there.</summary>
    public int Misses => misses;

    public IReadOnlyList<Posted> Posts
    {
        get
        {
            lock (posts) return [.. posts];
        }
    }

    public static async Task<Neighbours> OpenAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var neighbours = new Neighbours(app);
        app.MapGet("/api/drafting/packages/{digest}", neighbours.Package);
        app.MapGet("/api/drafting/media/{digest}", neighbours.PictureOf);
        var board = app.MapGroup("/api/oversight/noticeboard/{mission}");
        board.MapPut("posts/{handle}", neighbours.PutAsync);
        board.MapPost("posts", (string mission, HttpContext http) => neighbours.PutAsync(mission, null, http));
        board.MapGet("posts/{handle}", neighbours.One);
        board.MapGet("timeline", neighbours.Timeline);
        await app.StartAsync();
        return neighbours;
    }

    /// <summary>Puts a package where Drafting would give it out.</summary>
    public void Shelve(ReleasePackage package, byte[]? otherBytes = null) => packages[Examples.DigestOf(package)] = otherBytes ?? Examples.BytesOf(package);

    /// <summary>Puts a picture where Drafting would give it out, and answers how a package names it.</summary>
    public MediaItem Hang(byte[] bytes, string alt)
    {
        var item = Examples.Item(bytes, alt);
        pictures[item.Digest] = bytes;
        return item;
    }

    /// <summary>Puts a post there as if it had come some other way.</summary>
    public void Pin(string board, string? handle, string text, string language = "en", IReadOnlyList<string>? links = null) => Apply(board, handle, new(text, language, null, links));

    /// <summary>Takes a post away, as if it had never come.</summary>
    public void Unpin(string text)
    {
        lock (posts) posts.RemoveAll(p => p.Text == text);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult PictureOf(string digest)
    {
        if (pictures.TryGetValue(digest, out var bytes)) return Results.Bytes(bytes, "image/png");
        Interlocked.Increment(ref misses);
        return Results.StatusCode(503);
    }

    private IResult Package(string digest)
    {
        if (!ShelfClosed && packages.TryGetValue(digest, out var bytes)) return Results.Bytes(bytes, "application/json");
        Interlocked.Increment(ref misses);
        return Results.NotFound();
    }

    private async Task<IResult> PutAsync(string mission, string? handle, HttpContext http)
    {
        Interlocked.Increment(ref calls);
        if (!http.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.Ordinal)) return Results.Unauthorized();
        var content = (await http.Request.ReadFromJsonAsync<Content>())!;
        switch (Faults?.Invoke(content.Text) ?? Fault.None)
        {
            case Fault.CutBeforeApply: http.Abort(); return Results.Empty;
            case Fault.ErrorBeforeApply: return Results.Problem(statusCode: 500);
            case Fault.Refused: return Problem(422, "noticeboard.language");
            case Fault.NoRight: return Problem(403, "rights.no-appointment");
            case Fault.Elsewhere: return Results.Redirect($"/api/oversight/noticeboard/{mission}/posts", preserveMethod: true);
            case Fault.TooMany: return Later(http, 429, "limit.person");
            case Fault.Busy: return Later(http, 503, "limit.platform");
            case Fault.AppliesLate: await Task.Delay(Late); break;
            case Fault.CutAfterApply: Apply(mission, handle, content); http.Abort(); return Results.Empty;
            case Fault.ErrorAfterApply: Apply(mission, handle, content); return Results.Problem(statusCode: 500);
            case Fault.AnswersLate:
                var made = Apply(mission, handle, content);
                await Task.Delay(Late);
                return made;
            case Fault.HalfAnswer:
                Apply(mission, handle, content);
                (http.Response.StatusCode, http.Response.ContentLength) = (201, 100);
                await http.Response.WriteAsync("{\"id\":\"");
                http.Abort();
                return Results.Empty;
            default: break;
        }
        return Apply(mission, handle, content);
    }

    private IResult Apply(string board, string? handle, Content content)
    {
        lock (posts)
        {
            if (handle is not null && posts.FirstOrDefault(p => p.Board == board && p.Handle == handle) is { } there)
                return content.IsThatOf(there) ? Results.Ok(new { there.Id }) : Problem(409, "noticeboard.handle-taken");
            var made = new Posted(Guid.CreateVersion7().ToString(), board, handle, content.Text, content.Language, TimeProvider.System.Now)
            {
                Media = content.Items, Links = content.Links ?? [], Pictures = [.. (content.Media ?? []).Select(m => m.Bytes)],
            };
            posts.Add(made);
            return Results.Created($"/api/oversight/noticeboard/{board}/posts/{made.Id}", new { made.Id });
        }
    }

    private IResult One(string mission, string handle)
    {
        Interlocked.Increment(ref reads);
        if (CannotBeRead) return Results.Problem(statusCode: 500);
        return Posts.FirstOrDefault(p => p.Board == mission && p.Handle == handle) is { } post ? Results.Ok(post) : Results.NotFound();
    }

    private IResult Timeline(string mission, DateTimeOffset since, string? cursor = null)
    {
        Interlocked.Increment(ref reads);
        if (CannotBeRead) return Results.Problem(statusCode: 500);
        // Small pages, so that a reader who takes only the first is found out.
        var (all, from) = (Posts.Where(p => p.Board == mission && p.ReleasedAt >= since).ToList(), int.Parse(cursor ?? "0"));
        return Results.Ok(new { Items = all.Skip(from).Take(2), Next = from + 2 < all.Count ? (from + 2).ToString() : null });
    }

    private static IResult Later(HttpContext http, int status, string code)
    {
        http.Response.Headers.RetryAfter = "1";
        return Problem(status, code);
    }

    private static IResult Problem(int status, string code) => Results.Problem("No.", statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
