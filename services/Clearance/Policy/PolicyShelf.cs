using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain.Policy;

namespace WorkflowPlatform.Clearance.Policy;

/// <summary>The policies by their digests: those that were ever proposed, and those that come with the program.</summary>
public sealed class PolicyShelf(ClearanceDb db)
{
    // What a digest names never changes, so whoever has read it once need not read it again.
    private static readonly ConcurrentDictionary<string, SealedPack> Read = new();

    private static readonly IReadOnlyList<(SealedPack Policy, string Yaml)> FromProgram = [.. Presets.Names.Select(name => (PackFile.Seal(Presets.Pack(name)), Presets.Yaml(name)))];

    /// <summary>In force until the first adoption.</summary>
    public static SealedPack First { get; } = FromProgram.Single(p => p.Policy.Pack.Id == Presets.First).Policy;

    public static IReadOnlyList<SealedPack> OfProgram => [.. FromProgram.Select(p => p.Policy)];

    /// <summary>The policy by which a round that begins now is judged.</summary>
    public async Task<SealedPack> InForceAsync(CancellationToken ct) =>
        (await RowAsync(ct)).Digest is { } digest ? (await FindAsync(digest, ct))! : First;

    /// <summary>The row that an adoption changes; tracked.</summary>
    public Task<PolicyInForce> RowAsync(CancellationToken ct) => db.PolicyInForce.SingleAsync(ct);

    /// <summary>A policy by its digest; null when nobody ever proposed it.</summary>
    public async Task<SealedPack?> FindAsync(string digest, CancellationToken ct)
    {
        if (Read.TryGetValue(digest, out var known)) return known;
        var policy = FromProgram.FirstOrDefault(p => p.Policy.Digest == digest).Policy
            ?? (await db.Policies.AsNoTracking().SingleOrDefaultAsync(p => p.Digest == digest, ct) is { } kept ? PackFile.Open(kept.Canonical, kept.Digest) : null);
        return policy is null ? null : Read.GetOrAdd(digest, policy);
    }

    /// <summary>A policy as it was written, with its comments.</summary>
    public async Task<string> YamlAsync(string digest, CancellationToken ct) =>
        FromProgram.FirstOrDefault(p => p.Policy.Digest == digest).Yaml ?? (await db.Policies.AsNoTracking().SingleAsync(p => p.Digest == digest, ct)).Yaml;

    /// <summary>Digest of a policy of this id and edition that says something else; null when there is none.</summary>
    public async Task<string?> SameNameAsync(SealedPack policy, CancellationToken ct) =>
        FromProgram.Select(p => p.Policy).FirstOrDefault(p => p.Pack.Name == policy.Pack.Name && p.Digest != policy.Digest)?.Digest
            ?? await db.PolicyProposals.AsNoTracking().Where(p => p.Name == policy.Pack.Name && p.Digest != policy.Digest).Select(p => p.Digest).FirstOrDefaultAsync(ct);
}
