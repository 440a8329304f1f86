namespace WorkflowPlatform.Clearance.Signing;

/// <summary>The folder in which the signing key lies, and beside it the one public half that Publishing is to be given.</summary>
public sealed class PermitKeys(IConfiguration configuration)
{
    public string Folder => configuration["Clearance:PermitKeys"] ?? Path.Combine(Path.GetFullPath(configuration["Data:Folder"] ?? "data"), "keys", "permit");

    /// <summary>Lays out the public half of the key in use. Others that lay there are set aside: who hands over what lies here must not hand over a key that was rotated out.</summary>
    public async Task LayOutAsync(PublicHalf inUse, CancellationToken ct)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, $"{inUse.KeyId}.pub.pem");
        foreach (var other in Directory.GetFiles(Folder, "*.pub.pem").Where(file => file != path))
            File.Move(other, Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "retired")).FullName, Path.GetFileName(other)), overwrite: true);
        await File.WriteAllTextAsync(path, inUse.Pem, ct);
    }
}
