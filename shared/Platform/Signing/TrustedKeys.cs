using System.Security.Cryptography;

namespace WorkflowPlatform.Platform.Signing;

/// <summary>The public keys that an operator put into a folder: whoever holds one of the private halves is believed.</summary>
/// <remarks>
/// The folder is read afresh for each question, and parsed only when its content changed: a key taken away is distrusted at once,
/// and no time stamp has to be believed. These are a few files of 200 bytes; reading them costs less than checking one signature.
/// A folder that holds anything but public keys is refused as a whole: better to stop than to guess what was meant.
/// </remarks>
public sealed class TrustedKeys
{
    private const string PublicKey = "PUBLIC KEY"; // SubjectPublicKeyInfo: RFC 7468 section 13.
    private const string Advice = "Put only public keys here: openssl pkey -in key.pem -pubout.";
    private const int LargestFile = 4096;

    private readonly string folder;
    private volatile Loaded current = new([], []);

    /// <summary>Reads the folder once, so that a wrong file stops the start and not the first release. Without a folder nobody is trusted.</summary>
    public TrustedKeys(string folder)
    {
        this.folder = folder;
        Load();
    }

    public IReadOnlyCollection<string> KeyIds => Load().Keys.Keys;

    /// <summary>The named key; null when it is not trusted.</summary>
    internal TrustedKey? Find(string keyId) => Load().Keys.GetValueOrDefault(keyId);

    private Loaded Load()
    {
        var (files, known) = (ReadFolder(), current);
        if (!files.SequenceEqual(known.Files)) current = known = new(files, Parse(files));
        return known; // Not the field: a slower thread may just have put back what it read earlier.
    }

    private List<(string Path, string Text)> ReadFolder()
    {
        if (!Directory.Exists(folder)) return [];
        var files = new List<(string Path, string Text)>();
        foreach (var path in Directory.EnumerateFiles(folder, KeyFiles.Pattern).Order(StringComparer.Ordinal))
        {
            if (new FileInfo(path).Length > LargestFile) throw new KeyFileException(path, $"is too large for a public key. {Advice}");
            files.Add((path, File.ReadAllText(path)));
        }
        return files;
    }

    private static Dictionary<string, TrustedKey> Parse(List<(string Path, string Text)> files)
    {
        var keys = new Dictionary<string, TrustedKey>(StringComparer.Ordinal);
        foreach (var (path, text) in files)
        {
            if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
                throw new KeyFileException(path, $"is a private key. Whoever verifies must not be able to sign: take it away, and replace that key if it was left here. {Advice}");
            var key = ECDsa.Create(); // Never disposed by us: somebody may be verifying with it while it is replaced.
            try
            {
                key.ImportSubjectPublicKeyInfo(KeyFiles.Read(path, text, PublicKey, Advice), out _);
            }
            catch (CryptographicException)
            {
                throw new KeyFileException(path, $"is damaged, or no elliptic-curve key. {Advice}");
            }
            KeyFiles.RequireP256(key, path);
            keys[KeyFiles.KeyIdOf(key)] = new(key);
        }
        return keys;
    }

    private sealed record Loaded(List<(string Path, string Text)> Files, Dictionary<string, TrustedKey> Keys);
}

/// <summary>One public key that is believed.</summary>
internal sealed class TrustedKey(ECDsa key)
{
    private readonly Lock verifying = new(); // ECDsa instances are not promised to be thread-safe; importing one costs twice a check.

    public bool Verifies(byte[] data, byte[] signature)
    {
        lock (verifying) return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
