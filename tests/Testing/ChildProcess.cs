using System.Diagnostics;

namespace WorkflowPlatform.Testing;

/// <summary>One program of ours in a process of its own, started and killed by a test. It ends with the test: it reads its orders from us, and stops where they stop.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process process;

    private ChildProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <param name="program">A .NET program.</param>
    /// <param name="settings">Its environment, beside what a program needs to live.</param>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings, string logPath)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(program)!,
        };
        foreach (var argument in arguments.Prepend(program)) start.ArgumentList.Add(argument);
        // A stray variable of a shell must not become a setting.
        foreach (var name in start.Environment.Keys.Where(name => name.Contains("__", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in settings) start.Environment[name] = value;

        var log = TextWriter.Synchronized(new StreamWriter(logPath, append: true) { AutoFlush = true });
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += Write;
        process.ErrorDataReceived += Write;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process);

        void Write(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is not null) log.WriteLine(line.Data);
        }
    }

    /// <summary>An order on its standard input.</summary>
    public async Task TellAsync(string order)
    {
        await process.StandardInput.WriteLineAsync(order);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>SIGKILL, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, and waits.</summary>
    public async Task StopAsync()
    {
        if (!process.HasExited) process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await KillAsync();
    }

    /// <summary>True when it has ended by then.</summary>
    public async Task<bool> EndsWithinAsync(TimeSpan time)
    {
        using var limit = new CancellationTokenSource(time);
        await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return process.HasExited;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }
}
