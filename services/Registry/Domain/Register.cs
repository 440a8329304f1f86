using System.Security.Cryptography;
using System.Text;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>What all entries of the register share.</summary>
public static class Register
{
    public static readonly Refusal Unchanged = new("register.unchanged", "The register says so already.");

    /// <summary>An id that follows from what an entry is about, so that every file means the same entry by it (RFC 9562, version 8, SHA-256).</summary>
    public static Guid IdOf(string kind, params object[] parts)
    {
        var name = string.Join('\n', parts.Prepend($"workflowplatform.{kind}"));
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
