using System.Security.Cryptography;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Clearance.Tests;

/// <summary>Examples that the tests begin with.</summary>
internal static class Examples
{
    public static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    public static ReleasePackage Package(string mission = "KBL", string text = "The consular hall opens at nine.", DateTimeOffset? notBefore = null, Lane lane = Lane.Routine, params string[] contributors)
    {
        var from = notBefore ?? Noon.AddHours(2);
        return new ReleasePackage(
            ReleasePackage.V1, Guid.CreateVersion7(Noon), 1, mission, $"noticeboard:{mission}", "noticeboard", lane, "en", text, from, from.AddHours(24), null, null, null,
            contributors.Length > 0 ? contributors : ["author"], new Capacity("author", mission), Noon, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
    }

    public static string DigestOf(ReleasePackage package) => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(package)));

    public static ClearanceRequest Open(params string[] contributors) => OpenOn(Route(("CENTRAL", 1, 1)), contributors);

    public static ClearanceRequest OpenOn(Route route, params string[] contributors)
    {
        var package = Package(contributors: contributors);
        ClearanceRules.Open(null, Guid.CreateVersion7(Noon), package, DigestOf(package), route, Noon).Allows(out var opened, out _).ShouldBeTrue();
        return opened!.State;
    }

    public static Route Route(params (string Office, int Stage, int Quorum)[] offices) => new(
        "example@1", new string('0', 64), [.. offices.Select(o => new RequiredOffice(o.Office, o.Stage, o.Quorum, false, null, ["rule"]))], ["INFORMED"], [], false, [], []);

    public static OfficerDecision Decision(
        ClearanceRequest request, string person = "officer", DecisionKind kind = DecisionKind.Cleared, string? actingFor = null, DateTimeOffset? at = null, string office = "CENTRAL") => new(
        Guid.CreateVersion7(at ?? Noon), new Capacity(person, office, actingFor), kind, request.PackageDigest,
        kind is DecisionKind.Returned ? "facts" : null, DecisionGuards.NeedsWords(kind) ? "Name the committee." : null, at ?? Noon, (at ?? Noon).AddSeconds(20),
        Role: kind is DecisionKind.Overruled ? Roles.HeadOfUnit : Roles.ClearingOfficer, ReferredTo: kind is DecisionKind.Referred ? "ABOVE" : null);
}
