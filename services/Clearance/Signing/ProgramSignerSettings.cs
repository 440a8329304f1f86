using System.Text;
using WorkflowPlatform.Platform.Hosting;

namespace WorkflowPlatform.Clearance.Signing;

/// <summary>How the signing program is called: the settings <c>Clearance:PermitSigner</c>, read when they are used.</summary>
public sealed class ProgramSignerSettings(IConfiguration configuration)
{
    private const string Section = "Clearance:PermitSigner";
    private const int LongestWords = 500;

    /// <summary>Whether the operator wants a program to sign; else a key file does.</summary>
    public static bool AreIn(IConfiguration configuration) => configuration.GetSection($"{Section}:Command").Exists();

    /// <summary>The program and its arguments, one setting each: no shell reads them.</summary>
    public IReadOnlyList<string> Command => configuration.GetSection($"{Section}:Command").Get<string[]>() is { Length: > 0 } command
        ? command : throw new SettingsException($"{Section}:Command is a list: set {Section}:Command:0 to the program and :1, :2 and so on to its arguments.");

    public string PublicKey => configuration[$"{Section}:PublicKey"]
        ?? throw new SettingsException($"{Section}:PublicKey is missing. Name a PEM file with the public half of the key that the program signs with.");

    /// <summary>Variables of the program's environment, beside those by which any program finds its way.</summary>
    public IReadOnlyDictionary<string, string> Environment => configuration.GetSection($"{Section}:Environment").GetChildren().ToDictionary(v => v.Key, v => v.Value ?? "");

    /// <summary>After this the program is ended and counts as failed.</summary>
    public TimeSpan Limit => TimeSpan.FromSeconds(configuration.GetValue($"{Section}:Seconds", 10.0));

    /// <summary>The program's words, fit for a log: one line, not too long, and without what it was told in confidence.</summary>
    public string WithoutSecrets(byte[] said)
    {
        var words = Encoding.UTF8.GetString(said);
        foreach (var secret in Environment.Values.Concat(Command.Skip(1)).Where(value => value.Length >= 4).OrderByDescending(value => value.Length))
            words = words.Replace(secret, "…", StringComparison.Ordinal);
        words = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => string.Concat(word.Where(letter => !char.IsControl(letter)))));
        return words.Length <= LongestWords ? words : words[..LongestWords] + "…";
    }
}
