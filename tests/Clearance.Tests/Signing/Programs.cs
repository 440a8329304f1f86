using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using WorkflowPlatform.Clearance.Signing;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Clearance.Tests.Signing;

/// <summary>Signing programs in a folder of their own: right ones, and every kind of wrong one.</summary>
internal sealed class Programs : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("workflow-platform-signer-").FullName;

    public string PathOf(string name) => Path.Combine(folder, name);

    /// <summary>Writes a shell script and answers its path.</summary>
    public string Script(string name, string body)
    {
        var path = PathOf(name);
        File.WriteAllText(path + ".new", $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Move(path + ".new", path, overwrite: true);
        return path;
    }

    /// <summary>A key of its own kind, with its public half; answers the private half's path.</summary>
    public async Task<string> KeyAsync(string name)
    {
        await RunAsync("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", PathOf(name + ".pem"));
        await RunAsync("openssl", "pkey", "-in", PathOf(name + ".pem"), "-pubout", "-out", PathOf(name + ".pub.pem"));
        return PathOf(name + ".pem");
    }

    /// <summary>The script that the operators are given.</summary>
    public static string Shipped(string name) => Path.Combine(Generated.Root, "deploy", "scripts", name);

    public static Dictionary<string, string?> Settings(string publicKey, IReadOnlyList<string> command, double seconds = 10, params (string Name, string Value)[] environment)
    {
        var settings = new Dictionary<string, string?> { ["Clearance:PermitSigner:PublicKey"] = publicKey, ["Clearance:PermitSigner:Seconds"] = FormattableString.Invariant($"{seconds}") };
        foreach (var (i, part) in command.Index()) settings[$"Clearance:PermitSigner:Command:{i}"] = part;
        foreach (var (name, value) in environment) settings[$"Clearance:PermitSigner:Environment:{name}"] = value;
        return settings;
    }

    public static ProgramSigner Signer(Dictionary<string, string?> settings) =>
        new(new ProgramSignerSettings(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()), NullLogger<ProgramSigner>.Instance);

    /// <summary>What Publishing would believe, were these keys put into its folder.</summary>
    public TrustedKeys Trusting(params string[] publicKeys)
    {
        var trust = Directory.CreateDirectory(PathOf("trust-" + Guid.CreateVersion7())).FullName;
        foreach (var key in publicKeys) File.Copy(key, Path.Combine(trust, Path.GetFileName(key)));
        return new TrustedKeys(trust);
    }

    public static async Task<string> RunAsync(string program, params string[] arguments) => await RunAsync(program, [], arguments);

    public static async Task<string> RunAsync(string program, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {await said}{await complained}");
        return await said;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
