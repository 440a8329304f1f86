namespace WorkflowPlatform.Clearance.Signing;

/// <summary>Who makes Clearance's signature: a key in a file, or a program that reaches a key which never leaves its token.</summary>
/// <remarks>It signs whatever bytes it is handed. What may be handed to it is the affair of <see cref="PermitSeal"/>, its only caller.</remarks>
public interface IPermitSigner
{
    /// <summary>The key with which it signs just now.</summary>
    /// <exception cref="Platform.Signing.KeyFileException">There is none, or none that can be used.</exception>
    PublicHalf Offer();

    /// <summary>ES256 (RFC 7518 section 3.4) over the bytes.</summary>
    /// <exception cref="SigningFailedException">There is no signature, or none that its public half verifies.</exception>
    Task<PermitSignature> SignAsync(byte[] data, CancellationToken ct);
}

/// <summary>What Publishing has to be given before it believes a signer's permits.</summary>
/// <param name="KeyId">First 16 hexadecimal digits of the SHA-256 of the public key.</param>
public sealed record PublicHalf(string KeyId, string Pem);

/// <summary>A signature, and which key made it.</summary>
/// <param name="Bytes">r and s side by side, 64 bytes.</param>
public sealed record PermitSignature(string KeyId, byte[] Bytes);

/// <summary>Nothing was signed; the message tells the operator why. The permit is tried again.</summary>
public sealed class SigningFailedException(string message, Exception? cause = null) : Exception(message, cause);
