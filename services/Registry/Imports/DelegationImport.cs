using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Imports;

/// <summary>Takes a delegations file into the register.</summary>
public sealed class DelegationImport(RegistryDb db, TimeProvider clock) : IFileImport
{
    public static IReadOnlyList<string> Columns => DelegationFile.Columns;

    public async Task<ImportReport> RunAsync(IReadOnlyList<CsvLine> lines, CancellationToken ct)
    {
        await db.TakeImportTurnAsync(ct);
        var delegations = await db.Delegations.ToDictionaryAsync(d => d.Id, ct);
        var (file, now) = (DelegationFile.Check(lines, await db.TimeContextAsync(delegations.Keys, ct)), clock.Now);

        var effects = file.Good.Select(line =>
        {
            var current = delegations.GetValueOrDefault(DelegationRules.IdOf(line));
            return db.Take(current, DelegationRules.Record(current, line, now));
        }).ToList();
        await db.SaveChangesAsync(ct);
        return ImportReport.Of(effects, file.Rejected);
    }
}

/// <summary>What files about people's time are checked against.</summary>
internal static class TimeContexts
{
    public static async Task<TimeContext> TimeContextAsync(this RegistryDb db, IEnumerable<Guid> known, CancellationToken ct) => new(
        await db.Persons.Select(p => p.StaffNumber).ToHashSetAsync(ct),
        (await db.AppointmentRecords.AsNoTracking().ToListAsync(ct)).ToLookup(a => (a.Person, a.Office, a.Role)),
        known.ToHashSet());
}
