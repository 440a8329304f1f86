using System.Security.Cryptography;

namespace WorkflowPlatform.Platform.Signing;

/// <summary>The private key with which this service seals what it vouches for: ECDSA P-256 in a file that only its owner can read.</summary>
/// <remarks>
/// Instances that share a duty share the folder's content: whoever comes first to an empty folder makes the key, and the others wait for it.
/// A key that was rotated out belongs out of the folder, because the newest file is the one that signs.
/// </remarks>
public sealed class SigningKey : IDisposable
{
    private const string PrivateKey = "PRIVATE KEY"; // PKCS#8, unencrypted: RFC 5958, RFC 7468 section 10.
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OthersToo = ~(OwnerOnly | UnixFileMode.UserExecute);

    private readonly ECDsa key;
    private readonly Lock signing = new(); // ECDsa instances are not promised to be thread-safe.

    private SigningKey(ECDsa key) => (this.key, KeyId, PublicPem) = (key, KeyFiles.KeyIdOf(key), key.ExportSubjectPublicKeyInfoPem());

    /// <summary>First 16 hexadecimal digits of the SHA-256 of the public key (SubjectPublicKeyInfo).</summary>
    public string KeyId { get; }

    /// <summary>The public key, for the trust folder of whoever verifies.</summary>
    public string PublicPem { get; }

    /// <summary>Opens the newest key of the folder, or makes the first one.</summary>
    public static SigningKey OpenOrCreate(string folder)
    {
        if (Newest(folder) is { } file) return Open(file.FullName);
        using var alone = Alone(folder);
        return Newest(folder) is { } meanwhile ? Open(meanwhile.FullName) : Make(folder);
    }

    /// <summary>ES256 (RFC 7518 section 3.4): SHA-256, r and s side by side, 64 bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (signing) return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public void Dispose() => key.Dispose();

    private static FileInfo? Newest(string folder) => !Directory.Exists(folder) ? null : new DirectoryInfo(folder)
        .EnumerateFiles(KeyFiles.Pattern)
        .Where(file => !file.Name.EndsWith(".pub.pem", StringComparison.Ordinal)) // The public half may lie beside it, to be handed on.
        .OrderByDescending(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    private static SigningKey Open(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersToo) != 0)
            throw new KeyFileException(path, "others than its owner may use this private key. Run chmod 600 on it, and replace it if they may have.");

        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(KeyFiles.Read(path, File.ReadAllText(path), PrivateKey, "Only unencrypted PKCS#8 private keys belong in this folder."), out _);
        }
        catch (CryptographicException)
        {
            throw new KeyFileException(path, "is damaged, or no elliptic-curve key. Bring it back from a backup, or take it away to have a new one made.");
        }
        KeyFiles.RequireP256(key, path);
        return new SigningKey(key);
    }

    private static SigningKey Make(string folder)
    {
        var made = new SigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        WriteWhole(Path.Combine(folder, made.KeyId + ".pem"), made.key.ExportPkcs8PrivateKeyPem());
        return made;
    }

    private static FileLock Alone(string folder)
    {
        MakeFolder(folder);
        FileLock? taken = null;
        return SpinWait.SpinUntil(() => (taken = FileLock.TryTake(folder)) is not null, TimeSpan.FromSeconds(30))
            ? taken! : throw new KeyFileException(folder, "is kept locked by another process. Look what it does there, end it, and start again.");
    }

    private static void MakeFolder(string folder)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(folder)) is { } parent) Directory.CreateDirectory(parent);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    // Under another name first: after a crash there is a whole key or none. The file is born with its mode, so nobody is ever faster.
    private static void WriteWhole(string path, string text)
    {
        var unfinished = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(unfinished, options))
        {
            using (var writer = new StreamWriter(stream, leaveOpen: true)) writer.Write(text + "\n");
            stream.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path);
    }
}
