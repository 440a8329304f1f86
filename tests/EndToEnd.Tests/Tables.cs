namespace WorkflowPlatform.EndToEnd.Tests;

/// <summary>How many rows every table of every service has.</summary>
internal static class Tables
{
    public static async Task<IReadOnlyDictionary<string, long>> CountAsync(IFooting footing)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var service in SeparateServices.Names)
        {
            var database = await footing.DatabaseOf(service);
            var names = new List<string>();
            await LedgerAudit.RowsAsync(database, database.IsPostgres
                ? "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"
                : "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'", row => names.Add((string)row[0]));
            foreach (var name in names) await LedgerAudit.RowsAsync(database, $"select count(*) from \"{name}\"", row => counts[$"{service}.{name}"] = Convert.ToInt64(row[0]));
        }
        return counts;
    }

    /// <summary>One number out of one service's database.</summary>
    public static async Task<long> NumberAsync(IFooting footing, string service, string sql)
    {
        var number = 0L;
        await LedgerAudit.RowsAsync(await footing.DatabaseOf(service), sql, row => number = Convert.ToInt64(row[0]));
        return number;
    }

    /// <summary>Until nothing is on its way any more.</summary>
    public static Task QuietAsync(IFooting footing) =>
        Eventually.Be(async () => await LedgerAudit.UnsentAsync(footing.DatabaseOf) == 0, TimeSpan.FromMinutes(2), "every fact has reached everybody");
}
