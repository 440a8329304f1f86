using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Http;

namespace WorkflowPlatform.Portal.Api;

/// <summary>Oversight: the ledger, the alerts, and the public noticeboard.</summary>
internal sealed class OversightApi(HttpClient http) : ServiceApi(http, "Oversight")
{
    public Task<Page<LedgerEntry>?> HistoryAsync(Guid draft, CancellationToken ct) => GetAsync<Page<LedgerEntry>>($"api/oversight/history/{draft}", ct);

    public Task<Page<Alert>?> AlertsAsync(string? cursor, CancellationToken ct) =>
        GetAsync<Page<Alert>>($"api/oversight/alerts?limit=25{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", ct);

    public Task<LedgerCheck?> VerificationAsync(CancellationToken ct) => GetAsync<LedgerCheck>("api/oversight/ledger/verification", ct);

    public Task<Page<Board>?> BoardsAsync(CancellationToken ct) => GetAsync<Page<Board>>("api/oversight/noticeboard", ct);

    public Task<Noticeboard?> NoticeboardAsync(string mission, string? cursor, CancellationToken ct) => GetAsync<Noticeboard>(
        $"api/oversight/noticeboard/{Uri.EscapeDataString(mission)}{(cursor is null ? "" : $"?cursor={Uri.EscapeDataString(cursor)}")}", ct);

    /// <summary>A feed as it stands, for handing on.</summary>
    /// <param name="known">The entity tags that the reader holds already.</param>
    public Task<HttpResponseMessage> FeedAsync(string mission, string format, string? cursor, string? known, CancellationToken ct) =>
        AsItStandsAsync($"api/oversight/noticeboard/{Uri.EscapeDataString(mission)}/feed.{format}{(cursor is null ? "" : $"?cursor={Uri.EscapeDataString(cursor)}")}", known, ct);

    public Task<HttpResponseMessage> PictureAsync(string mission, string digest, string? known, CancellationToken ct) =>
        AsItStandsAsync($"api/oversight/noticeboard/{Uri.EscapeDataString(mission)}/media/{Uri.EscapeDataString(digest)}", known, ct);
}

/// <summary>One entry of the ledger: a fact, by whom (nobody: the platform by itself), and its hash.</summary>
internal sealed record LedgerEntry(string Aggregate, string Id, int Version, string Type, DateTimeOffset At, Capacity? By, string Hash);

/// <param name="ClearedAt">When it ceased to be so by itself.</param>
internal sealed record Alert(Guid Id, string Kind, string? Subject, string Reason, string? Mission, DateTimeOffset At, DateTimeOffset? ClearedAt);

/// <summary>Whether the ledger is whole: what breaks the chain and what is missing from it.</summary>
internal sealed record LedgerCheck(long Entries, long Aggregates, long Broken, long Missing, LedgerFlaw? First);

/// <summary>The first entry that is not as it was appended, or not there.</summary>
internal sealed record LedgerFlaw(string Aggregate, string Id, int Version, string Reason);

/// <summary>A mission's place on the noticeboard.</summary>
internal sealed record Board(string Mission, string Name, int Notices, DateTimeOffset? LatestAt);

/// <summary>What a mission has made public, newest first.</summary>
internal sealed record Noticeboard(string Mission, string Name, IReadOnlyList<PublicPost> Items, string? Next);

internal sealed record PublicPost(Guid Id, string Text, string Language, DateTimeOffset ReleasedAt, string Digest, IReadOnlyList<MediaItem> Media, IReadOnlyList<string> Links);
