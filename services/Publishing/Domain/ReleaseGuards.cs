using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Publishing.Domain;

/// <summary>What is in hand right before a call: the release as the database has it, and what its permit and package really say.</summary>
/// <param name="SealFault">Why the permit's signature is not believed; null when it is.</param>
/// <param name="Permit">From the signed bytes; null when they are no permit.</param>
/// <param name="BytesDigest">SHA-256 of the package's bytes in hand, hex.</param>
/// <param name="Package">From those bytes; null when they are no package.</param>
/// <param name="PictureDigests">SHA-256 of the pictures' bytes in hand, hex, in their order.</param>
/// <param name="Channel">What the network can do; null when there is no channel to it.</param>
public sealed record Evidence(
    Release Release, string? SealFault, ReleasePermit? Permit, string BytesDigest, ReleasePackage? Package, IReadOnlyList<string> PictureDigests, ChannelCapability? Channel, DateTimeOffset Now);

/// <summary>The last checks, right before each call. The name of the guard that refuses is the reason why the release is held.</summary>
/// <remarks>
/// Each guard judges one thing and passes what another judges, so that each can be taken out alone and be missed.
/// The row says where and when by columns that the worker reads; that they say what the permit says is checked here.
/// </remarks>
public static class ReleaseGuards
{
    public static readonly IReadOnlyList<Guard<Evidence>> All =
    [
        new("signature", e => e.SealFault is null ? null : Held("signature", "No trusted key signed the permit.")),
        new("permit", e => e.Permit is not null ? null : Held("permit", "What was signed is no permit.")),
        new("package", e => e.Package is not null ? null : Held("package", "The bytes in hand are no package.")),
        .. PermitGuards.All.Select(guard => new Guard<Evidence>(
            guard.Name, e => e is { Permit: { } permit, Package: { } package } ? guard.Check(new(permit, e.BytesDigest, package, e.PictureDigests)) : null)),
        new("row-permit", e => Says(e, e.Permit?.PermitId == e.Release.PermitId, "row-permit")),
        new("row-package", e => Says(e, e.Permit?.PackageDigest == e.Release.PackageDigest, "row-package")),
        new("row-account", e => Says(e, e.Permit?.Account == e.Release.Account && e.Permit?.Network == e.Release.Network, "row-account")),
        new("row-mission", e => Says(e, e.Permit?.Mission == e.Release.Mission, "row-mission")),
        new("row-window", e => Says(e, e.Permit?.NotBefore == e.Release.NotBefore && e.Permit?.NotAfter == e.Release.NotAfter, "row-window")),
        new("embargo", e => e.Permit is null || e.Now >= e.Permit.NotBefore ? null : Held("embargo", "Its time has not come.")),
        new("stale", e => e.Permit is null || e.Now < e.Permit.NotAfter ? null : Held(HoldReasons.Stale, "Its time has passed.")),
        new("once", e => e.Release.Receipt is null && !e.Release.Attempts.Any(a => a.Outcome is AttemptOutcome.Published) ? null : Held("once", "It went out already.")),
        new("settled", e => e.Release.HasUnsettledCall ? Held("settled", "A call was made, and nobody has found out what became of it.") : null),
        new("channel", e => e.Channel is not null ? null : Held("channel", "There is no channel to this network.")),
        new("length", e => e.Channel is null || e.Package is null || e.Package.Text.Length <= e.Channel.LongestText ? null : Held("length", "The network does not take a text of this length.")),
        new("pictures", e => e.Channel is null || e.Package is null || e.Channel.Takes(e.Package.Media) ? null : Held("pictures", "The network does not take so many pictures, or so large ones.")),
    ];

    /// <summary>The first guard that refuses; null when the call may be made.</summary>
    public static Refusal? FirstRefusal(Evidence evidence) => FirstRefusal(evidence, All);

    internal static Refusal? FirstRefusal(Evidence evidence, IReadOnlyList<Guard<Evidence>> guards) => guards.FirstRefusal<Evidence>(evidence);

    private static Refusal? Says(Evidence e, bool same, string name) => e.Permit is null || same ? null : Held(name, "The database says something else than the signed permit.");

    private static Refusal Held(string code, string detail) => new(code, detail);
}
