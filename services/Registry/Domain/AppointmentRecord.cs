using System.Security.Cryptography;
using System.Text;
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

    /// <summary>The same person, office, role and beginning are the same appointment in every file: its id follows from them (RFC 9562, version 8, SHA-256).</summary>
    public static Guid IdOf(PersonLine line)
    {
        var name = string.Join('\n', "workflowplatform.appointment", line.Person, line.Office, line.Role, line.From.ToUnixTimeMilliseconds());
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
