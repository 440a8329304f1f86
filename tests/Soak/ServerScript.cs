using System.Diagnostics;

namespace WorkflowPlatform.Soak;

/// <summary>The script that kills and starts the private PostgreSQL and RabbitMQ.</summary>
internal sealed class ServerScript(string script, string state)
{
    /// <param name="verb">kill or start.</param>
    public async Task RunAsync(string verb, string server)
    {
        // Its output goes nowhere: a server that it starts outlives it and would hold a pipe open.
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true };
        foreach (var argument in new[] { "-c", "exec \"$0\" \"$1\" \"$2\" \"$3\" >>\"$3/soak-servers.log\" 2>&1 </dev/null", script, verb, server, state }) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(limit.Token);
        if (process.ExitCode != 0) throw new InvalidOperationException($"servers {verb} {server} ended with {process.ExitCode}; see {state}/soak-servers.log");
    }
}
