using System.Security.Cryptography;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Clearance.Tests.Signing;

/// <summary>A token of SoftHSM's in a folder of its own, reached by the same PKCS#11 tool as a real one.</summary>
internal sealed class SoftToken
{
    private const string Label = "permits", Pin = "87654321";
    private static readonly string[] Modules =
        ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so"];

    private readonly Programs programs;
    private readonly string module;

    private SoftToken(Programs programs, string module) => (this.programs, this.module) = (programs, module);

    public (string Name, string Value) Configuration => ("SOFTHSM2_CONF", programs.PathOf("softhsm2.conf"));

    public string PinFile => programs.PathOf("pin");

    public static string SecretPin => Pin;

    /// <summary>A new token; skipped visibly where the tools are missing, and a failure in a pipeline.</summary>
    public static async Task<SoftToken> MakeAsync(Programs programs)
    {
        var module = Modules.FirstOrDefault(File.Exists);
        if (module is null || !OnPath("softhsm2-util") || !OnPath("pkcs11-tool"))
        {
            const string Missing = "SoftHSM or OpenSC's pkcs11-tool is missing: install softhsm2 and opensc, or run deploy/scripts/test, which does.";
            if (Servers.IsCI) throw new InvalidOperationException(Missing);
            Assert.Skip(Missing);
        }
        var token = new SoftToken(programs, module!);
        Directory.CreateDirectory(programs.PathOf("tokens"));
        await File.WriteAllTextAsync(programs.PathOf("softhsm2.conf"), $"directories.tokendir = {programs.PathOf("tokens")}\n");
        await File.WriteAllTextAsync(token.PinFile, Pin + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(token.PinFile, UnixFileMode.UserRead);
        await Programs.RunAsync("softhsm2-util", [token.Configuration], "--init-token", "--free", "--label", Label, "--so-pin", "12345678", "--pin", Pin);
        return token;
    }

    /// <summary>Makes a key in the token, which it never leaves; answers the file of its public half.</summary>
    public async Task<string> KeyAsync(string name)
    {
        await ToolAsync("--login", "--pin", Pin, "--keypairgen", "--key-type", "EC:prime256v1", "--label", name, "--usage-sign");
        await ToolAsync("--read-object", "--type", "pubkey", "--label", name, "--output-file", programs.PathOf(name + ".der"));
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(await File.ReadAllBytesAsync(programs.PathOf(name + ".der")), out _);
        var path = programs.PathOf(name + ".pub.pem");
        await File.WriteAllTextAsync(path, key.ExportSubjectPublicKeyInfoPem());
        return path;
    }

    public IReadOnlyList<string> SigningWith(string name) => [Programs.Shipped("sign-with-pkcs11"), module, Label, name, PinFile];

    private Task<string> ToolAsync(params string[] arguments) => Programs.RunAsync("pkcs11-tool", [Configuration], ["--module", module, "--token-label", Label, .. arguments]);

    private static bool OnPath(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
