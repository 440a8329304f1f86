using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Http;

namespace WorkflowPlatform.Portal.Api;

/// <summary>Drafting: what a mission's officers write, and how it stands.</summary>
internal sealed class DraftingApi(HttpClient http) : ServiceApi(http, "Drafting")
{
    public Task<Answer<Saved>> CreateAsync(NewDraft draft, string key, CancellationToken ct) =>
        CommandAsync<Saved>("api/drafting/drafts", draft, key, version: null, ct);

    public Task<Answer<Saved>> ReviseAsync(Guid id, int version, NewRevision revision, string key, CancellationToken ct) =>
        CommandAsync<Saved>($"api/drafting/drafts/{id}/revisions", revision, key, version, ct);

    public Task<Answer<Saved>> SubmitAsync(Guid id, int version, string key, CancellationToken ct) =>
        CommandAsync<Saved>($"api/drafting/drafts/{id}/submissions", new { }, key, version, ct);

    public Task<Answer<Saved>> WithdrawAsync(Guid id, int version, string key, CancellationToken ct) =>
        CommandAsync<Saved>($"api/drafting/drafts/{id}/withdrawals", new { }, key, version, ct);

    /// <summary>Brings a picture for a mission's posts; the answer names it.</summary>
    public Task<Answer<Brought>> BringAsync(string mission, byte[] picture, string key, CancellationToken ct) =>
        CommandAsync<Brought>($"api/drafting/missions/{Uri.EscapeDataString(mission)}/media", picture, key, version: null, ct);

    public Task<HttpResponseMessage> PictureAsync(string mission, string digest, string? known, CancellationToken ct) =>
        AsItStandsAsync($"api/drafting/missions/{Uri.EscapeDataString(mission)}/media/{Uri.EscapeDataString(digest)}", known, ct);

    public Task<Draft?> DraftAsync(Guid id, CancellationToken ct) => GetAsync<Draft>($"api/drafting/drafts/{id}", ct);

    public Task<Page<DraftLine>?> DraftsAsync(string? standing, string? cursor, int limit, CancellationToken ct) =>
        GetAsync<Page<DraftLine>>(
            $"api/drafting/drafts?limit={limit}{(standing is null ? "" : $"&standing={standing}")}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", ct);

    public Task<Page<Happening>?> HappeningsAsync(CancellationToken ct) => GetAsync<Page<Happening>>("api/drafting/happenings", ct);
}

/// <summary>Wall time of a release and its zone; absent when it goes out as soon as it is cleared.</summary>
/// <param name="Offset">Which of the two, for a wall time that comes twice.</param>
internal sealed record ReleaseTime(string Local, string Zone, string? Offset = null);

/// <summary>One moment that a wall time can mean, offered when it means none or two.</summary>
internal sealed record Reading(string Local, string Offset, DateTimeOffset Instant);

internal sealed record NewDraft(
    string Mission, string Account, string Text, string Language, Lane Lane, ReleaseTime? Release, Brief? Brief, IReadOnlyList<NewMedia> Media, IReadOnlyList<string> Links);

internal sealed record NewRevision(
    string Account, string Text, string Language, Lane Lane, ReleaseTime? Release, DateTimeOffset? NotAfter, Brief? Brief, IReadOnlyList<NewMedia> Media, IReadOnlyList<string> Links);

/// <summary>A picture that was brought before, and what it shows.</summary>
internal sealed record NewMedia(string Digest, string Alt);

/// <summary>A picture as Drafting keeps it.</summary>
internal sealed record Brought(string Digest);

/// <summary>What a draft is after a command.</summary>
internal sealed record Saved(Guid Id, int Version, string? Standing);

/// <summary>A draft as its author sees it.</summary>
/// <param name="Asked"><c>asked</c> while the answer to a withdrawal is awaited, <c>too-late</c> when it went out before; null otherwise.</param>
internal sealed record Draft(
    Guid Id, int Version, string Mission, string Account, string Language, Lane Lane, string Text, ReleaseTime? Release, DateTimeOffset? NotBefore,
    DateTimeOffset? NotAfter, int Revision, string Standing, string? Asked, string? ReasonCode, Guid? RequestId, string? Receipt, DateTimeOffset UpdatedAt,
    Brief? Brief, IReadOnlyList<MediaItem> Media, IReadOnlyList<string> Links)
{
    /// <summary>Set when the text is as an officer of clearance changed it.</summary>
    public DraftAmendment? Amendment { get; init; }
}

/// <summary>Who changed what the mission had submitted.</summary>
internal sealed record DraftAmendment(string Person, string Office, DateTimeOffset At);

/// <summary>A draft in a list.</summary>
internal sealed record DraftLine(
    Guid Id, string Mission, string Account, string Language, string Standing, string Excerpt, ReleaseTime? Release,
    DateTimeOffset? NotBefore, DateTimeOffset UpdatedAt);

/// <summary>Something that happened to a post of one's mission.</summary>
internal sealed record Happening(Guid Id, Guid DraftId, string Mission, string Standing, DateTimeOffset At, string Excerpt, string? ReasonCode = null);
