using System.Runtime.CompilerServices;
using Shouldly;

namespace WorkflowPlatform.Testing;

/// <summary>Files in the repository that are made from the code: a test compares them, and rewrites them when <c>UPDATE_GENERATED=1</c>.</summary>
public static class Generated
{
    /// <summary>The folder of the solution file.</summary>
    public static string Root { get; } = FindRoot();

    private static bool Rewrites => Environment.GetEnvironmentVariable("UPDATE_GENERATED") == "1";

    /// <param name="path">From the repository's root.</param>
    public static void ShouldBeFresh(string path, string text)
    {
        var file = Path.Combine(Root, path);
        var wanted = text.ReplaceLineEndings("\n");
        if (Rewrites)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, wanted);
            return;
        }
        var found = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (found == wanted) return;
        var (old, made) = (found.Split('\n'), wanted.Split('\n'));
        var line = old.Zip(made).TakeWhile(pair => pair.First == pair.Second).Count();
        throw new ShouldAssertException(
            $"{path} is stale from line {line + 1} on. It says:\n  {old.ElementAtOrDefault(line)}\nand should say:\n  {made.ElementAtOrDefault(line)}\nRun the tests once with UPDATE_GENERATED=1, and look at the difference.");
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        // A deterministic build may not tell where its sources lie; the output folder is inside the repository anyway.
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(here) ?? "" })
            for (var folder = start; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
                if (File.Exists(Path.Combine(folder, "WorkflowPlatform.sln"))) return folder;
        throw new InvalidOperationException("The tests run outside their repository.");
    }
}
