using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Domain;
using WorkflowPlatform.Registry.Issuer;

namespace WorkflowPlatform.Registry.Imports;

/// <summary>Takes a people file into the register and into Registry's own table of rights.</summary>
public sealed class PeopleImport(RegistryDb db, LocalIssuer issuer, TimeProvider clock) : IFileImport
{
    public static IReadOnlyList<string> Columns => PeopleFile.Columns;

    public async Task<ImportReport> RunAsync(IReadOnlyList<CsvLine> lines, CancellationToken ct)
    {
        await db.TakeImportTurnAsync(ct);
        var persons = await db.Persons.ToDictionaryAsync(p => p.StaffNumber, ct);
        var appointments = await db.AppointmentRecords.ToDictionaryAsync(a => a.Id, ct);
        var file = PeopleFile.Check(lines, new(
            await db.Missions.Select(m => m.Code).ToHashSetAsync(ct),
            await db.Offices.Select(o => o.Code).ToHashSetAsync(ct),
            persons.Values.SelectMany(p => p.Identities.Select(i => (i, p.StaffNumber))).ToDictionary(),
            issuer.Name));

        var (effects, now) = (new List<Effect>(), clock.Now);
        foreach (var entry in Entries(lines, file))
        {
            var whole = await RecordAsync(entry.Person, persons, now, ct) ? Effect.Changed : Effect.Unchanged;
            foreach (var line in entry.Lines)
            {
                var own = await RecordAsync(line, appointments, now, ct);
                effects.Add(own > whole ? own : whole);
            }
        }
        await db.SaveChangesAsync(ct);
        return ImportReport.Of(effects, file.Rejected);
    }

    private IEnumerable<(PersonEntry Person, IEnumerable<PersonLine> Lines)> Entries(IReadOnlyList<CsvLine> lines, CheckedFile<PersonLine> file)
    {
        var rejected = file.Rejected.Select(r => r.Line).ToHashSet();
        var incomplete = lines.Where(l => rejected.Contains(l.Number) && l.Fields.Count > 0).Select(l => l.Fields[0]).ToHashSet();
        foreach (var of in file.Good.GroupBy(line => line.Person))
            yield return (
                new PersonEntry(of.Key, of.First().Name, [.. of.Select(l => l.Identity).OfType<PersonIdentity>()], !incomplete.Contains(of.Key), issuer.CardOf(of.Key)),
                of);
    }

    private async Task<bool> RecordAsync(PersonEntry entry, Dictionary<string, Person> persons, DateTimeOffset now, CancellationToken ct)
    {
        var current = persons.GetValueOrDefault(entry.StaffNumber);
        if (!PersonRules.Record(current, entry, now).Allows(out var accepted, out _)) return false;
        db.Record(current, accepted);
        await RightsTable.KeepAsync(db, (PersonRecorded)accepted.Fact, ct);
        return true;
    }

    private async Task<Effect> RecordAsync(PersonLine line, Dictionary<Guid, AppointmentRecord> appointments, DateTimeOffset now, CancellationToken ct)
    {
        var current = appointments.GetValueOrDefault(AppointmentRules.IdOf(line));
        if (!AppointmentRules.Record(current, line, now).Allows(out var accepted, out _)) return Effect.Unchanged;
        db.Record(current, accepted);
        await RightsTable.KeepAsync(db, (AppointmentRecorded)accepted.Fact, ct);
        return current is null ? Effect.Added : Effect.Changed;
    }
}
