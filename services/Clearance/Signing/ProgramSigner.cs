using System.Diagnostics;
using System.Security.Cryptography;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Clearance.Signing;

/// <summary>Signs by way of a program, such as the tool of a token's or a key service's vendor: digest in, signature out.</summary>
/// <remarks>
/// The program gets the 32 bytes of the SHA-256 on its standard input, raw, and writes the signature on its standard
/// output: 64 bytes of r and s, or a DER sequence of the two. It is not believed: what it wrote is verified with the public
/// half that the operator named, and counts only then. It is started without a shell, with an environment of its own, and
/// ended with all its children when its time is over. No transaction is open while it runs.
/// </remarks>
public sealed partial class ProgramSigner(ProgramSignerSettings settings, ILogger<ProgramSigner> log) : IPermitSigner
{
    private const int LongestAnswer = 256;
    private const int LongestComplaint = 4096;

    /// <summary>Of our own environment it gets what a program needs to find its way; our settings hold passwords.</summary>
    private static readonly string[] Passed = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR"];

    public PublicHalf Offer()
    {
        using var key = Open();
        return new(KeyFiles.KeyIdOf(key), key.ExportSubjectPublicKeyInfoPem());
    }

    public async Task<PermitSignature> SignAsync(byte[] data, CancellationToken ct)
    {
        using var key = OpenOrFail();
        var digest = SHA256.HashData(data);
        var (answer, complaint) = await RunAsync(digest, ct);
        if (answer.Length <= LongestAnswer)
            foreach (var form in EcdsaForms.Readings(answer))
                if (key.VerifyHash(digest, form, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
                    return new(KeyFiles.KeyIdOf(key), form);
        throw new SigningFailedException(
            $"What the signer wrote ({answer.Length} bytes) is no signature of {KeyFiles.KeyIdOf(key)}. Look whether Clearance:PermitSigner:PublicKey is the public half of the key it uses.{Said(complaint)}");
    }

    private async Task<(byte[] Answer, string Complaint)> RunAsync(byte[] digest, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(settings.Limit); // Real time on purpose: a stepped clock must not let a program hang.
        using var process = Start();
        try
        {
            var (answer, complaint) = (ReadAsync(process.StandardOutput.BaseStream, LongestAnswer, limit.Token), ReadAsync(process.StandardError.BaseStream, LongestComplaint, limit.Token));
            await GiveAsync(process, digest, limit.Token);
            await Task.WhenAll(answer, complaint, process.WaitForExitAsync(limit.Token));
            var words = settings.WithoutSecrets(await complaint);
            if (process.ExitCode != 0) throw new SigningFailedException($"The signer ended with code {process.ExitCode}.{Said(words)}");
            if (words.Length > 0) Complained(log, words);
            return (await answer, words);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new SigningFailedException($"The signer did not answer within {settings.Limit.TotalSeconds:0.#} s and was ended.");
        }
        finally
        {
            End(process);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(settings.Command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in settings.Command.Skip(1)) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Except(Passed).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in settings.Environment) start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or IOException)
        {
            throw new SigningFailedException($"The signer {settings.Command[0]} cannot be started: {fault.Message}", fault);
        }
    }

    private static async Task GiveAsync(Process process, byte[] digest, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(digest, ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading: its exit code and its words say more.
        }
    }

    /// <summary>All of it, but never more than is worth keeping; what is too long is told by one byte more.</summary>
    private static async Task<byte[]> ReadAsync(Stream stream, int most, CancellationToken ct)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[1024];
        while (await stream.ReadAsync(buffer, ct) is var read and > 0)
            kept.Write(buffer, 0, Math.Min(read, most + 1 - (int)kept.Length));
        return kept.ToArray();
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception fault) when (fault is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It ended by itself meanwhile, or runs under an account that is not ours to end: what it writes is not read any more.
        }
    }

    private ECDsa OpenOrFail()
    {
        try
        {
            return Open();
        }
        catch (Exception fault) when (fault is KeyFileException or IOException or UnauthorizedAccessException)
        {
            throw new SigningFailedException(fault.Message, fault);
        }
    }

    private ECDsa Open()
    {
        var path = settings.PublicKey;
        if (!File.Exists(path)) throw new KeyFileException(path, "is not there. Export the public half of the token's key into it, and name it in Clearance:PermitSigner:PublicKey.");
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(KeyFiles.Read(path, File.ReadAllText(path), "PUBLIC KEY", "Clearance:PermitSigner:PublicKey names the public half alone."), out _);
        }
        catch (CryptographicException)
        {
            throw new KeyFileException(path, "is damaged, or no elliptic-curve key.");
        }
        KeyFiles.RequireP256(key, path);
        return key;
    }

    private static string Said(string words) => words.Length == 0 ? "" : $" It said: {words}";

    [LoggerMessage(Level = LogLevel.Debug, Message = "The signer signed and said: {Words}")]
    private static partial void Complained(ILogger log, string words);
}
