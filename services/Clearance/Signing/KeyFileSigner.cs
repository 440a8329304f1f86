using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Clearance.Signing;

/// <summary>Signs with the newest key of a folder.</summary>
/// <remarks>
/// The folder is read afresh for each permit, as Publishing reads its trust: a key put there signs the next permit, without
/// a restart. Only the start makes a key in an empty folder. While the service runs an empty folder means that somebody
/// took the key away, and a new one that nobody trusts would turn every cleared text into a refusal.
/// </remarks>
public sealed class KeyFileSigner(string folder) : IPermitSigner
{
    public PublicHalf Offer()
    {
        using var key = SigningKey.OpenOrCreate(folder);
        return new(key.KeyId, key.PublicPem);
    }

    public Task<PermitSignature> SignAsync(byte[] data, CancellationToken ct)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFiles(folder, KeyFiles.Pattern).Any(file => !file.EndsWith(".pub.pem", StringComparison.Ordinal)))
            throw new SigningFailedException($"There is no key in {folder}. Put one there with deploy/scripts/rotate-permit-key.");
        try
        {
            using var key = SigningKey.OpenOrCreate(folder);
            return Task.FromResult(new PermitSignature(key.KeyId, key.Sign(data)));
        }
        catch (Exception fault) when (fault is KeyFileException or IOException)
        {
            throw new SigningFailedException(fault.Message, fault); // Half a rotation looks like this for a moment.
        }
    }
}
