using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Platform.Tests.Signing;

public sealed class DsseTests : IDisposable
{
    private const string HelloWorld = "http://example.com/HelloWorld"; // The example of protocol.md, section "Test Vectors".

    private readonly KeyFolders folders = new();
    private readonly SigningKey key;
    private readonly TrustedKeys trusted;

    public DsseTests()
    {
        key = SigningKey.OpenOrCreate(folders.Private);
        folders.Trust("permit.pem", key.PublicPem);
        trusted = new TrustedKeys(folders.Trusted);
    }

    public void Dispose()
    {
        key.Dispose();
        folders.Dispose();
    }

    [Fact]
    public void The_signed_bytes_are_those_of_the_specification() =>
        Encoding.UTF8.GetString(Dsse.PreAuthenticationEncoding(HelloWorld, "hello world"u8.ToArray())).ShouldBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");

    [Fact]
    public void Lengths_are_counted_in_bytes() =>
        Encoding.UTF8.GetString(Dsse.PreAuthenticationEncoding("é", "€"u8.ToArray())).ShouldBe("DSSEv1 2 é 3 €");

    [Fact]
    public void The_signature_of_the_specification_verifies()
    {
        using var example = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new()
            {
                X = Number("46950820868899156662930047687818585632848591499744589407958293238635476079160"),
                Y = Number("5640078356564379163099075877009565129882514886557779369047442380624545832820"),
            },
        });
        folders.Trust("example.pem", example.ExportSubjectPublicKeyInfoPem());
        var keyId = trusted.KeyIds.Single(id => id != key.KeyId);

        Verify($$"""
            {"payload": "aGVsbG8gd29ybGQ=",
             "payloadType": "http://example.com/HelloWorld",
             "signatures": [{"keyid": "{{keyId}}", "sig": "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]}
            """).ShouldBe("hello world");
    }

    [Fact]
    public void What_was_signed_verifies_and_comes_back_byte_for_byte() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), payload =>
        Dsse.Verify(Dsse.Sign(HelloWorld, payload, key), HelloWorld, trusted, out _) is { } verified
        && verified.Bytes.SequenceEqual(payload) && verified.KeyId == key.KeyId).QuickCheckThrowOnFailure();

    [Fact]
    public void No_bit_of_the_envelope_can_be_flipped()
    {
        var envelope = Dsse.Sign(HelloWorld, "hello world!"u8.ToArray(), key);

        for (var at = 0; at < envelope.Length; at++)
            for (var bit = 0; bit < 8; bit++)
            {
                var flipped = envelope.ToCharArray();
                flipped[at] ^= (char)(1 << bit);
                Dsse.Verify(new string(flipped), HelloWorld, trusted, out _).ShouldBeNull($"bit {bit} of character {at}");
            }
    }

    [Fact]
    public void No_bit_of_payload_signature_or_type_can_be_flipped() => Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<byte>>(), ArbMap.Default.ArbFor<NonNegativeInt>(), (payload, at) =>
    {
        var envelope = Dsse.Sign(HelloWorld, payload.Item, key);
        var signature = Convert.FromBase64String(envelope.Split("\"sig\":\"")[1].Split('"')[0]);
        var type = HelloWorld[..(at.Item % HelloWorld.Length)] + (char)(HelloWorld[at.Item % HelloWorld.Length] ^ 1) + HelloWorld[(at.Item % HelloWorld.Length + 1)..];
        string[] forged =
        [
            Swapped(envelope, payload.Item, Flipped(payload.Item, at.Item)),
            Swapped(envelope, signature, Flipped(signature, at.Item)),
            envelope.Replace(HelloWorld, type, StringComparison.Ordinal),
        ];
        return forged.All(text => Dsse.Verify(text, HelloWorld, trusted, out _) is null)
            && Dsse.Verify(envelope, type, trusted, out _) is null
            && Dsse.Verify(forged[2], type, trusted, out _) is null;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_envelope_of_another_type_is_told_apart() =>
        Failure(Dsse.Sign("application/other", "{}"u8.ToArray(), key)).ShouldBe(DsseFailure.PayloadType);

    [Fact]
    public void A_key_that_nobody_trusts_is_told_apart()
    {
        using var stranger = SigningKey.OpenOrCreate(folders.Elsewhere);

        Failure(Dsse.Sign(HelloWorld, "x"u8.ToArray(), stranger)).ShouldBe(DsseFailure.UnknownKey);
    }

    [Fact]
    public void A_strangers_signature_under_a_trusted_name_does_not_verify()
    {
        using var stranger = SigningKey.OpenOrCreate(folders.Elsewhere);
        var forged = Dsse.Sign(HelloWorld, "x"u8.ToArray(), stranger).Replace(stranger.KeyId, key.KeyId, StringComparison.Ordinal);

        Failure(forged).ShouldBe(DsseFailure.BadSignature);
    }

    [Theory]
    [InlineData("\"sig\":", "\"sig\":\"AAAA\",\"sig\":"), InlineData("\"payload\":", "\"payload\":\"\",\"payload\":")] // Comes twice.
    [InlineData("\"payload\":", "\"more\":1,\"payload\":"), InlineData("\"sig\":", "\"cert\":\"\",\"sig\":"), InlineData("\"payload\":", "\"Payload\":")] // Unknown.
    [InlineData("\"signatures\":[", "\"signatures\":[null,"), InlineData("\"signatures\":[", "\"signatures\":[{\"keyid\":\"a\",\"sig\":\"\"},")] // Not exactly one.
    [InlineData("}]}", "}]}{}"), InlineData("}]}", "}],}"), InlineData("}]}", "}]"), InlineData("{\"payload\"", "/**/{\"payload\"")] // Not JSON, or more than it.
    [InlineData("=\",\"payloadType\"", "\",\"payloadType\""), InlineData("aGVsbG8h", "aGVs\\nbG8h"), InlineData("aGVsbG8h", "aGVs bG8h"), InlineData("IQ==", "IR==")] // Base64, nearly.
    [InlineData("\"keyid\":\"", "\"keyid\":\"\\ud800"), InlineData("aGVsbG8h", "aGVsb\\ud800")] // Not text.
    public void Anything_but_a_plain_envelope_is_malformed(string part, string other)
    {
        var envelope = Dsse.Sign(HelloWorld, "hello!!"u8.ToArray(), key);
        envelope.ShouldContain(part);

        Failure(envelope.Replace(part, other, StringComparison.Ordinal)).ShouldBe(DsseFailure.Malformed);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_malformed() =>
        Failure(Dsse.Sign(HelloWorld, [], key).Replace("\"keyid\":\"", "\"keyid\":\"\ud800", StringComparison.Ordinal)).ShouldBe(DsseFailure.Malformed);

    [Theory]
    [InlineData(""), InlineData("null"), InlineData("[]"), InlineData("{}"), InlineData("\"\"")]
    [InlineData("""{"payload":null,"payloadType":"http://example.com/HelloWorld","signatures":[]}"""), InlineData("""{"payload":"","payloadType":"http://example.com/HelloWorld","signatures":null}""")]
    [InlineData("""{"payload":"","payloadType":"http://example.com/HelloWorld","signatures":[]}""")]
    public void A_stripped_envelope_is_malformed(string envelope) => Failure(envelope).ShouldBe(DsseFailure.Malformed);

    [Fact]
    public void An_envelope_has_a_largest_size_at_both_ends()
    {
        Should.Throw<ArgumentException>(() => Dsse.Sign(HelloWorld, new byte[49_152], key));
        Failure(Dsse.Sign(HelloWorld, "x"u8.ToArray(), key) + new string(' ', 64 * 1024)).ShouldBe(DsseFailure.Malformed);
        Dsse.Verify(Dsse.Sign(HelloWorld, new byte[48_000], key), HelloWorld, trusted, out _).ShouldNotBeNull();
    }

    [Fact]
    public void A_key_signs_for_many_at_once() => Parallel.For(0, 200, n =>
    {
        var payload = BitConverter.GetBytes(n);
        Dsse.Verify(Dsse.Sign(HelloWorld, payload, key), HelloWorld, trusted, out _).ShouldNotBeNull().Bytes.ShouldBe(payload);
    });

    private string? Verify(string envelope) =>
        Dsse.Verify(envelope, HelloWorld, trusted, out var why) is { } verified ? Encoding.UTF8.GetString(verified.Bytes) : why;

    private string? Failure(string envelope) => Dsse.Verify(envelope, HelloWorld, trusted, out var why) is null ? why : null;

    private static string Swapped(string envelope, byte[] from, byte[] to) =>
        envelope.Replace($"\"{Convert.ToBase64String(from)}\"", $"\"{Convert.ToBase64String(to)}\"", StringComparison.Ordinal);

    private static byte[] Flipped(byte[] bytes, int at)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[at / 8 % bytes.Length] ^= (byte)(1 << (at % 8));
        return flipped;
    }

    private static byte[] Number(string digits)
    {
        var bytes = System.Numerics.BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
