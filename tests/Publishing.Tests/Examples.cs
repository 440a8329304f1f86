using System.Security.Cryptography;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Publishing.Channels;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests;

/// <summary>Packages and permits as Drafting and Clearance make them, and a release on its way.</summary>
internal static class Examples
{
    public static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly ChannelCapability Noticeboard = new("noticeboard", ReadBackClass.Handle, 20_000, 4, 2_000_000);

    public static ReleasePackage Package(string mission = "KBL", string text = "The consular section is closed on Monday.", DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null)
    {
        var from = notBefore ?? Noon;
        return new(
            ReleasePackage.V1, Guid.CreateVersion7(), 1, mission, $"noticeboard:{mission}", "noticeboard", Lane.Routine, "en", text,
            from, notAfter ?? from.AddHours(24), null, null, null, ["author", "second-author"], new Capacity("author", mission), from.AddHours(-1),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
    }

    public static ReleasePermit Permit(ReleasePackage package) => new(
        Guid.CreateVersion7(), DigestOf(package), package.Mission, package.Account, package.Network, package.NotBefore, package.NotAfter, package.Local, package.Zone,
        "central-unit-1", Guid.CreateVersion7(), [new(Guid.CreateVersion7(), "officer", "CENTRAL", null, DecisionKind.Cleared, package.SubmittedAt.AddMinutes(1))],
        package.Contributors, package.SubmittedAt.AddMinutes(2));

    public static MediaItem Item(byte[] picture, string alt) => new(Pictures.DigestOf(picture), "image/png", picture.Length, alt);

    public static byte[] BytesOf(ReleasePackage package) => CanonicalJson.Serialize(package);

    public static string DigestOf(ReleasePackage package) => Convert.ToHexStringLower(SHA256.HashData(BytesOf(package)));

    public static string Sign(ReleasePermit permit, SigningKey key) => Dsse.Sign(ReleasePermit.V1, CanonicalJson.Serialize(permit), key);

    /// <summary>A release in the schedule, as its rule makes it.</summary>
    public static Release Scheduled(ReleasePackage? package = null, string envelope = "envelope")
    {
        var of = package ?? Package();
        ReleaseRules.Schedule(null, Guid.CreateVersion7(), Permit(of), of, envelope, recall: null, of.NotBefore.AddMinutes(-30)).Allows(out var accepted, out _).ShouldBeTrue();
        return accepted!.State;
    }

    /// <summary>Everything in hand as it should be, at the due instant.</summary>
    public static Evidence InOrder()
    {
        var package = Package() with { Media = [Item(Pictures.Png(1), "A door"), Item(Pictures.Png(2), "")] };
        var permit = Permit(package);
        ReleaseRules.Schedule(null, Guid.CreateVersion7(), permit, package, "envelope", recall: null, Noon.AddMinutes(-30)).Allows(out var accepted, out _).ShouldBeTrue();
        return new(accepted!.State, null, permit, DigestOf(package), package, [.. package.Media.Select(m => m.Digest)], Noticeboard, Noon);
    }

    public static ChannelPost Post(ReleasePackage package) => new(package.Account, DigestOf(package)[..32], package.Text, package.Language);
}
