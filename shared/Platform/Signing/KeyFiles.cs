using System.Security.Cryptography;

namespace WorkflowPlatform.Platform.Signing;

/// <summary>A key file cannot be used as it is; the message tells the operator what to do.</summary>
public sealed class KeyFileException : Exception
{
    public KeyFileException(string path, string problem) : base($"{path}: {problem}") { }
}

/// <summary>What signing and trusting share: which keys count, and by what name.</summary>
public static class KeyFiles
{
    public const string Pattern = "*.pem";

    private const string P256 = "1.2.840.10045.3.1.7";
    private const int KeyIdLength = 16;

    /// <summary>A name that follows from the public key alone, so that nobody can give a key another's name.</summary>
    public static string KeyIdOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..KeyIdLength];

    /// <summary>The bytes under the one label the file may have (RFC 7468).</summary>
    public static byte[] Read(string path, string text, string label, string advice)
    {
        if (!PemEncoding.TryFind(text, out var found) || text[found.Label] != label || PemEncoding.TryFind(text.AsSpan(found.Location.End.Value), out _))
            throw new KeyFileException(path, $"holds something else than one {label}. {advice}");
        return Convert.FromBase64String(text[found.Base64Data]);
    }

    public static void RequireP256(ECDsa key, string path)
    {
        var curve = key.ExportParameters(includePrivateParameters: false).Curve;
        if (!curve.IsNamed || curve.Oid.Value != P256) throw new KeyFileException(path, "is not a key on the curve P-256. Only ES256 is used here.");
    }
}
