using System.Reflection;
using WorkflowPlatform.Clearance.Domain.Policy;

namespace WorkflowPlatform.Clearance.Policy;

/// <summary>Policies that a ministry can start from, as they come with the program.</summary>
public static class Presets
{
    private const string Folder = "Presets/";

    /// <summary>In force from the first start, until another is adopted.</summary>
    public const string First = "central-unit";

    public static IReadOnlyList<string> Names { get; } =
        [.. Here.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n => n[Folder.Length..^".yaml".Length]).Order(StringComparer.Ordinal)];

    private static Assembly Here => typeof(Presets).Assembly;

    public static string Yaml(string name)
    {
        using var reader = new StreamReader(Here.GetManifestResourceStream($"{Folder}{name}.yaml") ?? throw new ArgumentException($"No preset is called {name}.", nameof(name)));
        return reader.ReadToEnd();
    }

    public static PolicyPack Pack(string name) =>
        PackReader.Read(Yaml(name)) is { Pack: { } pack } ? pack : throw new InvalidOperationException($"Preset {name} cannot be read.");
}

/// <summary>The names of states that come with the program.</summary>
public static class States
{
    public static Gazetteer Gazetteer { get; } = new(Read());

    private static IEnumerable<StateName> Read()
    {
        using var reader = new StreamReader(typeof(States).Assembly.GetManifestResourceStream("states.csv")!);
        var languages = reader.ReadLine()!.Split(',');
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            for (var i = 1; i < cells.Length; i++)
                foreach (var name in cells[i].Split('|', StringSplitOptions.RemoveEmptyEntries))
                {
                    var plain = name.TrimEnd('^', '!');
                    yield return new StateName(cells[0], plain, name.EndsWith('^'), name.EndsWith('!') ? languages[i] : null);
                    if (languages[i] == "ar" && plain.StartsWith("ال", StringComparison.Ordinal)) yield return new StateName(cells[0], string.Concat("لل", plain.AsSpan(2))); // "to" swallows a letter of "the".
                }
        }
    }
}
