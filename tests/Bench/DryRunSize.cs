using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Bench;

/// <summary>
/// (f) A policy tried on 100,000 past requests over HTTP, in parts of 10,000 as whoever shows progress asks for them and all at once: seconds, the
/// service's peak memory, and how many times as long it takes as reading the same rows once.
/// </summary>
internal static class DryRunSize
{
    private const int Part = 10_000;
    private const double Limit = 12;
    private const double MostMiB = 256;

    public static async Task MeasureAsync(string folder, int many, Report report)
    {
        await using var platform = await BenchPlatform.BeginAsync(folder, SeparateServices.Names.ToArray());
        var (open, done) = await QueueSize.MakeAsync(platform);
        await QueueSize.FillAsync(open, done, many);
        await ShelveAsync(done, many);
        using var desk = new HttpClient { Timeout = TimeSpan.FromMinutes(30) };
        desk.DefaultRequestHeaders.Authorization = (await platform.Ministry.DeskAsync(MinistryFiles.ClearingOfficers[0])).DefaultRequestHeaders.Authorization;
        var run = $"policies/{await DesksAsync(platform, desk)}/dry-run";
        await AskAsync(platform, desk, $"{run}?limit={Part}"); // To warm up.

        var service = platform.ProcessIdOf("clearance");
        var before = ProcessorTime.ResidentMiB(service);
        ProcessorTime.ForgetPeak(service);
        var (parts, examined, different, next) = (new List<double>(), 0, 0, (string?)null);
        do
        {
            var begun = Stopwatch.GetTimestamp();
            var part = await AskAsync(platform, desk, $"{run}?limit={Part}" + (next is null ? "" : $"&cursor={next}"));
            parts.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            (examined, different, next) = (examined + part.GetProperty("examined").GetInt32(), different + part.GetProperty("different").GetInt32(), part.GetProperty("next").GetString());
        }
        while (next is not null);
        var (seconds, silence, whole) = await WatchAsync(platform, desk, $"{run}?limit=100000");
        var peak = ProcessorTime.PeakMiB(service);
        if (examined < many || whole.GetProperty("different").GetInt32() is 0) throw new InvalidOperationException($"Only {examined} of {many} were tried, {different} of them different.");

        var floor = await ReadAsync();
        report.Say($"{examined:n0} past requests, of which {different:n0} would have gone another way:");
        report.Tell("  reading the rows once, the floor", floor, "s");
        report.Tell("  all at once", seconds, "s");
        report.Tell($"  in parts of {Part:n0}, together / longest", parts.Sum(), $"/ {parts.Max():0.00} s");
        report.AtMost("  all at once against the floor", seconds / floor, Limit, "times");
        report.AtMost("  longest time without a word of progress", silence, 1, "s");
        report.AtMost("  peak memory of the service above what it had", peak - before, MostMiB, "MiB");
    }

    /// <summary>A text for each of them; every third names another state.</summary>
    private static async Task ShelveAsync(Guid done, int many)
    {
        await using var connection = new NpgsqlConnection(BenchPlatform.ConnectionOf("clearance"));
        await connection.OpenAsync();
        foreach (var sql in new[]
                 {
                     $"""
                     insert into package (digest, bytes)
                     select md5('one' || n) || md5('two' || n), convert_to(case when n % 3 = 0 then replace(text, 'consular section', 'embassy of Japan') else text end, 'UTF8')
                     from generate_series(1, {many}) n, (select convert_from(p.bytes, 'UTF8') text from package p join clearance_request r on r.package_digest = p.digest where r.id = '{done}') one
                     """,
                     "alter table clearance_request disable trigger user",
                     "update clearance_request set opened_at = opened_at - ('x' || left(md5(id::text), 6))::bit(24)::int * interval '1 second'", // Over half a year.
                     "alter table clearance_request enable trigger user",
                     "vacuum analyze package", "vacuum full analyze clearance_request", "checkpoint",
                 })
            await new NpgsqlCommand(sql, connection) { CommandTimeout = 1800 }.ExecuteNonQueryAsync();
    }

    private static async Task<string> DesksAsync(BenchPlatform platform, HttpClient desk) => (await AskAsync(platform, desk, "policies")).GetProperty("presets").EnumerateArray()
        .Single(p => p.GetProperty("name").GetString()!.StartsWith("country-desks@", StringComparison.Ordinal)).GetProperty("digest").GetString()!;

    private static async Task<JsonElement> AskAsync(BenchPlatform platform, HttpClient desk, string path) =>
        JsonElement.Parse(await desk.GetStringAsync(new Uri(platform.Ministry.At("clearance", path))));

    /// <summary>All at once, told line by line: how long it took, and the longest that nothing was told.</summary>
    private static async Task<(double Seconds, double Silence, JsonElement Answer)> WatchAsync(BenchPlatform platform, HttpClient desk, string path)
    {
        using var asking = new HttpRequestMessage(HttpMethod.Get, platform.Ministry.At("clearance", path)) { Headers = { { "Accept", "application/x-ndjson" } } };
        var (begun, last, silence, answer) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp(), 0.0, "");
        using var response = (await desk.SendAsync(asking, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync() is { } line)
        {
            (silence, last, answer) = (Math.Max(silence, Stopwatch.GetElapsedTime(last).TotalSeconds), Stopwatch.GetTimestamp(), line);
        }
        return (Stopwatch.GetElapsedTime(begun).TotalSeconds, silence, JsonElement.Parse(answer));
    }

    /// <summary>Median of three passes over all that a dry run looks at, in its order, in seconds.</summary>
    private static async Task<double> ReadAsync()
    {
        await using var connection = new NpgsqlConnection(BenchPlatform.ConnectionOf("clearance"));
        await connection.OpenAsync();
        var took = new List<double>();
        for (var pass = 0; pass < 3; pass++)
        {
            var begun = Stopwatch.GetTimestamp();
            await using var rows = await new NpgsqlCommand(
                "select r.id, r.mission, r.account, r.opened_at, r.status, r.route, r.decisions, p.bytes from clearance_request r left join package p on p.digest = r.package_digest order by r.opened_at desc, r.id desc",
                connection) { CommandTimeout = 1800 }.ExecuteReaderAsync();
            var values = new object[8];
            while (await rows.ReadAsync()) rows.GetValues(values);
            took.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
        return Report.Median(took);
    }
}
