using System.Runtime.Versioning;
using System.Security.Cryptography;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Platform.Tests.Signing;

public sealed class SigningKeyTests : IDisposable
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly KeyFolders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact, UnsupportedOSPlatform("windows")]
    public void Only_the_owner_can_read_a_new_key()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are a matter of Unix.");
        using var key = SigningKey.OpenOrCreate(folders.Private);

        File.GetUnixFileMode(FileOf(key)).ShouldBe(OwnerReadsAndWrites);
        File.GetUnixFileMode(folders.Private).ShouldBe(OwnerReadsAndWrites | UnixFileMode.UserExecute);
        Directory.GetFiles(folders.Private, "*.pem*").ShouldBe([FileOf(key)]);
    }

    [Fact]
    public void The_same_key_is_there_after_a_restart()
    {
        using var first = SigningKey.OpenOrCreate(folders.Private);
        using var again = SigningKey.OpenOrCreate(folders.Private);

        again.KeyId.ShouldBe(first.KeyId);
        again.PublicPem.ShouldBe(first.PublicPem);
    }

    [Fact]
    public void A_key_is_named_after_its_public_half()
    {
        using var key = SigningKey.OpenOrCreate(folders.Private);
        using var published = ECDsa.Create();
        published.ImportFromPem(key.PublicPem);

        key.KeyId.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(published.ExportSubjectPublicKeyInfo()))[..16]);
        key.PublicPem.ShouldNotContain("PRIVATE");
        published.VerifyData("x"u8, key.Sign("x"u8), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation).ShouldBeTrue();
    }

    [Fact]
    public void The_newest_key_signs()
    {
        using var old = SigningKey.OpenOrCreate(folders.Private);
        using var rotated = SigningKey.OpenOrCreate(folders.Elsewhere);
        File.Move(Path.Combine(folders.Elsewhere, rotated.KeyId + ".pem"), FileOf(rotated));

        File.SetLastWriteTimeUtc(FileOf(rotated), File.GetLastWriteTimeUtc(FileOf(old)).AddSeconds(1));
        using (var opened = SigningKey.OpenOrCreate(folders.Private)) opened.KeyId.ShouldBe(rotated.KeyId);
        File.SetLastWriteTimeUtc(FileOf(old), File.GetLastWriteTimeUtc(FileOf(rotated)).AddSeconds(1));
        using (var opened = SigningKey.OpenOrCreate(folders.Private)) opened.KeyId.ShouldBe(old.KeyId);
    }

    [Fact]
    public void The_public_half_may_lie_beside_it()
    {
        using var key = SigningKey.OpenOrCreate(folders.Private);
        File.WriteAllText(Path.Combine(folders.Private, key.KeyId + ".pub.pem"), key.PublicPem);

        using var again = SigningKey.OpenOrCreate(folders.Private);
        again.KeyId.ShouldBe(key.KeyId);
    }

    [Fact]
    public void Everybody_who_starts_at_once_gets_the_same_key()
    {
        var ids = new string[8];
        using var start = new Barrier(ids.Length);
        var threads = Enumerable.Range(0, ids.Length).Select(n => new Thread(() =>
        {
            start.SignalAndWait();
            using var key = SigningKey.OpenOrCreate(folders.Private);
            ids[n] = key.KeyId;
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        ids.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Who_comes_while_another_process_makes_the_key_waits_for_that_key()
    {
        string made;
        Task<string> waits;
        using (FileLock.TryTake(folders.Private)) // As the other process holds it.
        {
            waits = Task.Run(() =>
            {
                using var opened = SigningKey.OpenOrCreate(folders.Private);
                return opened.KeyId;
            });
            (await Task.WhenAny(waits, Task.Delay(TimeSpan.FromMilliseconds(500)))).ShouldNotBe(waits);
            using var key = SigningKey.OpenOrCreate(folders.Elsewhere);
            File.Move(Path.Combine(folders.Elsewhere, key.KeyId + ".pem"), Path.Combine(folders.Private, key.KeyId + ".pem"));
            made = key.KeyId;
        }

        (await waits).ShouldBe(made);
        Directory.GetFiles(folders.Private, "*.pem").Length.ShouldBe(1);
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void A_key_that_others_can_read_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are a matter of Unix.");
        using var key = SigningKey.OpenOrCreate(folders.Private);
        File.SetUnixFileMode(FileOf(key), OwnerReadsAndWrites | UnixFileMode.GroupRead);

        Refusal().ShouldContain("chmod 600");
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void Behind_a_link_the_mode_of_the_file_itself_counts()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are a matter of Unix.");
        using var key = SigningKey.OpenOrCreate(folders.Private);
        var hidden = Path.Combine(folders.Private, "elsewhere");
        File.Move(FileOf(key), hidden);
        File.CreateSymbolicLink(FileOf(key), hidden);

        using (var opened = SigningKey.OpenOrCreate(folders.Private)) opened.KeyId.ShouldBe(key.KeyId);
        File.SetUnixFileMode(hidden, OwnerReadsAndWrites | UnixFileMode.OtherRead);
        Refusal().ShouldContain("chmod 600");
    }

    [Fact]
    public void A_file_that_is_no_private_key_on_P256_is_refused()
    {
        using var key = SigningKey.OpenOrCreate(folders.Private);
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);

        Replace(key, key.PublicPem).ShouldContain("PKCS#8");
        Replace(key, larger.ExportECPrivateKeyPem()).ShouldContain("PKCS#8");
        Replace(key, larger.ExportPkcs8PrivateKeyPem()).ShouldContain("P-256");
        Replace(key, rsa.ExportPkcs8PrivateKeyPem()).ShouldContain("no elliptic-curve key");
        Replace(key, PemEncoding.WriteString("PRIVATE KEY", [1, 2, 3])).ShouldContain("damaged");
        Replace(key, "").ShouldContain("PKCS#8");
    }

    private string Replace(SigningKey key, string text)
    {
        File.WriteAllText(FileOf(key), text);
        return Refusal();
    }

    private string Refusal() => Should.Throw<KeyFileException>(() => SigningKey.OpenOrCreate(folders.Private)).Message;

    private string FileOf(SigningKey key) => Path.Combine(folders.Private, key.KeyId + ".pem");
}
