using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Imports;

/// <summary>Takes an accounts file into the register: which are flagships, and which are live.</summary>
public sealed class AccountImport(RegistryDb db, TimeProvider clock) : IFileImport
{
    public static IReadOnlyList<string> Columns => AccountFile.Columns;

    public async Task<ImportReport> RunAsync(IReadOnlyList<CsvLine> lines, CancellationToken ct)
    {
        await db.TakeImportTurnAsync(ct);
        var accounts = await db.Accounts.ToDictionaryAsync(a => a.Id, ct);
        var (file, now) = (AccountFile.Check(lines, accounts.Keys.ToHashSet()), clock.Now);

        var effects = file.Good.Select(line => db.Take(accounts[line.Account], AccountRules.Flag(accounts[line.Account], line, now))).ToList();
        await db.SaveChangesAsync(ct);
        return ImportReport.Of(effects, file.Rejected);
    }
}
