using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Clearance.Data;

/// <summary>Asks Clearance's own tables of the register.</summary>
public static class RegisterReading
{
    /// <summary>The office above one, as the register has it; null at the top, and for one that it has not.</summary>
    public static async Task<string?> AboveAsync(this ClearanceDb db, string office, CancellationToken ct) => (await db.OfficesAsync(ct)).GetValueOrDefault(office)?.Parent;

    /// <summary>The offices, and what else of the register a policy may name: for whoever checks a pack.</summary>
    public static async Task<OfficeBook> PolicyBookAsync(this ClearanceDb db, CancellationToken ct)
    {
        var (missions, accounts) = (await db.Missions.AsNoTracking().ToListAsync(ct), await db.Accounts.AsNoTracking().ToListAsync(ct));
        return new OfficeBook((await db.OfficeBookAsync(ct)).All, new Dictionary<string, IReadOnlyList<string>>
        {
            ["mission"] = Several(missions.Select(m => m.Code)), ["mission-kind"] = Several(missions.Select(m => m.Kind)), ["region"] = Several(missions.Select(m => m.Region)),
            ["account"] = Several(accounts.Select(a => a.Id)), ["network"] = Several(accounts.Select(a => a.Network)),
        });

        static List<string> Several(IEnumerable<string> values) => [.. values.Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>What a policy may ask about where a text comes from.</summary>
    public static async Task<MissionFacts> MissionFactsAsync(this ClearanceDb db, KnownMission mission, KnownAccount account, CancellationToken ct) => Facts(mission.Code, mission, account, await db.HomeAsync(ct));

    /// <summary>The same for all missions and accounts at once: there are hundreds. What the register has not told yet is left open: then no third state is taken for the host.</summary>
    public static async Task<Func<string, string, MissionFacts>> AllMissionFactsAsync(this ClearanceDb db, CancellationToken ct)
    {
        var missions = await db.Missions.AsNoTracking().ToDictionaryAsync(m => m.Code, ct);
        var accounts = await db.Accounts.AsNoTracking().ToDictionaryAsync(a => a.Id, ct);
        var home = await db.HomeAsync(ct);
        return (mission, account) => Facts(mission, missions.GetValueOrDefault(mission), accounts.GetValueOrDefault(account), home);
    }

    private static async Task<IReadOnlyList<string>> HomeAsync(this ClearanceDb db, CancellationToken ct) =>
        (await db.OfficesAsync(ct)).GetValueOrDefault(Offices.Central)?.Covers ?? [];

    private static MissionFacts Facts(string code, KnownMission? mission, KnownAccount? account, IReadOnlyList<string> home) =>
        new(code, mission?.Kind ?? "", mission?.Region ?? "", mission?.Country, account?.Flagship ?? false, home);

    /// <summary>The capacities in which a person may act at <paramref name="now"/>, in their own right first.</summary>
    public static async Task<IReadOnlyList<HeldCapacity>> CapacitiesOfAsync(this ClearanceDb db, string person, DateTimeOffset now, CancellationToken ct)
    {
        var delegations = await db.Delegations.AsNoTracking().Where(d => d.Deputy == person && d.From <= now && d.To > now).ToListAsync(ct);
        var people = delegations.Select(d => d.Absent).Append(person).Distinct().ToList();
        var appointments = await db.Appointments.AsNoTracking().Where(a => people.Contains(a.Person)).Select(a => new OwnAppointment(a.Person, a.Office, a.Role, a.From, a.To)).ToListAsync(ct);
        return [.. Capacities.At(now, appointments, delegations).Where(held => held.Person == person)];
    }

    /// <summary>Everybody who may act for an office at <paramref name="now"/>, and in whose right.</summary>
    public static async Task<IReadOnlyList<HeldCapacity>> CapacitiesInAsync(this ClearanceDb db, string office, DateTimeOffset now, CancellationToken ct)
    {
        var delegations = await db.Delegations.AsNoTracking().Where(d => d.Office == office && d.From <= now && d.To > now).ToListAsync(ct);
        var appointments = await db.Appointments.AsNoTracking().Where(a => a.Office == office).Select(a => new OwnAppointment(a.Person, a.Office, a.Role, a.From, a.To)).ToListAsync(ct);
        return Capacities.At(now, appointments, delegations);
    }

    /// <summary>The turns of the roster that are on at <paramref name="now"/>: which offices have the duty, and who has it for them.</summary>
    public static async Task<IReadOnlyList<KnownDuty>> OnDutyAsync(this ClearanceDb db, DateTimeOffset now, CancellationToken ct) =>
        await db.Duties.AsNoTracking().Where(d => d.From <= now && d.To > now).OrderBy(d => d.From).ThenBy(d => d.Office).ToListAsync(ct);
}
