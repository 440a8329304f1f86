using System.Diagnostics;

namespace WorkflowPlatform.EndToEnd.Tests;

/// <summary>A short soak; the long one is <c>deploy/scripts/soak --rounds 60</c>.</summary>
public sealed class SurvivingKills(ITestOutputHelper output)
{
    [Fact(Timeout = 900_000)]
    public Task Eight_kills_of_services_broker_and_database_lose_double_and_leak_nothing() => SoakAsync("--rounds", "8");

    [Fact(Timeout = 600_000)]
    public Task Eight_kills_of_the_one_process_lose_double_and_leak_nothing() => SoakAsync("--rounds", "8", "--standalone");

    private async Task SoakAsync(params string[] arguments)
    {
        if (!arguments.Contains("--standalone")) await Servers.PostgresAsync(); // Skips where the others are skipped.
        var start = new ProcessStartInfo(Path.Combine(Repository(), "deploy", "scripts", "soak")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Concat(["--program", Path.Combine(AppContext.BaseDirectory, "WorkflowPlatform.Soak.dll")])) start.ArgumentList.Add(argument);
        using var soak = Process.Start(start)!;
        try
        {
            var said = new System.Collections.Concurrent.ConcurrentQueue<string>();
            soak.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
            soak.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
            soak.BeginOutputReadLine();
            soak.BeginErrorReadLine();
            await soak.WaitForExitAsync(TestContext.Current.CancellationToken);
            output.WriteLine(string.Join(Environment.NewLine, said));
            soak.ExitCode.ShouldBe(0, string.Join(Environment.NewLine, said));
        }
        finally
        {
            if (!soak.HasExited) Process.Start("kill", ["-TERM", $"{soak.Id}"]).Dispose(); // Its trap tidies up.
        }
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "WorkflowPlatform.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("This runs inside the repository only.");
        return folder.FullName;
    }
}
