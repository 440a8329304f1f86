using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Bench;

/// <summary>The floor of (a): pgbench replays, with values of its own, the statements that PostgreSQL logged for one submission.</summary>
/// <remarks>
/// Two submissions are logged. A value in which they differ is the submission's own and is made new for each transaction; the
/// others stay as they are. The drafts that the replay submits are copies, made beforehand. It works on a copy of the whole
/// database, as large as the service's: what it writes to the outbox is nobody's to send.
/// </remarks>
internal sealed partial class Replay
{
    private const string Number = "benchnumber";
    private const int Copies = 240_000;
    private const int MostPerSecond = 6_000;
    private const string Copy = "replay";

    private readonly string script;
    private int used;

    private Replay(string script, int statements, int varying) => (this.script, Statements, Varying) = (script, statements, varying);

    public int Statements { get; }

    public int Varying { get; }

    public static async Task<Replay> OfOneSubmissionAsync(BenchPlatform platform, string folder, TimeSpan length)
    {
        var drafts = await platform.DraftsAsync(30);
        var template = drafts.Last();
        for (var i = 0; i < 20; i++) await OneAsync(platform, drafts); // What is done once has been done.
        var (first, firstDraft) = await LoggedAsync(platform, drafts);
        var (second, _) = await LoggedAsync(platform, drafts);
        if (!first.Select(s => s.Text).SequenceEqual(second.Select(s => s.Text)))
            throw new InvalidOperationException("Two submissions issued different statements:\n" + string.Join("\n", first.Select(s => s.Text)) + "\n--\n" + string.Join("\n", second.Select(s => s.Text)));
        await CopyAsync(template.Id);
        await platform.CopyDatabaseAsync("drafting", Copy);

        var made = new Dictionary<string, string> { [firstDraft.ToString()] = Uuid(0) };
        var lines = new StringBuilder($"\\set i :i + 1\n\\set {Number} :base + :client_id * :slot + :i\n");
        foreach (var (a, b) in first.Zip(second))
            lines.Append(Parameter().Replace(a.Text, match =>
            {
                var i = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) - 1;
                var value = a.Values[i] == b.Values[i] ? Literal(a.Values[i]) : Own(made, a.Values[i]);
                return a.Text[..match.Index].EndsWith("key = ", StringComparison.Ordinal) ? $"{value}::text" : value; // An Idempotency-Key looks like a number and is a text.
            })).Append(";\n");
        var path = Path.Combine(folder, "submission.pgbench");
        await File.WriteAllTextAsync(path, lines.ToString());
        return new Replay(path, first.Count, made.Count);
    }

    /// <summary>Transactions per second. Each has submitted a draft of its own, or the replay was none.</summary>
    public async Task<double> RateAsync(int clients, TimeSpan length)
    {
        var (before, slot) = (await CountAsync(), (int)(length.TotalSeconds * (clients == 1 ? MostPerSecond / 2 : MostPerSecond)) / clients);
        var at = new NpgsqlConnectionStringBuilder(BenchPlatform.ConnectionOf(Copy));
        var start = new ProcessStartInfo(Path.Combine(BenchPlatform.Required("PGBIN"), "pgbench")) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "-n", "-M", "prepared", "-c", $"{clients}", "-j", $"{Math.Min(2, clients)}", "-T", $"{(int)length.TotalSeconds}", "-f", script, "-D", "i=0", "-D", $"base={used}", "-D", $"slot={slot}",
            "-h", at.Host!, "-p", $"{at.Port}", "-U", at.Username!, at.Database!,
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["PGPASSWORD"] = at.Password;
        using var pgbench = Process.Start(start)!;
        var said = await pgbench.StandardOutput.ReadToEndAsync() + await pgbench.StandardError.ReadToEndAsync();
        await pgbench.WaitForExitAsync();
        if (pgbench.ExitCode != 0) throw new InvalidOperationException(said);
        var transactions = long.Parse(Processed().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
        var written = await CountAsync() - before;
        if (written != transactions) throw new InvalidOperationException($"The replay's {transactions} transactions wrote {written} packages.\n{said}");
        used += clients * slot;
        return double.Parse(Rate().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static async Task<long> CountAsync()
    {
        var count = 0L;
        await LedgerAudit.RowsAsync(BenchPlatform.DatabaseOf(Copy), "select count(*) from package", row => count = (long)row[0]);
        return count;
    }

    private static async Task<Guid> OneAsync(BenchPlatform platform, System.Collections.Concurrent.ConcurrentQueue<WaitingDraft> drafts)
    {
        drafts.TryDequeue(out var draft);
        await Submissions.SubmitAsync(platform, await platform.Ministry.DeskAsync(draft!.Officer), draft);
        return draft.Id;
    }

    /// <summary>What the server logged while one submission was made, less what the relay does by itself.</summary>
    private static async Task<(List<Statement> Statements, Guid Draft)> LoggedAsync(BenchPlatform platform, System.Collections.Concurrent.ConcurrentQueue<WaitingDraft> drafts)
    {
        var path = BenchPlatform.Required("PGLOG");
        await BenchPlatform.SentAsync("drafting");
        await ServerAsync("alter system set log_statement = 'all'");
        var from = new FileInfo(path).Length;
        var draft = await OneAsync(platform, drafts);
        await ServerAsync("alter system reset log_statement");

        await using var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = from;
        using var reader = new StreamReader(log);
        var statements = new List<Statement>();
        foreach (Match record in Record().Matches(await reader.ReadToEndAsync()))
        {
            var (database, level, text) = (record.Groups[1].Value, record.Groups[2].Value, record.Groups[3].Value.TrimEnd());
            if (database != BenchPlatform.Database("drafting")) continue;
            if (level == "DETAIL" && statements.Count > 0 && text.StartsWith("parameters: ", StringComparison.Ordinal))
                statements[^1] = statements[^1] with { Values = [.. Value().Matches(text).Select(value => value.Groups[1].Value)] };
            else if (level == "LOG" && Executed().Match(text) is { Success: true } executed)
                statements.Add(new(executed.Groups[1].Value.TrimEnd(';', ' ', '\n'), []));
        }
        return ([.. statements.Where(s => !IsRelays(s.Text))], draft);
    }

    private static bool IsRelays(string statement) =>
        statement.Contains("outbox o where", StringComparison.Ordinal) || statement.Contains("update outbox set sent_at", StringComparison.Ordinal)
        || statement.Contains("pg_try_advisory", StringComparison.Ordinal) || statement.Contains("count(*) from outbox", StringComparison.Ordinal);

    /// <summary>An expression that makes such a value new for each transaction; the same one wherever the value stands.</summary>
    private static string Own(Dictionary<string, string> made, string value)
    {
        var bare = value.Trim('\'');
        if (!made.TryGetValue(bare, out var expression))
            made[bare] = expression =
                Guid.TryParse(bare, out _) ? Uuid(made.Count)
                : Hex().IsMatch(bare) ? $"(md5('{made.Count}a'::text || :{Number}::text) || md5('{made.Count}b'::text || :{Number}::text))"
                : Instant().IsMatch(bare) ? "now()"
                : Literal(value);
        return expression;
    }

    /// <summary>A value as it stands in the log, for pgbench, which takes what follows a colon for a variable of its own: <c>"x":null</c> in a document.</summary>
    private static string Literal(string value) =>
        Named().IsMatch(value) ? "E" + Named().Replace(value.Replace(@"\", @"\\", StringComparison.Ordinal), @"\x3a$1") : value;

    /// <summary>In the order of their making, as the services' own are.</summary>
    private static string Uuid(int name, string number = $":{Number}") =>
        $"('{name:x8}-0000-7000-8000-' || lpad(to_hex({number}::bigint), 12, '0'))::uuid";

    private static async Task CopyAsync(Guid template)
    {
        var backend = BenchPlatform.DatabaseOf("drafting");
        foreach (var (table, key) in new[] { ("draft", "id"), ("revision", "draft_id") })
        {
            var columns = new List<string>();
            await LedgerAudit.RowsAsync(backend, $"select column_name from information_schema.columns where table_schema = 'public' and table_name = '{table}' order by ordinal_position", row => columns.Add((string)row[0]));
            var values = columns.Select(column => column == key ? Uuid(0, "n") : $"t.\"{column}\"");
            await LedgerAudit.RowsAsync(backend,
                $"insert into {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) select {string.Join(", ", values)} from {table} t, generate_series(1, {Copies}) n where t.{key} = '{template}'", _ => { });
        }
        await LedgerAudit.RowsAsync(backend, "vacuum analyze", _ => { });
    }

    private static async Task ServerAsync(string sql)
    {
        var server = new Platform.Data.Backend(BenchPlatform.Required("TEST_POSTGRES"));
        await LedgerAudit.RowsAsync(server, sql, _ => { });
        await LedgerAudit.RowsAsync(server, "select pg_reload_conf()", _ => { });
        var wanted = sql.Contains("reset", StringComparison.Ordinal) ? "none" : "all";
        await using var probe = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ToString());
        await probe.OpenAsync();
        await Eventually.Be(async () =>
        {
            await using var show = new NpgsqlCommand("show log_statement", probe);
            return (string?)await show.ExecuteScalarAsync() == wanted;
        });
    }

    private sealed record Statement(string Text, IReadOnlyList<string> Values);

    /// <summary>A record of the log, with the prefix that the servers of this repository write; its further lines are indented.</summary>
    [GeneratedRegex(@"^\S+ \S+ \S+ \[\d+\] \S*@(\S+) ([A-Z]+):  (.*(?:\n\t.*)*)", RegexOptions.Multiline)]
    private static partial Regex Record();

    [GeneratedRegex(@"^(?:execute [^:]*|statement): ([\s\S]*)$")]
    private static partial Regex Executed();

    [GeneratedRegex(@"\$\d+ = (NULL|'(?:[^']|'')*')")]
    private static partial Regex Value();

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Parameter();

    [GeneratedRegex("(?<!:):([A-Za-z_])")]
    private static partial Regex Named();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hex();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")]
    private static partial Regex Instant();

    [GeneratedRegex(@"number of transactions actually processed: (\d+)")]
    private static partial Regex Processed();

    [GeneratedRegex(@"tps = ([\d.]+) ")]
    private static partial Regex Rate();
}
