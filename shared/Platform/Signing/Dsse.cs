using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace WorkflowPlatform.Platform.Signing;

/// <summary>Seals bytes together with what they mean, so that nobody without the key can change either.</summary>
/// <remarks>
/// DSSE v1 (github.com/secure-systems-lab/dsse, protocol.md and envelope.md) with ES256. Narrower than the specification, as both
/// ends are ours: exactly one signature, a key id is required, base64 is the standard alphabet with padding.
/// The envelope's text names nothing: an ECDSA signature has a twin (r, n−s) that verifies too. What may happen once is counted
/// by an id inside the payload.
/// </remarks>
public static class Dsse
{
    private const int LargestEnvelope = 64 * 1024;

    /// <summary>The sealed payload: DSSE's JSON envelope.</summary>
    public static string Sign(string payloadType, byte[] payload, SigningKey key) =>
        Enclose(payloadType, payload, key.KeyId, key.Sign(PreAuthenticationEncoding(payloadType, payload)));

    /// <summary>The envelope around an ES256 signature that was made elsewhere, over <see cref="PreAuthenticationEncoding"/>.</summary>
    public static string Enclose(string payloadType, byte[] payload, string keyId, byte[] signature)
    {
        var envelope = CanonicalJson.Serialize(new Envelope(Convert.ToBase64String(payload), payloadType, [new Signature(keyId, Convert.ToBase64String(signature))]));
        if (envelope.Length > LargestEnvelope) throw new ArgumentException("Too large for an envelope: nobody would verify it.", nameof(payload));
        return Encoding.UTF8.GetString(envelope);
    }

    /// <summary>Checks the seal and hands out the very bytes it was checked over. Parse those, never the envelope again.</summary>
    /// <param name="why">A code of <see cref="DsseFailure"/> where nothing is handed out.</param>
    public static VerifiedPayload? Verify(string envelope, string payloadType, TrustedKeys keys, out string? why)
    {
        VerifiedPayload? verified = null;
        why = null;
        if (!TryRead(envelope, out var read)) why = DsseFailure.Malformed;
        else if (read.PayloadType != payloadType) why = DsseFailure.PayloadType;
        else if (read.Signatures is not [{ } signature] || !TryDecode(read.Payload, out var payload) || !TryDecode(signature.Sig, out var sig)) why = DsseFailure.Malformed;
        else if (keys.Find(signature.Keyid) is not { } key) why = DsseFailure.UnknownKey;
        else if (!key.Verifies(PreAuthenticationEncoding(payloadType, payload), sig)) why = DsseFailure.BadSignature;
        else verified = new(payload, signature.Keyid);
        return verified;
    }

    /// <summary>PAE of protocol.md: lengths before contents, so that no two pairs of type and payload give the same bytes.</summary>
    public static byte[] PreAuthenticationEncoding(string payloadType, byte[] payload) =>
        [.. Encoding.UTF8.GetBytes($"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} "), .. payload];

    private static bool TryRead(string text, [NotNullWhen(true)] out Envelope? envelope)
    {
        envelope = null;
        if (text.Length > LargestEnvelope || CanonicalText.HasHalfPair(text)) return false; // For half a pair the serializer throws something else.
        try
        {
            envelope = JsonSerializer.Deserialize<Envelope>(text, CanonicalJson.Options);
            return envelope is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // .NET's decoder forgives white space and stray low bits, so two texts could mean the same bytes: only the one it would write counts.
    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        var decoded = Convert.TryFromBase64String(text, bytes, out var length);
        bytes = bytes[..length];
        return decoded && Convert.ToBase64String(bytes) == text;
    }

    private sealed record Envelope(string Payload, string PayloadType, IReadOnlyList<Signature> Signatures);

    private sealed record Signature(string Keyid, string Sig);
}

/// <summary>Bytes that a trusted key signed, as the type that was asked for.</summary>
public sealed record VerifiedPayload(byte[] Bytes, string KeyId);

/// <summary>Why an envelope is not believed. Permanent codes.</summary>
public static class DsseFailure
{
    /// <summary>Not an envelope as <see cref="Dsse"/> writes them, or too large.</summary>
    public const string Malformed = "malformed";

    /// <summary>An envelope about something else than was asked for.</summary>
    public const string PayloadType = "payload-type";

    /// <summary>Names a key that nobody here trusts.</summary>
    public const string UnknownKey = "unknown-key";

    /// <summary>The signature does not fit payload, type and key.</summary>
    public const string BadSignature = "bad-signature";
}
