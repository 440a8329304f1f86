using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>The register's entry that a deputy stands in for an absent person, in one of their appointments and for a time.</summary>
/// <param name="To">First instant after it; equal to <paramref name="From"/> when it was struck out.</param>
public sealed record Delegation(
    Guid Id, int Version, string Absent, string Deputy, string Office, string Role, DateTimeOffset From, DateTimeOffset To, string Kind) : IAggregate
{
    public string LedgerId => Id.ToString();
}

/// <summary>What may happen to a delegation's entry.</summary>
public static class DelegationRules
{
    /// <summary>For an absence, or while a post is vacant.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["deputy", "acting"];

    /// <summary>A new delegation, or another end or kind for a known one.</summary>
    public static Decision<Delegation> Record(Delegation? current, DelegationLine line, DateTimeOffset now)
    {
        if (current is not null && (current.To, current.Kind) == (line.To, line.Kind)) return Register.Unchanged;
        var delegation = new Delegation(
            IdOf(line), (current?.Version ?? 0) + 1, line.Absent, line.Deputy, line.Office, line.Role, line.From, line.To, line.Kind);
        return Accept(delegation, new DelegationRecorded(
            delegation.Id, delegation.Version, delegation.Absent, delegation.Deputy, delegation.Office, delegation.Role, delegation.From, delegation.To, delegation.Kind, now));
    }

    /// <summary>The same two people, office, role and beginning are the same delegation in every file.</summary>
    public static Guid IdOf(DelegationLine line) =>
        Register.IdOf("delegation", line.Absent, line.Deputy, line.Office, line.Role, line.From.ToUnixTimeMilliseconds());
}
