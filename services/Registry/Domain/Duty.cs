using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>The roster's entry that a person has the duty for an office from one instant to another.</summary>
/// <param name="To">First instant after it; equal to <paramref name="From"/> when it was struck out.</param>
public sealed record Duty(Guid Id, int Version, string Office, string Person, DateTimeOffset From, DateTimeOffset To) : IAggregate
{
    public string LedgerId => Id.ToString();
}

/// <summary>What may happen to a duty's entry.</summary>
public static class DutyRules
{
    /// <summary>A new duty, or another end for a known one.</summary>
    public static Decision<Duty> Record(Duty? current, DutyLine line, DateTimeOffset now)
    {
        if (current is not null && current.To == line.To) return Register.Unchanged;
        var duty = new Duty(IdOf(line), (current?.Version ?? 0) + 1, line.Office, line.Person, line.From, line.To);
        return Accept(duty, new DutyRecorded(duty.Id, duty.Version, duty.Office, duty.Person, duty.From, duty.To, now));
    }

    /// <summary>The same office, person and beginning are the same duty in every file.</summary>
    public static Guid IdOf(DutyLine line) => Register.IdOf("duty", line.Office, line.Person, line.From.ToUnixTimeMilliseconds());
}
