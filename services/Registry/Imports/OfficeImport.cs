using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Imports;

/// <summary>Takes an offices file into the register, and sees to it that the central unit is there.</summary>
public sealed class OfficeImport(RegistryDb db, TimeProvider clock) : IFileImport
{
    public static IReadOnlyList<string> Columns => OfficeFile.Columns;

    public async Task<ImportReport> RunAsync(IReadOnlyList<CsvLine> lines, CancellationToken ct)
    {
        await db.TakeImportTurnAsync(ct);
        var offices = await db.Offices.ToDictionaryAsync(o => o.Code, ct);
        var missions = await db.Missions.Select(m => m.Code).ToHashSetAsync(ct);
        var file = OfficeFile.Check(lines, new(WallClocks.Zones, missions, [.. offices.Values.Select(OfficeLine.Of)]));

        var now = clock.Now;
        var effects = file.Good.Select(line => db.Take(offices.GetValueOrDefault(line.Code), OfficeRules.Record(offices.GetValueOrDefault(line.Code), line, now))).ToList();
        await db.SaveChangesAsync(ct);
        return ImportReport.Of(effects, file.Rejected);
    }

    /// <summary>Where the register knows no central unit yet, it gets one.</summary>
    public async Task EnsureCentralAsync(CancellationToken ct)
    {
        await db.TakeImportTurnAsync(ct);
        if (await db.Offices.AnyAsync(o => o.Code == OfficeRules.Central.Code, ct)) return;
        db.Take(null, OfficeRules.Record(null, OfficeRules.Central, clock.Now));
        await db.SaveChangesAsync(ct);
    }
}
