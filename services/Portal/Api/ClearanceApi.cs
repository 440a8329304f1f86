using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Http;

namespace WorkflowPlatform.Portal.Api;

/// <summary>Clearance: the queue, the sheets, and the decisions.</summary>
internal sealed class ClearanceApi(HttpClient http) : ServiceApi(http, "Clearance")
{
    /// <param name="filter">As a query string; empty for all.</param>
    public Task<Page<Waiting>?> QueueAsync(string? cursor, int limit, CancellationToken ct, string filter = "") =>
        GetAsync<Page<Waiting>>($"api/clearance/queue?limit={limit}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}{(filter.Length == 0 ? "" : $"&{filter}")}", ct);

    /// <summary>What the reader's offices are only told of, the latest first.</summary>
    public Task<Page<Informed>?> InformedAsync(string? cursor, int limit, CancellationToken ct) =>
        GetAsync<Page<Informed>>($"api/clearance/informed?limit={limit}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", ct);

    /// <summary>What the queue can be filtered by.</summary>
    public Task<QueueCounts?> CountsAsync(CancellationToken ct) => GetAsync<QueueCounts>("api/clearance/queue/counts", ct);

    public Task<Page<SavedView>?> ViewsAsync(CancellationToken ct) => GetAsync<Page<SavedView>>("api/clearance/views", ct);

    public Task<Answer<SavedView>> KeepViewAsync(string name, QueueFilter filter, string key, CancellationToken ct) =>
        CommandAsync<SavedView>("api/clearance/views", new { name, filter }, key, null, ct);

    public Task DropViewAsync(Guid id, CancellationToken ct) => DeleteAsync($"api/clearance/views/{id}", ct);

    public Task<Answer<Claimed>> ClaimAsync(Guid id, bool takeOver, string key, CancellationToken ct) =>
        CommandAsync<Claimed>($"api/clearance/requests/{id}/claims", new { takeOver }, key, null, ct);

    public Task<Answer<object>> LetGoAsync(Guid id, string key, CancellationToken ct) => CommandAsync<object>($"api/clearance/requests/{id}/claim-releases", new { }, key, null, ct);

    /// <param name="person">Null for nobody.</param>
    public Task<Answer<object>> AssignAsync(Guid id, string? person, string key, CancellationToken ct) =>
        CommandAsync<object>($"api/clearance/requests/{id}/assignments", new { person }, key, null, ct);

    public Task<SinceMine?> ChangesAsync(Guid id, CancellationToken ct) => GetAsync<SinceMine>($"api/clearance/requests/{id}/changes?since=mine", ct);

    /// <summary>What officers changed of the text since it was submitted.</summary>
    public Task<SinceMine?> AmendmentAsync(Guid id, CancellationToken ct) => GetAsync<SinceMine>($"api/clearance/requests/{id}/changes?since=submitted", ct);

    public Task<Answer<BulkAnswer>> ClearTogetherAsync(IReadOnlyList<BulkItem> items, string key, CancellationToken ct) =>
        CommandAsync<BulkAnswer>("api/clearance/bulk-decisions", new { items }, key, null, ct);

    /// <param name="filter">As a query string.</param>
    public Task<Page<Precedent>?> PrecedentsAsync(string filter, CancellationToken ct) => GetAsync<Page<Precedent>>($"api/clearance/precedents?{filter}", ct);

    public Task<Sheet?> SheetAsync(Guid id, CancellationToken ct) => GetAsync<Sheet>($"api/clearance/requests/{id}", ct);

    /// <summary>Every round of clearance that a draft went through, newest first.</summary>
    public Task<Page<Sheet>?> RoundsAsync(Guid draft, CancellationToken ct) => GetAsync<Page<Sheet>>($"api/clearance/requests?draft={draft}", ct);

    public Task<HttpResponseMessage> PictureAsync(Guid id, string digest, string? known, CancellationToken ct) =>
        AsItStandsAsync($"api/clearance/requests/{id}/media/{Uri.EscapeDataString(digest)}", known, ct);

    public Task<Answer<Decided>> DecideAsync(Guid id, int version, NewDecision decision, string key, CancellationToken ct) =>
        CommandAsync<Decided>($"api/clearance/requests/{id}/decisions", decision, key, version, ct);

    public Task<Answer<Decided>> UndoAsync(Guid id, int version, string key, CancellationToken ct) =>
        CommandAsync<Decided>($"api/clearance/requests/{id}/reversals", new { }, key, version, ct);

    /// <summary>Changes the text; another officer then has to clear it.</summary>
    public Task<Answer<Decided>> AmendAsync(Guid id, int version, NewAmendment amendment, string key, CancellationToken ct) =>
        CommandAsync<Decided>($"api/clearance/requests/{id}/amendments", amendment, key, version, ct);

    /// <summary>Asks for an issued permit back; whether that was in time, the sheet says a moment later.</summary>
    public Task<Answer<Decided>> RevokeAsync(Guid id, int version, string reasonCode, string comment, string key, CancellationToken ct) =>
        CommandAsync<Decided>($"api/clearance/requests/{id}/revocations", new { reasonCode, comment }, key, version, ct);
}

internal sealed record NewDecision(DecisionKind Decision, string PackageDigest, string? ReasonCode, string? Comment);

internal sealed record NewAmendment(string PackageDigest, string Text, string Comment);

/// <summary>What a request is after a decision, and which waits next for the same officer.</summary>
internal sealed record Decided(Guid Id, int Version, string Status, DateTimeOffset? UndoUntil, Guid? Next);

