using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Imports;

/// <summary>Takes a duties file into the register, and says where the roster has gaps and overlaps from now on.</summary>
public sealed class DutyImport(RegistryDb db, TimeProvider clock) : IFileImport
{
    private const int MostRemarks = 100;

    public static IReadOnlyList<string> Columns => DutyFile.Columns;

    public async Task<ImportReport> RunAsync(IReadOnlyList<CsvLine> lines, CancellationToken ct)
    {
        await db.TakeImportTurnAsync(ct);
        var duties = await db.Duties.ToDictionaryAsync(d => d.Id, ct);
        var (file, now) = (DutyFile.Check(lines, await db.TimeContextAsync(duties.Keys, ct), WallClocks.Read), clock.Now);

        var effects = file.Good.Select(line =>
        {
            var current = duties.GetValueOrDefault(DutyRules.IdOf(line));
            return db.Take(current, DutyRules.Record(current, line, now));
        }).ToList();
        await db.SaveChangesAsync(ct);
        var remarks = DutyRoster.Examine(await db.Duties.AsNoTracking().Where(d => d.To > now).ToListAsync(ct), now);
        return ImportReport.Of(effects, file.Rejected, [.. remarks.Take(MostRemarks).Select(remark => remark.ToString())]);
    }
}
