using System.Security.Cryptography;
using System.Text;

namespace WorkflowPlatform.Drafting.Intake;

/// <summary>Digests and the salts that keep them from telling a text.</summary>
internal static class Seal
{
    private const int SaltBytes = 16;

    public static string Salt() => RandomNumberGenerator.GetHexString(SaltBytes * 2, lowercase: true);

    public static string TextDigest(string salt, string text) => Digest(Encoding.UTF8.GetBytes(salt + text));

    public static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
