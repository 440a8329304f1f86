using System.Collections.Concurrent;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Bench;

/// <summary>
/// (c) The whole job per second, and processor seconds per job over all our processes and the database: written, submitted,
/// read and cleared by an officer, released, and seen as released by its author; at 1, 8 and 16 clients that do nothing else.
/// </summary>
internal static class WholeJob
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    public static async Task MeasureSeparateAsync(string folder, TimeSpan length, Report report)
    {
        await using var platform = await BenchPlatform.BeginAsync(folder, SeparateServices.Names.ToArray());
        var postgres = ProcessorTime.Postgres(BenchPlatform.Required("PGLOG"));
        foreach (var clients in new[] { 1, 8, 16 })
        {
            await RunAsync(platform.Ministry, BenchPlatform.Missions, clients, TimeSpan.FromSeconds(3));
            var (ours, database) = (ProcessorTime.SecondsOf(platform.ProcessIds), ProcessorTime.SecondsOf([postgres]));
            var (jobs, seconds) = await RunAsync(platform.Ministry, BenchPlatform.Missions, clients, length);
            ours = ProcessorTime.SecondsOf(platform.ProcessIds) - ours;
            database = ProcessorTime.SecondsOf([postgres]) - database;
            report.Say($"{clients,2} clients: {jobs / seconds,6:0.0} jobs/s, {(ours + database) / jobs * 1000,5:0.0} ms of processor a job (services {ours / jobs * 1000:0.0}, database {database / jobs * 1000:0.0})");
        }
    }

    /// <summary>Jobs that came to their end, and in which time.</summary>
    public static async Task<(int Jobs, double Seconds)> RunAsync(Ministry ministry, IReadOnlyList<MissionLine> missions, int clients, TimeSpan length)
    {
        var cleared = new ConcurrentDictionary<Guid, TaskCompletionSource>();
        using var over = new CancellationTokenSource();
        var officer = ClearAsync(ministry, cleared, over.Token);
        var (begun, jobs) = (TimeProvider.System.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            for (var n = 0; TimeProvider.System.GetElapsedTime(begun) < length; n++)
            {
                var mission = missions[(client + n) % missions.Count];
                var written = (await ministry.WriteAsync(new Post(mission, "en", $"{BenchPlatform.Greeting} #{client}.{n}.{begun}", null))).ShouldBe(201);
                var id = written["id"].GetGuid();
                var waiting = cleared[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                (await ministry.SubmitAsync(mission.Officer, id, written.Version)).ShouldBe(201);
                await waiting.Task.WaitAsync(TimeSpan.FromMinutes(1));
                await Eventually.Be(async () => (await ministry.DraftAsync(mission.Officer, id)).ShouldBe(200)["standing"].GetString() == "Released", TimeSpan.FromMinutes(1));
                Interlocked.Increment(ref jobs);
            }
        })));
        var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        await over.CancelAsync();
        await officer;
        return (jobs, seconds);
    }

    /// <summary>One officer who looks at the queue, opens what is there, and clears it.</summary>
    private static async Task ClearAsync(Ministry ministry, ConcurrentDictionary<Guid, TaskCompletionSource> cleared, CancellationToken over)
    {
        var (officer, taken) = (MinistryFiles.ClearingOfficers[0], new ConcurrentDictionary<Guid, bool>());
        while (!over.IsCancellationRequested)
        {
            foreach (var request in await ministry.QueueAsync(officer))
                if (taken.TryAdd(request, true)) _ = OneAsync(request);
            await Task.Delay(BetweenLooks, over).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        async Task OneAsync(Guid request)
        {
            var sheet = (await ministry.SheetAsync(officer, request)).ShouldBe(200);
            (await ministry.ClearAsync(officer, sheet)).ShouldBe(200);
            if (cleared.TryRemove(sheet["draftId"].GetGuid(), out var waiting)) waiting.SetResult();
        }
    }
}
