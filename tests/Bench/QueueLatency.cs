using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Bench;

/// <summary>
/// (b) From sending a submission to the first answer of the queue that holds it, at 100 submissions a second, the queue asked
/// every 5 ms: p99 against the floor at rest, of the same run.
/// </summary>
/// <remarks>Each post is due before the one before it, so the newest stand on the first page, as an officer would see them.</remarks>
internal static class QueueLatency
{
    private const int PerSecond = 100;
    private const double Limit = 25;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(30); // As long as methods are still compiled, compiling is what is measured.

    public static async Task MeasureAsync(string folder, TimeSpan length, Report report)
    {
        await using var platform = await BenchPlatform.BeginAsync(folder, SeparateServices.Names.ToArray());
        var whole = await FloorAsync(platform, report);
        var warm = await platform.DraftsAsync((int)(Warm.TotalSeconds * PerSecond));
        await RunAsync(platform, [.. warm.OrderByDescending(d => d.Due)]);
        var drafts = await platform.DraftsAsync((int)(length.TotalSeconds * PerSecond), TimeProvider.System.GetUtcNow().AddDays(20));
        var (took, answers, looks) = await RunAsync(platform, [.. drafts.OrderByDescending(d => d.Due)]);
        report.Tell("the floor again, on disks that are awake", await FloorAsync(platform, report), "ms");
        report.Tell("answer to a submission, p50", Report.Quantile(answers, 0.5), "ms");
        report.Tell("answer to a submission, p99", Report.Quantile(answers, 0.99), "ms");
        report.Tell($"a look at the queue, p50 of {looks.Count}", Report.Quantile(looks, 0.5), "ms");
        report.Tell("a look at the queue, p99", Report.Quantile(looks, 0.99), "ms");

        foreach (var share in new[] { 0.5, 0.9, 0.99 }) report.Tell($"submit to queue, p{share * 100:0}, {took.Count} posts at {PerSecond}/s", Report.Quantile(took, share), "ms");
        report.AtMost("p99 over the floor", Report.Quantile(took, 0.99) / whole, Limit, "floors");
    }

    private static async Task<double> FloorAsync(BenchPlatform platform, Report report)
    {
        var floor = await Floor.MeasureAsync(new Uri(platform.Ministry.At("drafting", "../../health/live")));
        var whole = 2 * floor.Commit + floor.Publish + floor.Get;
        report.Say($"floor: commit {floor.Commit:0.00} ms, confirmed publish {floor.Publish:0.00} ms, loopback GET {floor.Get:0.00} ms; two commits, one of each other: {whole:0.00} ms");
        return whole;
    }

    private static async Task<(List<double> Took, List<double> Answers, List<double> Looks)> RunAsync(BenchPlatform platform, List<WaitingDraft> drafts)
    {
        var (sent, seen) = (new ConcurrentDictionary<DateTimeOffset, long>(), new ConcurrentDictionary<DateTimeOffset, double>());
        using var over = new CancellationTokenSource();
        var looking = LookAsync(platform, sent, seen, over.Token);
        var desks = new Dictionary<string, HttpClient>();
        foreach (var mission in BenchPlatform.Missions) desks[mission.Officer] = await platform.Ministry.DeskAsync(mission.Officer);

        var (begun, submissions) = (Stopwatch.GetTimestamp(), new List<Task<double>>());
        for (var i = 0; i < drafts.Count; i++)
        {
            var wait = TimeSpan.FromSeconds((double)i / PerSecond) - Stopwatch.GetElapsedTime(begun);
            if (wait > TimeSpan.Zero) await Task.Delay(wait);
            var draft = drafts[i];
            sent[draft.Due] = Stopwatch.GetTimestamp();
            submissions.Add(AnsweredAsync(platform, desks[draft.Officer], draft));
        }
        var answers = await Task.WhenAll(submissions);
        await Eventually.Be(() => seen.Count == drafts.Count, TimeSpan.FromSeconds(30), "every post was seen in the queue");
        await over.CancelAsync();
        return ([.. seen.Values], [.. answers], await looking);
    }

    private static async Task<double> AnsweredAsync(BenchPlatform platform, HttpClient desk, WaitingDraft draft)
    {
        var begun = Stopwatch.GetTimestamp();
        await Submissions.SubmitAsync(platform, desk, draft);
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static async Task<List<double>> LookAsync(BenchPlatform platform, ConcurrentDictionary<DateTimeOffset, long> sent, ConcurrentDictionary<DateTimeOffset, double> seen, CancellationToken over)
    {
        var desk = await platform.Ministry.DeskAsync(MinistryFiles.ClearingOfficers[0]);
        var looks = new List<double>();
        var (path, whole) = (platform.Ministry.At("clearance", "queue?limit=50"), Stopwatch.GetTimestamp());
        while (!over.IsCancellationRequested)
        {
            var at = Stopwatch.GetTimestamp();
            // Once a second a long page too: whoever was overtaken by fifty others is found there, late as it is.
            var isWhole = Stopwatch.GetElapsedTime(whole, at) > TimeSpan.FromSeconds(1);
            if (isWhole) whole = at;
            var body = await desk.GetStringAsync(new Uri(isWhole ? path.Replace("=50", "=200", StringComparison.Ordinal) : path), CancellationToken.None);
            var now = Stopwatch.GetTimestamp();
            looks.Add(Stopwatch.GetElapsedTime(at, now).TotalMilliseconds);
            using var page = JsonDocument.Parse(body);
            foreach (var item in page.RootElement.GetProperty("items").EnumerateArray())
                if (item.GetProperty("notBefore").GetDateTimeOffset() is var due && sent.TryGetValue(due, out var begun)) seen.TryAdd(due, Stopwatch.GetElapsedTime(begun, now).TotalMilliseconds);
            var rest = TimeSpan.FromMilliseconds(5) - Stopwatch.GetElapsedTime(at);
            if (rest > TimeSpan.Zero) await Task.Delay(rest, over).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        return looks;
    }
}
