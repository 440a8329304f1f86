using System.Reflection;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Features;
using WorkflowPlatform.Clearance.Signing;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Publishing;

namespace WorkflowPlatform.Architecture.Tests;

/// <summary>Nothing but the permit office makes a permit, and nothing but its worker has one signed: read out of the compiled code of every product assembly.</summary>
public sealed class OneDoor
{
    [Fact]
    public void One_class_makes_permits_and_says_that_one_was_issued()
    {
        WhoCalls(IsMaking<ReleasePermit>).ShouldBe([typeof(PermitOffice)]);
        WhoCalls(IsMaking<PermitIssued>).ShouldBe([typeof(PermitOffice)]);
        WhoCalls(IsMaking<PermitDecision>).ShouldBe([typeof(PermitOffice)]);
    }

    [Fact]
    public void One_worker_asks_the_permit_office() =>
        WhoCalls(called => called.DeclaringType == typeof(PermitOffice)).ShouldBe([typeof(SettleRequests)]);

    /// <summary>What was parsed could be signed again: only who verified it parses it, and that one has no signer.</summary>
    [Fact]
    public void Only_who_verifies_permits_reads_one_out_of_bytes() =>
        WhoCalls(called => called is MethodInfo { IsGenericMethod: true } read && read.GetGenericArguments().Contains(typeof(ReleasePermit))
            && (read.Name.Contains("Parse", StringComparison.Ordinal) || read.Name.Contains("Deserialize", StringComparison.Ordinal))).ShouldBe([typeof(PermitTrust)]);

    [Fact]
    public void One_class_asks_a_signer_and_one_worker_asks_that_class()
    {
        WhoCalls(called => called.Name == nameof(IPermitSigner.SignAsync) && called.DeclaringType!.IsAssignableTo(typeof(IPermitSigner))).ShouldBe([typeof(PermitSeal)]);
        WhoCalls(called => called.DeclaringType == typeof(PermitSeal) && called.Name == nameof(PermitSeal.SealAsync)).ShouldBe([typeof(SettleRequests)]);
    }

    [Fact]
    public void The_kind_of_what_is_signed_is_named_by_who_seals_and_by_who_verifies() =>
        Everything().Where(type => TypeUse.Texts(type).Any(text => text.Contains(ReleasePermit.V1, StringComparison.Ordinal)))
            .ShouldBe([typeof(PermitSeal), typeof(PermitTrust)], ignoreOrder: true);

    [Fact]
    public void No_service_but_clearance_can_reach_its_signing_keys() =>
        WhoCalls(called => called.DeclaringType == typeof(Platform.Signing.SigningKey) && called.Name is nameof(Platform.Signing.SigningKey.OpenOrCreate))
            .Where(type => type.Assembly == typeof(PermitTrust).Assembly || type.Assembly == Modules.Standalone).ShouldBeEmpty();

    /// <summary>Else the tests above would find nothing because they cannot see.</summary>
    [Fact]
    public void A_burglar_would_be_seen()
    {
        TypeUse.Calls(typeof(Burglar)).Count(IsMaking<ReleasePermit>).ShouldBe(2, "by its constructor, and as a copy with another text");
        TypeUse.Texts(typeof(Burglar)).ShouldContain(ReleasePermit.V1);
        TypeUse.Calls(typeof(Burglar)).ShouldContain(called => called.Name == nameof(IPermitSigner.SignAsync));
    }

    private static IEnumerable<Type> Everything() => Modules.Product.Distinct().SelectMany(TypeUse.Written);

    private static List<Type> WhoCalls(Func<MethodBase, bool> what) =>
        [.. Everything().Where(type => TypeUse.Calls(type).Any(called => called.DeclaringType != type && what(called))).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    /// <summary>By a constructor, or as a changed copy.</summary>
    private static bool IsMaking<T>(MethodBase called) => called.DeclaringType == typeof(T) && (called.IsConstructor || called.Name == "<Clone>$");

    private sealed class Burglar(IPermitSigner signer)
    {
        public async Task<PermitSignature> BreakInAsync(ReleasePermit seen)
        {
            var own = new ReleasePermit(
                seen.PermitId, "another text", seen.Mission, seen.Account, seen.Network, seen.NotBefore, seen.NotAfter, null, null, "", seen.RequestId, [], [], seen.IssuedAt);
            var changed = seen with { PackageDigest = own.PackageDigest };
            return await signer.SignAsync(System.Text.Encoding.UTF8.GetBytes(string.Concat(ReleasePermit.V1, changed.PackageDigest)), default);
        }
    }
}
