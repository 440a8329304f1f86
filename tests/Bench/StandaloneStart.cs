using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Bench;

/// <summary>(d) Standalone: from start to ready, without the demonstration, with it, and again; resident memory idle and under (c).</summary>
internal static class StandaloneStart
{
    private const double SecondsToReady = 5;

    private static string Program => Path.Combine(AppContext.BaseDirectory, "WorkflowPlatform.Standalone.dll");

    public static async Task MeasureAsync(string folder, TimeSpan length, Report report)
    {
        Directory.CreateDirectory(folder);
        var shown = Path.Combine(folder, "shown");
        await using (var first = await StartAsync(shown, Demonstration)) report.AtMost("first start to ready, demonstration made", first.Seconds, SecondsToReady, "s");
        var again = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            await using var next = await StartAsync(shown, Demonstration);
            again.Add(next.Seconds);
        }
        report.AtMost("every later start to ready", Report.Median(again), SecondsToReady, "s");

        var seed = MinistryFiles.Write(Path.Combine(folder, "seed"), BenchPlatform.Missions);
        await using var empty = await StartAsync(Path.Combine(folder, "empty"), new()
        {
            ["Demonstration__Enabled"] = "false", ["Clearance__UndoSeconds"] = "0", ["Registry__Seed__Missions"] = seed.Missions, ["Registry__Seed__People"] = seed.People,
            ["Limits__RequestsPerSecondPerPerson"] = "1000000",
        });
        report.AtMost("start to ready without the demonstration", empty.Seconds, SecondsToReady, "s");
        await Task.Delay(TimeSpan.FromSeconds(5)); // Idle is what it is when nothing has been asked for a while.
        report.Tell("resident memory, idle", ProcessorTime.ResidentMiB(empty.Process.Id), "MiB");

        using var ministry = new Ministry(_ => empty.Address);
        foreach (var clients in new[] { 1, 8, 16 })
        {
            await WholeJob.RunAsync(ministry, BenchPlatform.Missions, clients, TimeSpan.FromSeconds(3));
            var used = ProcessorTime.SecondsOf([empty.Process.Id]);
            var (jobs, seconds) = await WholeJob.RunAsync(ministry, BenchPlatform.Missions, clients, length);
            used = ProcessorTime.SecondsOf([empty.Process.Id]) - used;
            report.Say($"{clients,2} clients: {jobs / seconds,6:0.0} jobs/s, {used / jobs * 1000,5:0.0} ms of processor a job, resident memory {ProcessorTime.ResidentMiB(empty.Process.Id):0} MiB");
        }
    }

    private static Dictionary<string, string> Demonstration => new() { ["Demonstration__Enabled"] = "true" };

    private static async Task<Running> StartAsync(string data, Dictionary<string, string> settings)
    {
        var address = SeparateServices.FreeAddress();
        settings["ASPNETCORE_ENVIRONMENT"] = "Development";
        settings["Data__Folder"] = data;
        Directory.CreateDirectory(data);
        var begun = TimeProvider.System.GetTimestamp();
        var process = ChildProcess.Start(Program, ["--urls", address.ToString().TrimEnd('/')], settings, Path.Combine(data, "program.log"));
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.Be(async () => (await http.GetAsync(new Uri(address, "/health/ready"))).IsSuccessStatusCode, TimeSpan.FromMinutes(2), "Standalone is ready");
        return new Running(process, address, TimeProvider.System.GetElapsedTime(begun).TotalSeconds);
    }

    private sealed record Running(ChildProcess Process, Uri Address, double Seconds) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
