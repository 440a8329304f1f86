using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Portal.Api;

/// <summary>Clearance's policies: what they say, and how one comes into force.</summary>
internal sealed class PolicyApi(HttpClient http) : ServiceApi(http, "Clearance")
{
    public Task<PolicyList?> ListAsync(CancellationToken ct) => GetAsync<PolicyList>("api/clearance/policies", ct);

    public Task<PolicyText?> OneAsync(string digest, CancellationToken ct) => GetAsync<PolicyText>($"api/clearance/policies/{Uri.EscapeDataString(digest)}", ct);

    /// <param name="limit">As many posts as one answer tries: a page has to come within seconds.</param>
    public Task<PolicyTrial?> TryAsync(string digest, string? cursor, int limit, CancellationToken ct) =>
        GetAsync<PolicyTrial>($"api/clearance/policies/{Uri.EscapeDataString(digest)}/dry-run?limit={limit}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", ct);

    public Task<Answer<PolicyMoved>> ProposeAsync(string yaml, string key, CancellationToken ct) => CommandAsync<PolicyMoved>("api/clearance/policies", new Yaml(yaml), key, null, ct);

    /// <param name="replaces">Digest of the policy that the adopter saw in force.</param>
    public Task<Answer<PolicyMoved>> AdoptAsync(string digest, int version, string replaces, string key, CancellationToken ct) =>
        CommandAsync<PolicyMoved>($"api/clearance/policies/{Uri.EscapeDataString(digest)}/adoptions", new { replaces }, key, version, ct);

    public Task<Answer<PolicyMoved>> WithdrawAsync(string digest, int version, string key, CancellationToken ct) =>
        CommandAsync<PolicyMoved>($"api/clearance/policies/{Uri.EscapeDataString(digest)}/withdrawals", new { }, key, version, ct);
}

/// <param name="InForce">Digest of the policy in force.</param>
/// <param name="Items">Those that were proposed, the latest first.</param>
/// <param name="Presets">Those that come with the program.</param>
internal sealed record PolicyList(string InForce, DateTimeOffset? Since, IReadOnlyList<PolicyLine> Items, IReadOnlyList<PolicyLine> Presets);

/// <param name="Status">Null for one that comes with the program and that nobody has proposed.</param>
internal sealed record PolicyLine(
    string Digest, int? Version, string Name, string Title, int Rules, bool InForce, string? Status,
    Capacity? ProposedBy, DateTimeOffset? ProposedAt, Capacity? AdoptedBy, DateTimeOffset? AdoptedAt);

/// <param name="Paper">In plain words, Markdown.</param>
internal sealed record PolicyText(PolicyLine Item, string Yaml, string Paper);

internal sealed record PolicyMoved(string Digest, int Version);

/// <param name="Line">0 when it stands in no line.</param>
internal sealed record PolicyFault(int Line, int Column, string Code, string Reason);

/// <summary>What a policy would have done with the posts of the past.</summary>
internal sealed record PolicyTrial(
    string Digest, string Name, int Total, int Examined, int WithoutText, int Different, IReadOnlyList<OtherWay> Listed,
    IReadOnlyList<OfficeLoad> Load, TimeToClear TimeOfDifferent, TimeToClear TimeOfSame, string? Next);

internal sealed record OtherWay(
    Guid Id, string Mission, DateTimeOffset OpenedAt, IReadOnlyList<AskedOffice> From, IReadOnlyList<AskedOffice> To, bool ImmediateWas, bool ImmediateWouldBe, IReadOnlyList<string> Rules);

internal sealed record AskedOffice(string Office, int Stage, int Quorum);

internal sealed record OfficeLoad(string Office, int Had, int WouldHaveHad);

internal sealed record TimeToClear(int Cleared, int? MedianMinutes, int? NinthDecileMinutes);
