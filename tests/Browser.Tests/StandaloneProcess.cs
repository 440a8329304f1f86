using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace WorkflowPlatform.Browser.Tests;

/// <summary>Standalone as a new user starts it: a process of its own, Development, an empty folder, its demonstration made.</summary>
public sealed class StandaloneProcess : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("workflow-platform-browser-").FullName;
    private Process? process;

    public Uri Address { get; private set; } = null!;

    /// <summary>From the start of the process until it said that it is ready.</summary>
    public TimeSpan Took { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "WorkflowPlatform.Standalone.dll"), "--urls", Address.ToString(), "--Data:Folder", folder },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        var (watch, ready) = (Stopwatch.StartNew(), new TaskCompletionSource());
        var said = new List<string>();
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"Standalone ended: {string.Join('\n', said)}"));
        await ready.Task.WaitAsync(TimeSpan.FromMinutes(3));
        Took = watch.Elapsed;

        void Hear(string? line)
        {
            if (line is null) return;
            lock (said) said.Add(line);
            if (line.StartsWith("WorkflowPlatform is ready", StringComparison.Ordinal)) ready.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
