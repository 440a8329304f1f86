using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Domain.Register;

namespace WorkflowPlatform.Clearance.Data;

/// <summary>Asks Clearance's own tables of the register.</summary>
public static class RegisterReading
{
    /// <summary>The offices as a policy sees them.</summary>
    public static async Task<OfficeBook> OfficeBookAsync(this ClearanceDb db, CancellationToken ct) =>
        new(await db.Offices.AsNoTracking().OrderBy(o => o.Code).Select(o => new BookedOffice(o.Code, o.Kind, o.Parent, o.Covers)).ToListAsync(ct));

    /// <summary>The capacities in which a person may act at <paramref name="now"/>, in their own right first.</summary>
    public static async Task<IReadOnlyList<HeldCapacity>> CapacitiesOfAsync(this ClearanceDb db, string person, DateTimeOffset now, CancellationToken ct)
    {
        var delegations = await db.Delegations.AsNoTracking().Where(d => d.Deputy == person && d.From <= now && d.To > now).ToListAsync(ct);
        var people = delegations.Select(d => d.Absent).Append(person).Distinct().ToList();
        var appointments = await db.Appointments.AsNoTracking().Where(a => people.Contains(a.Person)).Select(a => new OwnAppointment(a.Person, a.Office, a.Role, a.From, a.To)).ToListAsync(ct);
        return [.. Capacities.At(now, appointments, delegations).Where(held => held.By.Person == person)];
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
