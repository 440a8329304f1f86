using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Bench;

/// <summary>
/// (a) Submissions accepted per second over HTTP, with token, validation and durable commit, as a share of what pgbench does
/// when it replays the very statements that one submission issues: same server, same clients, same durability.
/// </summary>
internal static class Submissions
{
    private const double Limit = 0.5;
    private const int Clients = 8;
    private const int Pairs = 3;

    public static async Task MeasureAsync(string folder, TimeSpan length, Report report)
    {
        await using var platform = await BenchPlatform.BeginAsync(folder, "registry", "drafting");
        report.Say("Registry and Drafting run; nobody downstream, so that queues fill.");
        var floor = await Replay.OfOneSubmissionAsync(platform, folder, length);
        report.Say($"One submission issues {floor.Statements} statements, of which {floor.Varying} values are its own.");

        await RateAsync(platform, Clients, TimeSpan.FromSeconds(20)); // Warm.
        await floor.RateAsync(Clients, TimeSpan.FromSeconds(2));
        var pairs = new List<(double Ours, double Floor)>();
        for (var pair = 0; pair < Pairs; pair++)
        {
            var one = (Ours: await RateAsync(platform, Clients, length), Floor: await floor.RateAsync(Clients, length));
            report.Say($"{Clients} clients: {one.Ours:0} submissions/s, replay {one.Floor:0} transactions/s, share {one.Ours / one.Floor:0.000}");
            pairs.Add(one);
        }
        foreach (var clients in new[] { 1, 16 })
        {
            var (ours, replayed) = (await RateAsync(platform, clients, length), await floor.RateAsync(clients, length));
            report.Say($"{clients} clients: {ours:0} submissions/s, replay {replayed:0} transactions/s, share {ours / replayed:0.000}");
        }
        report.AtLeast($"share of the replay at {Clients} clients, downstream stopped", Report.Median(pairs.Select(pair => pair.Ours / pair.Floor)), Limit);

        await platform.StartAsync("clearance", "publishing", "oversight");
        var beside = await RateAsync(platform, Clients, length);
        report.Tell($"submissions at {Clients} clients, everybody downstream at work", beside, "/s");
        report.Tell("  share of the replay", beside / Report.Median(pairs.Select(pair => pair.Floor)), "");
    }

    /// <summary>Submissions per second, each answered with 201, until all that were written for it are submitted.</summary>
    private static async Task<double> RateAsync(BenchPlatform platform, int clients, TimeSpan length)
    {
        var count = (int)(length.TotalSeconds * (clients == 1 ? 120 : 400));
        var drafts = await platform.DraftsAsync(count);
        var desks = new Dictionary<string, HttpClient>();
        foreach (var mission in BenchPlatform.Missions) desks[mission.Officer] = await platform.Ministry.DeskAsync(mission.Officer);
        await BenchPlatform.SentAsync("drafting"); // What was written before is not measured.
        var begun = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (drafts.TryDequeue(out var draft)) await SubmitAsync(platform, desks[draft.Officer], draft);
        })));
        return count / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
    }

    public static async Task<string> SubmitAsync(BenchPlatform platform, HttpClient desk, WaitingDraft draft)
    {
        var answer = await desk.Post(platform.Ministry.At("drafting", $"drafts/{draft.Id}/submissions"), new { }, version: draft.Version);
        return answer.ShouldBe(201).Body;
    }
}
