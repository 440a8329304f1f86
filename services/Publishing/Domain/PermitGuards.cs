using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Publishing.Domain;

/// <summary>A permit from signed bytes, beside the package it is to allow.</summary>
/// <param name="BytesDigest">SHA-256 of the package's bytes in hand, hex.</param>
/// <param name="PictureDigests">SHA-256 of the pictures' bytes in hand, hex, in their order.</param>
public sealed record PermitAndPackage(ReleasePermit Permit, string BytesDigest, ReleasePackage Package, IReadOnlyList<string> PictureDigests);

/// <summary>Whether a permit allows just this package: asked when it arrives, and again before each call.</summary>
public static class PermitGuards
{
    public static readonly IReadOnlyList<Guard<PermitAndPackage>> All =
    [
        new("package-digest", p => p.BytesDigest == p.Permit.PackageDigest ? null : OtherBytes),
        new("package-type", p => p.Package.Type == ReleasePackage.V1 ? null : OtherType),
        new("media", p => p.PictureDigests.SequenceEqual(p.Package.Media.Select(m => m.Digest)) ? null : OtherPictures),
        new("account", p => p.Package.Account == p.Permit.Account ? null : OtherAccount),
        new("mission", p => p.Package.Mission == p.Permit.Mission ? null : OtherMission),
        new("network", p => p.Package.Network == p.Permit.Network && p.Permit.Account.StartsWith(p.Permit.Network + ":", StringComparison.Ordinal) ? null : OtherNetwork),
        new("window", p => p.Package.NotBefore == p.Permit.NotBefore && p.Package.NotAfter == p.Permit.NotAfter && p.Permit.NotBefore < p.Permit.NotAfter ? null : OtherWindow),
        new("contributors", p => p.Package.Contributors.ToHashSet().SetEquals(p.Permit.Contributors) ? null : OtherContributors),
        new("four-eyes", p => p.Permit.Decisions.Any(d => p.Permit.Contributors.Contains(d.Person) || p.Permit.Contributors.Contains(d.ActingFor ?? "")) ? ContributorDecided : null),
        // Some person's word: silence and passing over alone clear nothing.
        new("cleared", p => p.Permit.Decisions.Any(d => d.Kind is DecisionKind.Cleared or DecisionKind.ClearedWithComment or DecisionKind.NotObjected or DecisionKind.Overruled or DecisionKind.ReleasedImmediately) ? null : NobodyCleared),
    ];

    public static readonly Refusal OtherBytes = new("package-digest", "The bytes in hand are not those that were cleared.");
    public static readonly Refusal OtherType = new("package-type", "The package is of a kind that this program does not know.");
    public static readonly Refusal OtherPictures = new("media", "The pictures in hand are not those that were cleared.");
    public static readonly Refusal OtherAccount = new("account", "Permit and package name different accounts.");
    public static readonly Refusal OtherMission = new("mission", "Permit and package name different missions.");
    public static readonly Refusal OtherNetwork = new("network", "Permit, package and account name different networks.");
    public static readonly Refusal OtherWindow = new("window", "Permit and package name different windows, or an empty one.");
    public static readonly Refusal OtherContributors = new("contributors", "Permit and package name different contributors.");
    public static readonly Refusal ContributorDecided = new("four-eyes", "Somebody who wrote some of it decided on it.");
    public static readonly Refusal NobodyCleared = new("cleared", "No decision of the permit clears it.");
}
