using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Imports;

/// <summary>Takes a missions file into the register; each new mission gets its place on the noticeboard.</summary>
public sealed class MissionImport(RegistryDb db, TimeProvider clock) : IFileImport
{
    public static IReadOnlyList<string> Columns => MissionFile.Columns;

    public async Task<ImportReport> RunAsync(IReadOnlyList<CsvLine> lines, CancellationToken ct)
    {
        await db.TakeImportTurnAsync(ct);
        var missions = await db.Missions.ToDictionaryAsync(m => m.Code, ct);
        var accounts = await db.Accounts.ToDictionaryAsync(a => a.Id, ct);
        var (file, now) = (MissionFile.Check(lines, WallClocks.Zones), clock.Now);

        var effects = file.Good.Select(line =>
        {
            var effect = db.Take(missions.GetValueOrDefault(line.Code), MissionRules.Record(missions.GetValueOrDefault(line.Code), line, now));
            var account = accounts.GetValueOrDefault(AccountRules.NoticeboardOf(line.Code));
            db.Take(account, AccountRules.OpenNoticeboard(account, line.Code, now));
            return effect;
        }).ToList();
        await db.SaveChangesAsync(ct);
        return ImportReport.Of(effects, file.Rejected);
    }
}
