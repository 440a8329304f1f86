namespace WorkflowPlatform.Platform.Tests.Signing;

/// <summary>A signer's folder and a verifier's, gone when the test is over.</summary>
internal sealed class KeyFolders : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("keys-");

    public string Private => Path.Combine(root.FullName, "keys", "permit");

    /// <summary>Somebody else's.</summary>
    public string Elsewhere => Path.Combine(root.FullName, "elsewhere");

    public string Trusted => Path.Combine(root.FullName, "trust", "permit");

    public void Trust(string file, string pem)
    {
        Directory.CreateDirectory(Trusted);
        File.WriteAllText(Path.Combine(Trusted, file), pem);
    }

    public void Dispose() => root.Delete(recursive: true);
}
