using System.Diagnostics;
using System.Text;
using WorkflowPlatform.Clearance.Signing;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Clearance.Tests.Signing;

/// <summary>A program signs; nothing that it says is believed unverified, and nothing it does holds us up for long.</summary>
public sealed class AProgramSigns : IDisposable
{
    private static readonly byte[] Data = "what is to be signed"u8.ToArray();

    private readonly Programs programs = new();

    public void Dispose() => programs.Dispose();

    [Fact]
    public async Task A_key_in_a_token_signs_through_its_vendors_tool()
    {
        var token = await SoftToken.MakeAsync(programs);
        var publicKey = await token.KeyAsync("permit-1");
        var signer = Programs.Signer(Programs.Settings(publicKey, token.SigningWith("permit-1"), 10, token.Configuration));
        await ShouldBeBelievedAsync(signer, publicKey);
    }

    [Fact]
    public async Task A_signature_in_DER_is_taken_too()
    {
        var key = await programs.KeyAsync("a");
        var signer = Programs.Signer(Programs.Settings(programs.PathOf("a.pub.pem"), [Programs.Shipped("sign-with-openssl"), key]));
        for (var i = 0; i < 20; i++) await ShouldBeBelievedAsync(signer, programs.PathOf("a.pub.pem")); // Leading zeros come and go.
    }

    [Fact]
    public async Task Another_keys_signature_is_none()
    {
        await programs.KeyAsync("a");
        var other = await programs.KeyAsync("b");
        (await FailsAsync([Programs.Shipped("sign-with-openssl"), other])).ShouldContain("is no signature of");
    }

    [Theory]
    [InlineData("head -c 64 /dev/urandom")]
    [InlineData("head -c 70 /dev/urandom")]
    [InlineData("cat >/dev/null")]
    [InlineData("head -c 3000000 /dev/zero")]
    [InlineData("exec 0<&-; head -c 64 /dev/zero")]
    public async Task What_a_lying_program_writes_is_no_signature(string body)
    {
        await programs.KeyAsync("a");
        (await FailsAsync([programs.Script("liar", body)])).ShouldContain("is no signature of");
    }

    [Theory]
    [InlineData("echo the token is gone >&2; exit 3", "ended with code 3. It said: the token is gone")]
    [InlineData("kill -KILL $$", "ended with code 137")]
    [InlineData("cat; exit 1", "ended with code 1")]
    public async Task A_program_that_fails_signs_nothing_and_its_words_are_kept(string body, string words)
    {
        await programs.KeyAsync("a");
        (await FailsAsync([programs.Script("failing", body)])).ShouldContain(words);
    }

    [Fact]
    public async Task A_program_that_takes_too_long_is_ended_with_its_children()
    {
        await programs.KeyAsync("a");
        var slow = programs.Script("slow", $"sleep 600 & echo $! >{programs.PathOf("child")}; wait");
        var begun = Stopwatch.StartNew();
        (await FailsAsync([slow], seconds: 0.7)).ShouldContain("did not answer within 0.7 s");
        begun.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        var child = (await File.ReadAllTextAsync(programs.PathOf("child"))).Trim();
        await Eventually.Be(() => !Directory.Exists($"/proc/{child}") || File.ReadAllText($"/proc/{child}/stat").Contains(") Z ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_failure_like_any_other()
    {
        await programs.KeyAsync("a");
        (await FailsAsync([programs.PathOf("nothing")])).ShouldContain("cannot be started");
    }

    [Fact]
    public async Task The_program_is_told_its_own_settings_and_none_of_ours_and_repeats_no_secret()
    {
        await programs.KeyAsync("a");
        Environment.SetEnvironmentVariable("Clearance__Database_of_a_test", "Password=of-the-database");
        var words = await FailsAsync(
            [programs.Script("talker", "env >&2; echo \"$1 and $TOKEN_PIN\" >&2; exit 1"), "an-argument-in-confidence"], 10, ("TOKEN_PIN", "31415926"));
        words.ShouldContain("PATH=");
        words.ShouldNotContain("of-the-database");
        words.ShouldNotContain("31415926");
        words.ShouldNotContain("in-confidence");
        words.Length.ShouldBeLessThan(700);
    }

    [Fact]
    public void A_private_key_is_no_public_half()
    {
        using var key = SigningKey.OpenOrCreate(programs.PathOf("keys"));
        var signer = Programs.Signer(Programs.Settings(Directory.GetFiles(programs.PathOf("keys"), "*.pem")[0], ["true"]));
        Should.Throw<KeyFileException>(signer.Offer).Message.ShouldContain("public half alone");
    }

    private async Task<string> FailsAsync(IReadOnlyList<string> command, double seconds = 10, params (string, string)[] environment) =>
        (await Should.ThrowAsync<SigningFailedException>(() => Programs.Signer(Programs.Settings(programs.PathOf("a.pub.pem"), command, seconds, environment)).SignAsync(Data, default))).Message;

    private async Task ShouldBeBelievedAsync(IPermitSigner signer, string publicKey)
    {
        var payload = Encoding.UTF8.GetBytes("{}");
        var signature = await signer.SignAsync(Dsse.PreAuthenticationEncoding(ReleasePermit.V1, payload), default);
        var envelope = Dsse.Enclose(ReleasePermit.V1, payload, signature.KeyId, signature.Bytes);
        Dsse.Verify(envelope, ReleasePermit.V1, programs.Trusting(publicKey), out var why).ShouldNotBeNull(why);
        signature.KeyId.ShouldBe(signer.Offer().KeyId);
    }
}
