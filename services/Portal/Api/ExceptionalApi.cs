using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Api;

/// <summary>Clearance, where it goes otherwise than by the queue: the exceptions, and who can be reached.</summary>
internal sealed class ExceptionalApi(HttpClient http) : ServiceApi(http, "Clearance")
{
    public Task<Answer<Decided>> ReleaseAsync(Guid id, int version, string packageDigest, string reason, string key, CancellationToken ct) =>
        CommandAsync<Decided>($"api/clearance/requests/{id}/immediate-releases", new { packageDigest, reason }, key, version, ct);

    public Task<Answer<Decided>> PassOverAsync(Guid id, int version, string packageDigest, string office, string reason, string key, CancellationToken ct) =>
        CommandAsync<Decided>($"api/clearance/requests/{id}/bypasses", new { packageDigest, office, reason }, key, version, ct);

    /// <param name="means"><c>telephone</c> or <c>paper</c>.</param>
    public Task<Answer<Decided>> RecordAsync(Guid id, int version, string packageDigest, string office, string givenBy, string means, string? comment, string key, CancellationToken ct) =>
        CommandAsync<Decided>($"api/clearance/requests/{id}/recorded-clearances", new { packageDigest, givenBy, office, means, comment }, key, version, ct);

    public Task<Answer<Decided>> CountersignAsync(Guid id, int version, string packageDigest, Guid recordingId, string key, CancellationToken ct) =>
        CommandAsync<Decided>($"api/clearance/requests/{id}/countersignatures", new { recordingId, packageDigest }, key, version, ct);

    public Task<Answer<Decided>> ReviewAsync(Guid id, int version, ReviewVerdict verdict, string? comment, string key, CancellationToken ct) =>
        CommandAsync<Decided>($"api/clearance/requests/{id}/reviews", new { verdict, comment }, key, version, ct);

    /// <summary>What was released before its clearance and waits for its review, the longest due first.</summary>
    public Task<Page<OpenReview>?> ReviewsAsync(string? cursor, int limit, CancellationToken ct) =>
        GetAsync<Page<OpenReview>>($"api/clearance/reviews?limit={limit}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", ct);

    /// <summary>Where offices were passed over in a period, for those who head them, the latest first.</summary>
    public Task<Bypasses?> BypassesAsync(DateTimeOffset? from, DateTimeOffset? to, string? cursor, int limit, CancellationToken ct) =>
        GetAsync<Bypasses>($"api/clearance/bypasses?limit={limit}{At("from", from)}{At("to", to)}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", ct);

    public Task<Duty?> DutyAsync(CancellationToken ct) => GetAsync<Duty>("api/clearance/duty", ct);

    public Task<Answer<object>> CutOffAsync(string office, string key, CancellationToken ct) =>
        CommandAsync<object>($"api/clearance/offices/{Uri.EscapeDataString(office)}/cut-offs", new { }, key, null, ct);

    public Task<Answer<object>> ReconnectAsync(string office, string key, CancellationToken ct) =>
        CommandAsync<object>($"api/clearance/offices/{Uri.EscapeDataString(office)}/reconnections", new { }, key, null, ct);

    private static string At(string name, DateTimeOffset? moment) => moment is { } at ? $"&{name}={at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}" : "";
}

/// <param name="Say">Decisions that the reader may take out of turn.</param>
/// <param name="Release">The reader may release the text before its clearance.</param>
/// <param name="PassOver">Offices that they may pass over.</param>
/// <param name="Record">Who could have cleared it by telephone or on paper.</param>
/// <param name="Countersign">Records that wait for their signature.</param>
internal sealed record SheetActs(IReadOnlyList<DecisionKind> Say, bool Release, IReadOnlyList<string> PassOver, IReadOnlyList<Giver> Record, IReadOnlyList<Guid> Countersign);

internal sealed record Giver(string Office, string Person);

/// <param name="Pending">True until whoever gave it has signed.</param>
internal sealed record SheetRecorded(Guid Id, string GivenBy, string Office, string Means, string? Comment, Capacity By, DateTimeOffset At, bool Pending);

/// <param name="Verdict">Null while it is open.</param>
internal sealed record SheetReview(DateTimeOffset? ReviewBy, bool Overdue, ReviewVerdict? Verdict, Capacity? By, string? Comment, DateTimeOffset? At, bool MayReview);

/// <param name="Cause"><c>declared</c> or <c>unseen</c>.</param>
internal sealed record SheetAway(string Cause, Capacity? By, DateTimeOffset Since);

/// <summary>Who of an office had opened a text, and when.</summary>
internal sealed record Notice(Capacity By, DateTimeOffset At);

internal sealed record OpenReview(
    Guid Id, int Version, string Mission, string Account, Lane Lane, string Excerpt, Capacity ReleasedBy, string? Reason, DateTimeOffset ReleasedAt,
    DateTimeOffset ReviewBy, bool Overdue, bool MayReview, string? WhyNot);

/// <param name="Count">How many there are in the period, on all pages.</param>
/// <param name="Counts">How often each office was passed over in it.</param>
internal sealed record Bypasses(IReadOnlyList<Bypass> Items, int Count, IReadOnlyDictionary<string, int> Counts, string? Next)
{
    /// <summary>"Regional hub: 2 times; country desk: once", the most often first.</summary>
    public string Counted(OfficeNames offices) => string.Join("; ", Counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{offices[c.Key]}: {(c.Value == 1 ? "once" : $"{c.Value} times")}"));
}

/// <param name="Undone">It was taken back in time, and does not count.</param>
internal sealed record Bypass(
    Guid Id, Guid DecisionId, string Office, string Mission, string Account, string Status, Capacity By, string Role, string Reason, DateTimeOffset At, bool Undone);

/// <param name="MaySpeakFor">Offices of which the reader may say that they are cut off, or back.</param>
internal sealed record Duty(IReadOnlyList<Turn> OnDuty, IReadOnlyList<Unreached> CutOff, IReadOnlyList<Urgent> Due, IReadOnlyList<string> MaySpeakFor);

internal sealed record Turn(string Office, string Person, DateTimeOffset From, DateTimeOffset To);

internal sealed record Unreached(string Office, string Cause, Capacity? By, DateTimeOffset Since);

internal sealed record Urgent(Guid Id, string Mission, string Account, Lane Lane, DateTimeOffset NotBefore, string Excerpt, IReadOnlyList<string> Offices);
