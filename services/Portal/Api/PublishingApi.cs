using WorkflowPlatform.Platform.Http;

namespace WorkflowPlatform.Portal.Api;

/// <summary>Publishing: what stands in the schedule and what went out.</summary>
internal sealed class PublishingApi(HttpClient http) : ServiceApi(http, "Publishing")
{
    public Task<Page<Release>?> ReleasesAsync(Guid draft, CancellationToken ct) => GetAsync<Page<Release>>($"api/publishing/releases?draft={draft}", ct);
}

/// <summary>One release of a cleared post.</summary>
/// <param name="Reason">Why it is held or was rejected.</param>
internal sealed record Release(Guid Id, string Status, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string? Receipt, string? Reason, IReadOnlyList<ReleaseAttempt>? Attempts);

/// <summary>One call to the network.</summary>
internal sealed record ReleaseAttempt(int Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Outcome);
