namespace WorkflowPlatform.Registry.Domain;

/// <summary>What one line of an accounts file says.</summary>
public sealed record AccountLine(string Account, bool Flagship, bool Live);

/// <summary>An accounts file: <c>account,flagship,live</c>. It opens no accounts, it says how those in the register are to be taken.</summary>
public static class AccountFile
{
    public static readonly IReadOnlyList<string> Columns = ["account", "flagship", "live"];

    /// <param name="known">The accounts in the register.</param>
    public static CheckedFile<AccountLine> Check(IEnumerable<CsvLine> lines, IReadOnlySet<string> known)
    {
        var seen = new Dictionary<string, int>();
        return Lines.Check(Columns, lines, line =>
        {
            var f = line.Fields;
            var faults = new List<string>();
            if (!known.Contains(f[0])) faults.Add($"Account {Lines.Quote(f[0])} is not in the register. A mission's own comes with the mission, as in noticeboard:KBL.");
            if (f[1] is not ("yes" or "no")) faults.Add($"Flagship {Lines.Quote(f[1])} is neither yes nor no.");
            if (f[2] is not ("yes" or "no")) faults.Add($"Live {Lines.Quote(f[2])} is neither yes nor no.");
            if (faults.Count == 0 && !seen.TryAdd(f[0], line.Number)) faults.Add($"Account {f[0]} stands in line {seen[f[0]]} already.");
            return (new AccountLine(f[0], f[1] == "yes", f[2] == "yes"), faults);
        });
    }
}
