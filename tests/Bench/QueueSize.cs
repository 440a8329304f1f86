using System.Diagnostics;
using Npgsql;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Bench;

/// <summary>
/// (e) The queue's first page with 5,000 requests open, of 1,000,000 and of 10,000 in all: p99 of the one against p99 of the
/// other, in the same run, over HTTP with a token. All of the queue, and the part that one filter lets through.
/// </summary>
/// <remarks>One open and one finished request are made through the product; all others are copies of these, the open ones strewn among the finished.</remarks>
internal static class QueueSize
{
    private const int Open = 5_000;
    private const int Small = 10_000;
    private const int Rounds = 7;
    private const int Asked = 400;
    private const double Limit = 1.5;

    private static readonly (string Name, string Path)[] Ways =
    [
        ("the whole queue", "queue?limit=25"), ("one filter: a mission", "queue?limit=25&mission=KBL"),
        ("one filter: a finding", "queue?limit=25&finding=alt-text-missing"), ("a search that finds one in a hundred", "queue?limit=25&q=scarce"),
    ];

    public static async Task MeasureAsync(string folder, int large, Report report)
    {
        await using var platform = await BenchPlatform.BeginAsync(folder, SeparateServices.Names.ToArray());
        var (open, done) = await MakeAsync(platform);
        var desk = await platform.Ministry.DeskAsync(MinistryFiles.ClearingOfficers[0]);

        await FillAsync(open, done, Small);
        var few = await MeasureAsync(platform, desk);
        await FillAsync(open, done, large);
        var many = await MeasureAsync(platform, desk);

        foreach (var (name, _) in Ways)
        {
            report.Say($"{name}, median of {Rounds} rounds of {Asked}:");
            report.Tell($"  p50 / p99 of {Small:n0}", few[name].Middle, $"/ {few[name].P99:0.000} ms");
            report.Tell($"  p50 / p99 of {large:n0}", many[name].Middle, $"/ {many[name].P99:0.000} ms");
            report.AtMost("  p99 against p99", many[name].P99 / few[name].P99, Limit, "times");
        }
    }

    /// <summary>One request that waits and one whose permit is out.</summary>
    public static async Task<(Guid Open, Guid Done)> MakeAsync(BenchPlatform platform)
    {
        foreach (var draft in await platform.DraftsAsync(2)) await Submissions.SubmitAsync(platform, await platform.Ministry.DeskAsync(draft.Officer), draft);
        var officer = MinistryFiles.ClearingOfficers[0];
        var queue = await Eventually.Get(() => platform.Ministry.QueueAsync(officer), ids => ids.Count == 2, TimeSpan.FromMinutes(1));
        (await platform.Ministry.ClearAsync(officer, await platform.Ministry.SheetAsync(officer, queue[0]))).ShouldBe(200);
        await Eventually.Be(async () => (await platform.Ministry.SheetAsync(officer, queue[0]))["status"].GetString() == "PermitIssued", TimeSpan.FromMinutes(1));
        return (queue[1], queue[0]);
    }

    /// <summary>So many requests in all, copies of the two.</summary>
    public static async Task FillAsync(Guid open, Guid done, int all)
    {
        await using var connection = new NpgsqlConnection(BenchPlatform.ConnectionOf("clearance"));
        await connection.OpenAsync();
        var columns = new List<string>();
        await using (var asked = new NpgsqlCommand("select column_name from information_schema.columns where table_name = 'clearance_request' and table_schema = current_schema()", connection))
        await using (var reader = await asked.ExecuteReaderAsync())
            while (await reader.ReadAsync()) columns.Add(reader.GetString(0));
        var values = columns.Select(column => column switch
        {
            "id" => "md5('request' || n)::uuid",
            "draft_id" => "md5('draft' || n)::uuid",
            "package_digest" => "md5('one' || n) || md5('two' || n)",
            "permit_id" => "case when r.permit_id is null then null else md5('permit' || n)::uuid end",
            "mission" => Mission,
            "excerpt" => "'Post number ' || n",
            "not_before" or "not_after" or "due_at" => $"r.{column} + (n * 7919 % 86400) * interval '1 second'",
            _ => $"r.\"{column}\"",
        });
        var every = all / Open;
        foreach (var sql in new[]
                 {
                     $"delete from clearance_request where id not in ('{open}', '{done}')",
                     $"delete from seat where request_id not in ('{open}', '{done}')",
                     $"delete from waiting where request_id <> '{open}'",
                     "delete from waiting_mark",
                     "alter table clearance_request disable trigger user", // The copies are of what it let pass.
                     $"""
                     insert into clearance_request ({string.Join(", ", columns.Select(c => $"\"{c}\""))})
                     select {string.Join(", ", values)} from generate_series(1, {all}) n join clearance_request r on r.id = case when n % {every} = 0 then '{open}'::uuid else '{done}'::uuid end
                     order by n
                     """,
                     $"insert into seat (request_id, office, state, not_before) select id, 'CENTRAL', case when status = 'InClearance' then 'Asked' else 'Done' end, not_before from clearance_request where id not in ('{open}', '{done}')",
                     $"insert into waiting (request_id, mission, region, lane, language, words) select id, mission, 'Asia', lane, language, lower(excerpt) || ' {BenchPlatform.Greeting.ToLowerInvariant()}' || case when left(id::text, 2) in ('00', '01', '02') then ' scarce' else '' end from clearance_request where status = 'InClearance' and id <> '{open}'",
                     "insert into waiting_mark (request_id, kind, value) select request_id, 'Finding', 'alt-text-missing' from waiting where left(request_id::text, 1) in ('0', '1')",
                     "alter table clearance_request enable trigger user",
                 })
            await new NpgsqlCommand(sql, connection) { CommandTimeout = 1800 }.ExecuteNonQueryAsync();
        foreach (var table in new[] { "clearance_request", "seat", "waiting", "waiting_mark" })
            await new NpgsqlCommand($"vacuum analyze {table}", connection) { CommandTimeout = 1800 }.ExecuteNonQueryAsync();
        await new NpgsqlCommand("checkpoint", connection) { CommandTimeout = 600 }.ExecuteNonQueryAsync(); // Else what was just filled in would still be written out beside the first rounds.
    }

    private static string Mission => $"(array[{string.Join(", ", BenchPlatform.Missions.Select(m => $"'{m.Code}'"))}])[1 + n / 3 % {BenchPlatform.Missions.Count}]";

    private static async Task<Dictionary<string, (double Middle, double P99)>> MeasureAsync(BenchPlatform platform, HttpClient desk)
    {
        var (all, rounds) = (new Dictionary<string, List<double>>(), new Dictionary<string, List<double>>());
        for (var round = -1; round < Rounds; round++) // The first is to warm up.
            foreach (var (name, path) in Ways)
            {
                var took = new List<double>();
                for (var i = 0; i < Asked; i++)
                {
                    var begun = Stopwatch.GetTimestamp();
                    var body = await desk.GetStringAsync(new Uri(platform.Ministry.At("clearance", path)));
                    took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                    if (i == 0 && !body.Contains("\"id\"", StringComparison.Ordinal)) throw new InvalidOperationException($"{path} finds nothing.");
                }
                if (round < 0) continue;
                all.TryAdd(name, []);
                rounds.TryAdd(name, []);
                all[name].AddRange(took);
                rounds[name].Add(Report.Quantile(took, 0.99));
            }
        return Ways.ToDictionary(way => way.Name, way => (Report.Median(all[way.Name]), Report.Median(rounds[way.Name])));
    }
}
