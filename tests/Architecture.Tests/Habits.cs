using System.Text.RegularExpressions;
using System.Xml.Linq;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Architecture.Tests;

public sealed partial class Habits
{
    private const int LongestFile = 300;
    private const int MostPlatformLines = 2_500;

    private static readonly string[] NotOurs = ["bin", "obj", ".git", "TestResults", "data", ".state", "node_modules", ".vs", ".idea"];

    /// <summary>Files of the repository, by their path from its root.</summary>
    private static readonly IReadOnlyList<string> Files = [.. Below(Generated.Root).Select(file => Path.GetRelativePath(Generated.Root, file)).Where(file => file != ".git")]; // A worktree has it as a file.

    private static readonly IReadOnlyList<string> Texts = [.. Files.Where(file => Path.GetExtension(file) is not (".png" or ".ico" or ".woff2" or ".gz" or ".br"))];

    [Fact]
    public void The_top_level_holds_six_names_and_what_NET_and_git_need()
    {
        string[] allowed =
        [
            "WorkflowPlatform.sln", "README.md", "services", "shared", "tests", "deploy",
            "Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", "global.json", ".editorconfig", ".gitattributes", ".gitignore", ".git", ".ci",
        ];
        Directory.EnumerateFileSystemEntries(Generated.Root).Select(entry => Path.GetFileName(entry)!).Except([.. allowed, .. NotOurs]).ShouldBeEmpty();
    }

    [Fact]
    public void No_file_is_longer_than_a_reader_holds_in_mind() =>
        Files.Where(file => Path.GetExtension(file) is ".cs" or ".cshtml" or ".js" or ".sh" or ".sql")
            .Where(file => File.ReadLines(At(file)).Count() > LongestFile).ShouldBeEmpty();

    [Fact]
    public void The_platform_stays_small() =>
        Files.Where(file => file.StartsWith(Path.Combine("shared", "Platform"), StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
            .Sum(file => File.ReadLines(At(file)).Count(line => line.Trim() is { Length: > 0 } text && !text.StartsWith("//", StringComparison.Ordinal)))
            .ShouldBeLessThanOrEqualTo(MostPlatformLines);

    [Fact]
    public void Nothing_is_put_off_or_folded_away_in_the_code() => Found(PutOff()).ShouldBeEmpty();

    [Fact]
    public void The_project_speaks_of_no_machine() => Found(Machines()).ShouldBeEmpty();

    [Fact]
    public void Every_package_has_one_exact_version()
    {
        var versions = XDocument.Load(At("Directory.Packages.props")).Descendants("PackageVersion").ToList();
        versions.ShouldAllBe(package => ExactVersion().IsMatch(package.Attribute("Version")!.Value));
        versions.Select(package => package.Attribute("Include")!.Value).ShouldBeUnique();
        foreach (var project in Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)))
            XDocument.Load(At(project)).Descendants("PackageReference").ShouldAllBe(package => package.Attribute("Version") == null && package.Attribute("VersionOverride") == null, project);
    }

    /// <summary>Newer majors of these are commercial.</summary>
    [Theory]
    [InlineData("MassTransit", 8)]
    [InlineData("MediatR", 12)]
    [InlineData("AutoMapper", 14)]
    [InlineData("FluentAssertions", 7)]
    [InlineData("SixLabors.ImageSharp", 0)]
    [InlineData("EPPlus", 0)]
    [InlineData("QuestPDF", 0)]
    [InlineData("PDFsharp", 6)]
    public void No_package_is_one_whose_licence_costs(string prefix, int lastFree)
    {
        foreach (var package in XDocument.Load(At("Directory.Packages.props")).Descendants("PackageVersion"))
            if (package.Attribute("Include")!.Value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                int.Parse(package.Attribute("Version")!.Value.Split('.')[0]).ShouldBeLessThanOrEqualTo(lastFree, package.ToString());
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(At("WorkflowPlatform.sln"));
        Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Where(file => !solution.Contains(file.Replace('/', '\\'), StringComparison.Ordinal)).ShouldBeEmpty();
    }

    // The words are written so that this file does not find itself.
    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HA[C]K)\b|#reg[i]on")]
    private static partial Regex PutOff();

    [GeneratedRegex(@"(?<![\w.$}~])/(wor[k]|tm[p]|hom[e]|roo[t])/|[A-Z]:\\Use[r]s")]
    private static partial Regex Machines();

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?$")]
    private static partial Regex ExactVersion();

    private static List<string> Found(Regex pattern) =>
        [.. Texts.SelectMany(file => File.ReadLines(At(file)).Select((line, n) => (line, n)).Where(l => pattern.IsMatch(l.line)).Select(l => $"{file}:{l.n + 1}: {l.line.Trim()}"))];

    private static string At(string file) => Path.Combine(Generated.Root, file);

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(folder)
        .Concat(Directory.EnumerateDirectories(folder).Where(inner => !NotOurs.Contains(Path.GetFileName(inner))).SelectMany(Below));
}
