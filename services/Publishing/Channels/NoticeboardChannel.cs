using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Publishing.Domain;

namespace WorkflowPlatform.Publishing.Channels;

/// <summary>The built-in noticeboard: a network like any other, reached over HTTP only. Class A with our own handles; without them class B.</summary>
internal sealed partial class NoticeboardChannel(Settings settings, ServiceAddresses addresses, ServiceTokens tokens, IHttpClientFactory http, TimeProvider clock) : IChannel
{
    private const string Network = "noticeboard";

    /// <summary>How far the clocks of the two sides may lie apart when a timeline is read.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(1);

    // After a call that did not come through, reach it by a read before the next call is risked.
    private volatile bool doubtful;

    public ChannelCapability Capability => new(Network, settings.NoticeboardHandles ? ReadBackClass.Handle : ReadBackClass.Timeline, LongestText: 20_000, MostPictures: 4, LargestPicture: 2 * 1024 * 1024);

    public async Task PrepareAsync(ChannelPost post, CancellationToken ct)
    {
        await tokens.ForAsync("publishing", ct);
        if (!doubtful) return;
        using var client = Reader();
        using var response = await client.GetAsync(Board(post, $"timeline?since={Instant(clock.Now)}"), ct);
        if ((int)response.StatusCode >= 500) throw new HttpRequestException("The noticeboard does not serve.", null, response.StatusCode);
        doubtful = false;
    }

    public async Task<CallOutcome> PostAsync(ChannelPost post, DateTimeOffset deadline)
    {
        var gate = new CallGate(clock, deadline);
        try
        {
            using var limit = new CancellationTokenSource(gate.Left, clock);
            using var client = new HttpClient(OneConnection(gate)) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 256 * 1024 };
            using var request = Handles ? new HttpRequestMessage(HttpMethod.Put, PostOf(post)) : new HttpRequestMessage(HttpMethod.Post, Board(post, "posts"));
            (request.Version, request.VersionPolicy) = (HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact);
            request.Headers.ConnectionClose = true;
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.ForAsync("publishing", limit.Token));
            request.Content = JsonContent.Create(new Sent(post.Text, post.Language, [.. post.Media.Zip(post.Pictures, (m, bytes) => new SentPicture(m.Digest, m.Type, m.Alt, bytes))], post.Links), options: Json.Storage);
            using var response = await client.SendAsync(request, limit.Token);
            return await OutcomeAsync(response, limit.Token);
        }
        catch (Exception fault)
        {
            doubtful = true;
            return gate.CloseUnused() ? new CallOutcome.NotApplied("unreachable", null) : new CallOutcome.Unknown(fault.GetType().Name);
        }
    }

    public async Task<ReadBack> ReadBackAsync(ChannelPost post, DateTimeOffset since, CancellationToken ct)
    {
        if (!Handles)
        {
            var same = (await TimelineAsync(post, since - ClockMargin, ct))
                .Where(item => item.Text == post.Text && item.Encloses(post)).Select(item => item.Id).ToList();
            return same.Count > 0 ? new ReadBack.Found(same) : new ReadBack.Absent();
        }
        using var client = Reader();
        using var response = await client.GetAsync(PostOf(post), ct);
        if (response.StatusCode is HttpStatusCode.NotFound) return new ReadBack.Absent();
        response.EnsureSuccessStatusCode();
        var there = (await response.Content.ReadFromJsonAsync<Item>(Json.Storage, ct))!;
        return there.Text == post.Text && there.Language == post.Language && there.Encloses(post) ? new ReadBack.Found([there.Id]) : new ReadBack.OtherText();
    }

    private async Task<CallOutcome> OutcomeAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created)
            return await response.Content.ReadFromJsonAsync<Posted>(Json.Storage, ct) is { Id: { Length: > 0 } receipt }
                ? new CallOutcome.Published(receipt)
                : new CallOutcome.Unknown("no receipt");
        var code = await CodeAsync(response, ct) ?? $"http-{status}";
        return status switch
        {
            // They say something about us, not about the post: our key may be new to them.
            401 or 403 => new CallOutcome.NotApplied(code, null),
            429 when RetryAfter(response) is { } wait => new CallOutcome.NotApplied(code, wait),
            // Whatever stands in between may say 503 after the post was made: believed where a repetition is harmless, or where the platform itself says so.
            503 when RetryAfter(response) is { } wait && (Handles || code == "limit.platform") => new CallOutcome.NotApplied(code, wait),
            >= 400 and < 500 and not 408 and not 409 and not 429 => new CallOutcome.Rejected(code),
            _ => new CallOutcome.Unknown(code),
        };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } seconds } => seconds,
        { Date: { } date } => date - clock.Now,
        _ => null,
    };

    /// <summary>The problem's code; never its words, which may repeat the text.</summary>
    private static async Task<string?> CodeAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            var code = (await response.Content.ReadFromJsonAsync<Problem>(Json.Storage, ct))?.Code;
            return code is not null && Plain().IsMatch(code) ? code : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<Item>> TimelineAsync(ChannelPost post, DateTimeOffset since, CancellationToken ct)
    {
        using var client = Reader();
        var items = new List<Item>();
        string? cursor = null;
        do
        {
            var page = (await client.GetFromJsonAsync<Timeline>(Board(post, $"timeline?since={Instant(since)}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}"), Json.Storage, ct))!;
            items.AddRange(page.Items);
            cursor = page.Next;
        } while (cursor is not null);
        return [.. items.OrderBy(item => item.ReleasedAt)];
    }

    private static string Instant(DateTimeOffset at) =>
        Uri.EscapeDataString(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));

    private static SocketsHttpHandler OneConnection(CallGate gate) => new()
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero,
        PlaintextStreamFilter = (context, _) => ValueTask.FromResult(gate.Around(context.PlaintextStream)),
    };

    private HttpClient Reader()
    {
        var client = http.CreateClient("publishing>oversight");
        client.DefaultRequestHeaders.CacheControl = new CacheControlHeaderValue { NoCache = true }; // What a cache remembers is no proof that a post is absent.
        return client;
    }

    private bool Handles => settings.NoticeboardHandles;

    private Uri PostOf(ChannelPost post) => Board(post, $"posts/{Uri.EscapeDataString(post.Handle)}");

    private Uri Board(ChannelPost post, string path) =>
        new(settings.NoticeboardUrl ?? addresses.Of("oversight"), $"/api/oversight/noticeboard/{Uri.EscapeDataString(post.Account[(Network.Length + 1)..])}/{path}");

    [GeneratedRegex("^[a-z0-9.-]{1,60}$")]
    private static partial Regex Plain();

    private sealed record Posted(string? Id);

    /// <summary>One request makes the whole post: there is no moment at which a picture is public and its post is not.</summary>
    private sealed record Sent(string Text, string Language, IReadOnlyList<SentPicture> Media, IReadOnlyList<string> Links);

    private sealed record SentPicture(string Digest, string Type, string Alt, byte[] Bytes);

    private sealed record Item(string Id, string Text, string Language, DateTimeOffset ReleasedAt, IReadOnlyList<MediaItem>? Media = null, IReadOnlyList<string>? Links = null)
    {
        /// <summary>The same pictures with the same alternative texts and the same links, in the same order.</summary>
        public bool Encloses(ChannelPost post) => (Media ?? []).SequenceEqual(post.Media) && (Links ?? []).SequenceEqual(post.Links);
    }

    private sealed record Timeline(IReadOnlyList<Item> Items, string? Next = null);

    private sealed record Problem(string? Code);
}
