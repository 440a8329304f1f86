using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>A real OpenID provider in a process of its own: the npm package oidc-provider, run by Node. Anybody signs in there under any name.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    public const string Secret = "a-secret-of-this-test";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "IdentityProvider");
    private static readonly Lazy<Task<string?>> Installed = new(InstallAsync);

    private readonly int port = FreePort();
    private readonly ConcurrentQueue<string> said = new();
    private Process? process;

    public string Address => $"http://127.0.0.1:{port}";

    /// <summary>The kinds of grants for which it has given tokens, one after another.</summary>
    public IReadOnlyList<string> Granted => [.. said.Where(line => line.StartsWith("granted ", StringComparison.Ordinal)).Select(line => line["granted ".Length..])];

    /// <summary>Starts it for a portal; where there is no Node, or the package cannot be had, the test is skipped and says so.</summary>
    public async Task StartAsync(Uri portal, int accessTokenSeconds)
    {
        if (await Installed.Value is { } trouble) Assert.Skip(trouble);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process = Run("node", "provider.mjs", port.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{portal}sign-in/callback", Secret, accessTokenSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The provider ended: {string.Join('\n', said)}"));
        process.OutputDataReceived += (_, line) => Hear(line.Data, ready);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, ready);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process?.Dispose();
        process = null;
    }

    private void Hear(string? line, TaskCompletionSource ready)
    {
        if (line is null) return;
        said.Enqueue(line);
        if (line == "ready") ready.TrySetResult();
    }

    /// <summary>Null when it is there; else what is missing.</summary>
    private static async Task<string?> InstallAsync()
    {
        try
        {
            if (File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json"))) return null;
            using var npm = Run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            var (words, errors) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
            await npm.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
            return npm.ExitCode == 0 ? null : $"npm cannot bring the provider: {await words}{await errors}";
        }
        catch (Win32Exception)
        {
            return "There is no Node here (node, npm), which the real identity provider needs.";
        }
    }

    private static Process Run(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
