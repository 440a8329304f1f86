using Microsoft.EntityFrameworkCore;
using NodaTime;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Imports;

/// <summary>Takes a missions file into the register, within the transaction of whoever calls. What the file leaves out stays as it is.</summary>
public sealed class MissionImport(RegistryDb db, TimeProvider clock)
{
    private static readonly HashSet<string> Zones = [.. DateTimeZoneProviders.Tzdb.Ids];

    public async Task<ImportReport> RunAsync(IReadOnlyList<CsvLine> lines, CancellationToken ct)
    {
        await db.TakeImportTurnAsync(ct);
        var missions = await db.Missions.ToDictionaryAsync(m => m.Code, ct);
        var accounts = await db.Accounts.ToDictionaryAsync(a => a.Id, ct);
        var (file, now) = (MissionFile.Check(lines, Zones), clock.Now);

        var effects = file.Good.Select(line => Record(line, missions, accounts, now)).CountBy(effect => effect).ToDictionary();
        await db.SaveChangesAsync(ct);
        return new(effects.GetValueOrDefault(Effect.Added), effects.GetValueOrDefault(Effect.Changed), effects.GetValueOrDefault(Effect.Unchanged), file.Rejected);
    }

    private Effect Record(MissionLine line, Dictionary<string, Mission> missions, Dictionary<string, Account> accounts, DateTimeOffset now)
    {
        var effect = Effect.Unchanged;
        var mission = missions.GetValueOrDefault(line.Code);
        if (MissionRules.Record(mission, line, now).Allows(out var recorded, out _))
        {
            db.Record(mission, recorded);
            effect = mission is null ? Effect.Added : Effect.Changed;
        }
        var account = accounts.GetValueOrDefault(AccountRules.NoticeboardOf(line.Code));
        if (AccountRules.OpenNoticeboard(account, line.Code, now).Allows(out var opened, out _)) db.Record(account, opened);
        return effect;
    }
}
