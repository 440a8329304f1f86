using System.Security.Cryptography;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Platform.Tests.Signing;

public sealed class TrustedKeysTests : IDisposable
{
    private readonly KeyFolders folders = new();
    private readonly SigningKey key;

    public TrustedKeysTests() => key = SigningKey.OpenOrCreate(folders.Private);

    public void Dispose()
    {
        key.Dispose();
        folders.Dispose();
    }

    [Fact]
    public void Without_a_folder_nobody_is_trusted() => new TrustedKeys(folders.Trusted).KeyIds.ShouldBeEmpty();

    [Fact]
    public void A_key_goes_by_its_own_name_whatever_its_file_is_called()
    {
        folders.Trust("0123456789abcdef.pem", key.PublicPem);

        new TrustedKeys(folders.Trusted).KeyIds.ShouldBe([key.KeyId]);
    }

    [Fact]
    public void A_key_counts_from_when_it_is_put_there_until_it_is_taken_away()
    {
        using var other = SigningKey.OpenOrCreate(folders.Elsewhere);
        var trusted = new TrustedKeys(folders.Trusted);

        folders.Trust("a.pem", key.PublicPem);
        trusted.KeyIds.ShouldBe([key.KeyId]);
        folders.Trust("a.pem", other.PublicPem); // Same name, same length, perhaps the same instant.
        trusted.KeyIds.ShouldBe([other.KeyId]);
        folders.Trust("b.pem", key.PublicPem);
        trusted.KeyIds.ShouldBe([key.KeyId, other.KeyId], ignoreOrder: true);
        File.Delete(Path.Combine(folders.Trusted, "a.pem"));
        trusted.KeyIds.ShouldBe([key.KeyId]);
    }

    [Fact]
    public void A_private_key_is_refused_with_words_that_say_what_to_do()
    {
        var file = Path.Combine(folders.Private, key.KeyId + ".pem");
        folders.Trust("permit.pem", File.ReadAllText(file));
        Refusal().ShouldContain("take it away");

        folders.Trust("permit.pem", key.PublicPem + "\n" + File.ReadAllText(file));
        Refusal().ShouldContain("take it away");
    }

    [Fact]
    public void A_private_key_that_comes_later_stops_all_trust()
    {
        folders.Trust("a.pem", key.PublicPem);
        var trusted = new TrustedKeys(folders.Trusted);
        var envelope = Dsse.Sign("type", [1], key);

        folders.Trust("b.pem", File.ReadAllText(Path.Combine(folders.Private, key.KeyId + ".pem")));
        Should.Throw<KeyFileException>(() => Dsse.Verify(envelope, "type", trusted, out _));
    }

    [Fact]
    public void Anything_but_one_public_key_on_P256_is_refused()
    {
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);

        foreach (var text in new[]
        {
            "", "hello", larger.ExportSubjectPublicKeyInfoPem(), rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportRSAPublicKeyPem(),
            PemEncoding.WriteString("PUBLIC KEY", [1, 2, 3]), key.PublicPem + "\n" + key.PublicPem, key.PublicPem + new string('\n', 8192),
        })
        {
            folders.Trust("a.pem", text);
            Refusal().ShouldContain("a.pem");
        }
    }

    private string Refusal() => Should.Throw<KeyFileException>(() => new TrustedKeys(folders.Trusted)).Message;
}
