using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Signing;

/// <summary>The service with each signer, and with signers that fail: cleared texts wait, and nothing else does.</summary>
public sealed class PermitsBySigners : IDisposable
{
    private readonly Programs programs = new();

    public void Dispose() => programs.Dispose();

    [Theory, OnBothDatabases]
    public async Task A_cleared_text_gets_its_permit_from_a_token(Store store)
    {
        var token = await SoftToken.MakeAsync(programs);
        var publicKey = await token.KeyAsync("permit-1");
        await using var clearance = await ClearanceUnderTest.StartAsync(store, Programs.Settings(publicKey, token.SigningWith("permit-1"), 10, token.Configuration));
        var request = await clearance.PermittedAsync();

        // What lies there to be handed over is the token's public half, and no key was made in a file.
        var offered = Directory.GetFiles(clearance.KeyFolder, "*.pem").ShouldHaveSingleItem();
        var verified = Dsse.Verify(await clearance.EnvelopeAsync(request.Id), ReleasePermit.V1, programs.Trusting(offered), out var why).ShouldNotBeNull(why);
        CanonicalJson.Parse<ReleasePermit>(verified.Bytes).PackageDigest.ShouldBe(request.PackageDigest);
        clearance.Service.Logs.Lines.ShouldNotContain(line => line.Contains(SoftToken.SecretPin));
    }

    [Theory, OnBothDatabases]
    public async Task While_the_signer_fails_texts_stay_cleared_and_nothing_else_waits(Store store)
    {
        var key = await programs.KeyAsync("a");
        var signer = programs.Script("signer", "exit 3");
        await using var clearance = await ClearanceUnderTest.StartAsync(store, Programs.Settings(programs.PathOf("a.pub.pem"), [signer]));
        var (cleared, returned) = (await clearance.SubmittedAsync(), await clearance.SubmittedAsync(Package(notBefore: Noon.AddHours(5))));
        (await clearance.DecideAsync(cleared)).ShouldBe(200);
        (await clearance.DecideAsync(returned, new { decision = "Returned", packageDigest = returned.PackageDigest, reasonCode = "facts", comment = "Name the committee." })).ShouldBe(200);

        await clearance.LaterAsync(TimeSpan.FromSeconds(21), async () => (await clearance.RequestAsync(returned.PackageDigest)).Status is ClearanceStatus.Returned);
        await clearance.LaterAsync(TimeSpan.FromSeconds(1), () => Task.FromResult(Failures(clearance) >= 3));
        (await clearance.RequestAsync(cleared.PackageDigest)).Status.ShouldBe(ClearanceStatus.Cleared);
        (await clearance.Service.ClientWith().Get("health/ready")).Body.ShouldContain("Permits cannot be signed: The signer ended with code 3.");

        programs.Script("signer", $"exec {Programs.Shipped("sign-with-openssl")} {key}");
        await clearance.LaterAsync(TimeSpan.FromSeconds(1), async () => (await clearance.RequestAsync(cleared.PackageDigest)).Status is ClearanceStatus.PermitIssued);
        Dsse.Verify(await clearance.EnvelopeAsync(cleared.Id), ReleasePermit.V1, programs.Trusting(programs.PathOf("a.pub.pem")), out var why).ShouldNotBeNull(why);
    }

    [Theory, OnBothDatabases]
    public async Task A_signer_that_lies_or_hangs_gets_nothing_out(Store store)
    {
        await programs.KeyAsync("a");
        foreach (var body in new[] { "head -c 64 /dev/urandom", "exec sleep 600", "kill -KILL $$" })
        {
            await using var clearance = await ClearanceUnderTest.StartAsync(store, Programs.Settings(programs.PathOf("a.pub.pem"), [programs.Script("signer", body)], seconds: 0.5));
            var request = await clearance.SubmittedAsync();
            (await clearance.DecideAsync(request)).ShouldBe(200);
            await clearance.LaterAsync(TimeSpan.FromSeconds(21), () => Task.FromResult(Failures(clearance) >= 2));
            (await clearance.FactsAsync(request.Id)).Count.ShouldBe(2, body);
        }
    }