/// <summary>A request in the queue.</summary>
internal sealed record Waiting(
    Guid Id, string Mission, string Account, Lane Lane, string Language, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string? Local,
    DateTimeOffset OpenedAt, string Excerpt, int Characters, bool MayDecide, string? WhyNot,
    IReadOnlyList<string> Findings, Claimed? Claim, IReadOnlyList<Assigned> Assigned)
{
    /// <summary>When the time of the reader's office is over; null without a clock.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public bool Late { get; init; }

    /// <summary>How often the reader's office was reminded.</summary>
    public int Reminders { get; init; }
}

/// <summary>The clearance sheet: the text as submitted, who must clear it, and how it stands.</summary>
internal sealed record Sheet(
    Guid Id, int Version, Guid DraftId, string Status, string Mission, string Account, string Network, Lane Lane, string Language, string Text,
    string PackageDigest, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string? Local, string? Zone, IReadOnlyList<string> Contributors,
    Capacity SubmittedBy, DateTimeOffset SubmittedAt, DateTimeOffset OpenedAt, DateTimeOffset? UndoUntil, IReadOnlyList<SheetDecision> Decisions,
    IReadOnlyList<SheetOffice> Offices, IReadOnlyList<string> Informed, IReadOnlyList<SheetRule> Because, IReadOnlyList<SheetFinding> Findings,
    bool MayDecide, string? WhyNot, string PolicyVersion, Guid? PermitId,
    Brief? Brief, IReadOnlyList<MediaItem> Media, IReadOnlyList<string> Links)
{
    /// <summary>The decision that stands.</summary>
    public SheetDecision? Standing => Decisions.LastOrDefault(d => !d.Undone);

    /// <summary>Whether the reader may ask for its permit back.</summary>
    public bool MayRevoke { get; init; }

    /// <summary>That its permit was asked back; null when it never was.</summary>
    public SheetRevocation? Revocation { get; init; }

    public AtWork AtWork { get; init; } = new(null, [], []);

    /// <summary>What an officer may change of it: <c>text</c>, <c>alt-text</c>, <c>links</c>.</summary>
    public IReadOnlyList<string> Amendable { get; init; } = [];

    /// <summary>What changed under it and made votes lapse, or its permit doubtful.</summary>
    public IReadOnlyList<SheetLapse> Lapses { get; init; } = [];

    /// <summary>Clearances that were given by telephone or on paper.</summary>
    public IReadOnlyList<SheetRecorded> Recorded { get; init; } = [];

    /// <summary>The review of a release before clearance, open or given; null when there was none.</summary>
    public SheetReview? Review { get; init; }

    /// <summary>What the reader could do besides deciding.</summary>
    public SheetActs Acts { get; init; } = new([], false, [], [], []);
}

/// <summary>An office that must clear, and how it stands with it.</summary>
internal sealed record SheetOffice(string Office, int Stage, int Needed, int Given, string State, bool Asked, IReadOnlyList<string> ReferredBy)
{
    public string? Unless { get; init; }
    public DateTimeOffset? AskedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public int Reminders { get; init; }
    public IReadOnlyList<string> StandIns { get; init; } = [];

    /// <summary><c>late</c>, <c>declared</c>, <c>unseen</c> or <c>cut-off</c>.</summary>
    public string? StandInCause { get; init; }
    public bool SilenceCounts { get; init; }
    public SheetAway? Away { get; init; }
    public Notice? Notice { get; init; }
}

/// <summary>A rule that asked for offices.</summary>
internal sealed record SheetRule(string Rule, string Title, IReadOnlyList<string> Offices);

/// <summary>Something that the submission was found to have.</summary>
internal sealed record SheetFinding(string Code, IReadOnlyList<string> About);

internal sealed record SheetDecision(
    Guid Id, string Person, string Office, string? ActingFor, DecisionKind Kind, string? ReasonCode, string? Comment, DateTimeOffset At, bool Undone)
{
    /// <summary>False when it does not count any more: taken back, lapsed, or said of an earlier text.</summary>
    public bool Stands { get; init; } = true;

    /// <summary>The record that it countersigns.</summary>
    public Guid? RecordedAs { get; init; }

    /// <summary>The office to which a matter was left, or which was asked in a late one's place.</summary>
    public string? To { get; init; }

    public string? PassedOver { get; init; }

    /// <summary>The policy by which it was judged.</summary>
    public string? PolicyVersion { get; init; }

    /// <summary>Why the office was cut off: <c>declared</c>, <c>unseen</c>, or <c>cut-off</c> where nobody kept it.</summary>
    public string? CutOff { get; init; }

    /// <summary>Who had opened it where an office's silence counted.</summary>
    public Notice? Notice { get; init; }
}

/// <param name="Cause">A code of the account's change, or the line or figure that the text cites.</param>
internal sealed record SheetLapse(string Cause, DateTimeOffset At);

/// <param name="Answer"><c>asked</c>, <c>revoked</c>, or how the release had ended when it was too late.</param>
internal sealed record SheetRevocation(Guid Id, string Person, string Office, string ReasonCode, string? Comment, DateTimeOffset At, string Answer);

/// <param name="Offices">Those of the reader's offices that are told of it.</param>
internal sealed record Informed(
    Guid Id, string Mission, string Account, Lane Lane, string Language, string Status, DateTimeOffset NotBefore, DateTimeOffset NotAfter,
    string? Local, string? Zone, DateTimeOffset OpenedAt, string Excerpt, IReadOnlyList<string> Offices);
