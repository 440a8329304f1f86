using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>The register's entry that a person holds a role in an office for a time.</summary>
public sealed record AppointmentRecord(
    Guid Id, int Version, string Person, string Office, string Role, DateTimeOffset From, DateTimeOffset? To) : IAggregate
{
    public string LedgerId => Id.ToString();
}

/// <summary>What may happen to an appointment's entry.</summary>
public static class AppointmentRules
{
    /// <summary>A new appointment, or another end for a known one.</summary>
    public static Decision<AppointmentRecord> Record(AppointmentRecord? current, PersonLine line, DateTimeOffset now)
    {
        if (current is not null && current.To == line.To) return Register.Unchanged;
        var appointment = new AppointmentRecord(IdOf(line), (current?.Version ?? 0) + 1, line.Person, line.Office, line.Role, line.From, line.To);
        return Accept(appointment, new AppointmentRecorded(
            appointment.Id, appointment.Version, appointment.Person, appointment.Office, appointment.Role, appointment.From, appointment.To, now));
    }

    /// <summary>The same person, office, role and beginning are the same appointment in every file.</summary>
    public static Guid IdOf(PersonLine line) => Register.IdOf("appointment", line.Person, line.Office, line.Role, line.From.ToUnixTimeMilliseconds());

    /// <summary>True when appointments of one kind, one after another or side by side, hold from one instant to the other without a break.</summary>
    public static bool Cover(IEnumerable<AppointmentRecord> held, DateTimeOffset from, DateTimeOffset to)
    {
        var covered = from;
        foreach (var appointment in held.OrderBy(a => a.From).TakeWhile(a => a.From <= covered))
            if ((appointment.To ?? DateTimeOffset.MaxValue) > covered) covered = appointment.To ?? DateTimeOffset.MaxValue;
        return covered >= to;
    }
}
