using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Testing;

/// <summary>What an auditor found out about the whole ledger.</summary>
/// <param name="Entries">Entries in Oversight's ledger.</param>
/// <param name="Aggregates">Aggregates in the owners' databases.</param>
/// <param name="Faults">What does not agree; empty when the ledger verifies.</param>
public sealed record LedgerFindings(long Entries, int Aggregates, IReadOnlyList<string> Faults)
{
    public bool Verifies => Faults.Count == 0;
}

/// <summary>Compares the ledger with the owners' own databases: each aggregate has as many entries as its version, its head is the ledger's head, the chain is right and nothing is missing.</summary>
public static class LedgerAudit
{
    /// <summary>The services that own aggregates.</summary>
    public static readonly IReadOnlyList<string> Owners = ["registry", "drafting", "clearance", "publishing"];

    public static async Task<LedgerFindings> FindAsync(Ministry ministry, Func<string, Task<Backend>> databaseOf)
    {
        var faults = new List<string>();
        var report = (await ministry.ReadAsync(MinistryFiles.Auditor, "oversight", "ledger/verification")).ShouldBe(200);
        if (report["verifies"].GetBoolean() is false) faults.Add($"the verification says: {report.Body}");

        var ledger = new Dictionary<string, (string Aggregate, long Version, long Count)>(); // By head: a hash names one entry and no other.
        await RowsAsync(await databaseOf("oversight"),
            "select l.aggregate, l.aggregate_id, l.version, l.hash, (select count(*) from ledger_entry e where e.aggregate = l.aggregate and e.aggregate_id = l.aggregate_id) " +
            "from ledger_entry l where not exists (select 1 from ledger_entry n where n.aggregate = l.aggregate and n.aggregate_id = l.aggregate_id and n.version > l.version)",
            row => ledger[Convert.ToHexString((byte[])row[3])] = ($"{row[0]}/{row[1]}", Convert.ToInt64(row[2]), Convert.ToInt64(row[4])));

        var owned = 0;
        foreach (var owner in Owners)
            foreach (var table in await TablesAsync(await databaseOf(owner)))
                await RowsAsync(await databaseOf(owner), $"select version, ledger_head from \"{table}\"", row =>
                {
                    owned++;
                    var version = Convert.ToInt64(row[0]);
                    if (row[1] is not byte[] head || !ledger.Remove(Convert.ToHexString(head), out var kept))
                        faults.Add($"{owner}.{table} holds a version {version} whose entry is not the last of any aggregate in the ledger");
                    else if (kept.Version != version || kept.Count != version)
                        faults.Add($"{kept.Aggregate} is at version {version} with its owner; the ledger has {kept.Count} entries up to version {kept.Version}");
                });
        faults.AddRange(ledger.Values.Select(left => $"{left.Aggregate} is in the ledger at version {left.Version}, and no owner is at that entry"));
        return new(report["entries"].GetInt64(), owned, faults);
    }

    /// <summary>Facts that were committed and not sent yet, or given up.</summary>
    public static async Task<long> UnsentAsync(Func<string, Task<Backend>> databaseOf)
    {
        var unsent = 0L;
        foreach (var owner in Owners)
            await RowsAsync(await databaseOf(owner), "select count(*) from outbox where sent_at is null", row => unsent += Convert.ToInt64(row[0]));
        return unsent;
    }

    public static async Task RowsAsync(Backend backend, string sql, Action<object[]> each)
    {
        await using var connection = await backend.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var row = new object[reader.FieldCount];
        while (await reader.ReadAsync())
        {
            reader.GetValues(row);
            each(row);
        }
    }

    /// <summary>Every table that keeps aggregates: it keeps their ledger heads too.</summary>
    private static async Task<List<string>> TablesAsync(Backend backend)
    {
        var tables = new List<string>();
        await RowsAsync(backend, backend.IsPostgres
            ? "select table_name from information_schema.columns where table_schema = 'public' and column_name = 'ledger_head'"
            : "select m.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and c.name = 'ledger_head'", row => tables.Add((string)row[0]));
        return tables;
    }
}