    [Theory, OnBothDatabases]
    public async Task What_is_withdrawn_while_its_permit_is_being_signed_gets_none_and_the_signer_holds_up_nobody(Store store)
    {
        var key = await programs.KeyAsync("a");
        var (begun, go) = (programs.PathOf("begun"), programs.PathOf("go"));
        var signer = programs.Script("signer", $"touch {begun}; until [ -e {go} ]; do sleep 0.05; done; exec {Programs.Shipped("sign-with-openssl")} {key}");
        await using var clearance = await ClearanceUnderTest.StartAsync(store, Programs.Settings(programs.PathOf("a.pub.pem"), [signer], seconds: 60));
        var (first, second) = (await clearance.SubmittedAsync(), await clearance.SubmittedAsync(Package(notBefore: Noon.AddHours(5))));
        (await clearance.DecideAsync(first)).ShouldBe(200);
        await clearance.LaterAsync(TimeSpan.FromSeconds(21), () => Task.FromResult(File.Exists(begun)));

        await clearance.Service.Publish(new WithdrawalAsked(first.DraftId, 3, first.PackageDigest, first.Mission, new Capacity("author", first.Mission), Noon));
        (await clearance.DecideAsync(second)).ShouldBe(200); // No transaction of ours is open meanwhile.
        await File.WriteAllTextAsync(go, "");
        await clearance.LaterAsync(TimeSpan.FromSeconds(21), async () => (await clearance.RequestAsync(second.PackageDigest)).Status is ClearanceStatus.PermitIssued);
        (await clearance.RequestAsync(first.PackageDigest)).Status.ShouldBe(ClearanceStatus.Withdrawn);
    }

    [Theory, OnBothDatabases]
    public async Task A_new_key_in_the_folder_signs_the_next_permit_and_the_old_ones_permits_stay_good_until_it_is_distrusted(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var before = await clearance.EnvelopeAsync((await clearance.PermittedAsync()).Id);
        var oldKeys = Directory.GetFiles(clearance.KeyFolder);
        using var made = SigningKey.OpenOrCreate(programs.PathOf("new"));
        File.Move(Path.Combine(programs.PathOf("new"), made.KeyId + ".pem"), Path.Combine(clearance.KeyFolder, made.KeyId + ".pem"));
        File.SetLastWriteTimeUtc(Path.Combine(clearance.KeyFolder, made.KeyId + ".pem"), TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(5));
        var after = await clearance.EnvelopeAsync((await clearance.PermittedAsync(Package(notBefore: Noon.AddHours(6)))).Id);

        await File.WriteAllTextAsync(programs.PathOf("new.pub.pem"), made.PublicPem);
        var (oldPublic, newPublic) = (oldKeys.Single(file => file.EndsWith(".pub.pem", StringComparison.Ordinal)), programs.PathOf("new.pub.pem"));
        Dsse.Verify(before, ReleasePermit.V1, programs.Trusting(oldPublic, newPublic), out _).ShouldNotBeNull();
        Dsse.Verify(after, ReleasePermit.V1, programs.Trusting(oldPublic, newPublic), out _)!.KeyId.ShouldBe(made.KeyId);
        Dsse.Verify(before, ReleasePermit.V1, programs.Trusting(newPublic), out var why).ShouldBeNull();
        why.ShouldBe(DsseFailure.UnknownKey);
        // A key is what it is, whatever its file is called: nobody gets another's name.
        File.Copy(newPublic, programs.PathOf(Path.GetFileName(oldPublic)));
        Dsse.Verify(before, ReleasePermit.V1, programs.Trusting(programs.PathOf(Path.GetFileName(oldPublic))), out why).ShouldBeNull();
        why.ShouldBe(DsseFailure.UnknownKey);
    }

    [Theory, OnBothDatabases]
    public async Task With_its_key_taken_away_the_service_makes_no_other_and_waits(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var aside = Directory.CreateDirectory(programs.PathOf("aside")).FullName;
        var key = Directory.GetFiles(clearance.KeyFolder, "*.pem").Single(file => !file.EndsWith(".pub.pem", StringComparison.Ordinal));
        File.Move(key, Path.Combine(aside, Path.GetFileName(key)));
        var request = await clearance.SubmittedAsync();
        (await clearance.DecideAsync(request)).ShouldBe(200);
        await clearance.LaterAsync(TimeSpan.FromSeconds(21), () => Task.FromResult(Failures(clearance) >= 2));
        Directory.GetFiles(clearance.KeyFolder, "*.pem").ShouldHaveSingleItem().ShouldEndWith(".pub.pem");

        File.Move(Path.Combine(aside, Path.GetFileName(key)), key);
        await clearance.LaterAsync(TimeSpan.FromSeconds(1), async () => (await clearance.RequestAsync(request.PackageDigest)).Status is ClearanceStatus.PermitIssued);
    }

    private static int Failures(ClearanceUnderTest clearance) => clearance.Service.Logs.Lines.Count(line => line.Contains("it cannot be signed", StringComparison.Ordinal));
}
