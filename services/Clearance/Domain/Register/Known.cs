using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Clearance.Domain.Register;

/// <summary>Something that the register holds, as Clearance last heard of it.</summary>
public interface IKnown
{
    /// <summary>The register's version of it: an older word never comes to lie over a newer one.</summary>
    int Version { get; }
}

/// <summary>A mission, and what a policy may ask about it.</summary>
public sealed record KnownMission(string Code, int Version, string Kind, string Region, string Country, string TimeZone) : IKnown
{
    public static KnownMission Of(MissionRecorded fact) => new(fact.Mission, fact.Version, fact.Kind, fact.Region, fact.Country, fact.TimeZone);
}

/// <summary>An official account.</summary>
public sealed record KnownAccount(string Id, int Version, string Mission, string Network, bool Live, bool Flagship) : IKnown
{
    public static KnownAccount Of(AccountRecorded fact) => new(fact.Account, fact.Version, fact.Mission, fact.Network, fact.Live, fact.Flagship);
}

/// <summary>An office, with the hours it keeps by the clock of its zone.</summary>
public sealed record KnownOffice(
    string Code, int Version, string Name, string Kind, string? Parent, string Zone, string Hours, IReadOnlyList<string> RestDays,
    IReadOnlyList<string> Holidays, IReadOnlyList<string> Covers) : IKnown
{
    public static KnownOffice Of(OfficeRecorded fact) =>
        new(fact.Office, fact.Version, fact.Name, fact.Kind, fact.Parent, fact.Zone, fact.Hours, fact.RestDays, fact.Holidays, fact.Covers);
}

/// <summary>A deputy's standing in for an absent person.</summary>
public sealed record KnownDelegation(
    Guid Id, int Version, string Absent, string Deputy, string Office, string Role, DateTimeOffset From, DateTimeOffset To, string Kind) : IKnown
{
    public static KnownDelegation Of(DelegationRecorded fact) =>
        new(fact.DelegationId, fact.Version, fact.Absent, fact.Deputy, fact.Office, fact.Role, fact.From, fact.To, fact.Kind);
}

/// <summary>A person's turn on the duty roster.</summary>
public sealed record KnownDuty(Guid Id, int Version, string Office, string Person, DateTimeOffset From, DateTimeOffset To) : IKnown
{
    public static KnownDuty Of(DutyRecorded fact) => new(fact.DutyId, fact.Version, fact.Office, fact.Person, fact.From, fact.To);
}

/// <summary>A person's own appointment.</summary>
public sealed record OwnAppointment(string Person, string Office, string Role, DateTimeOffset From, DateTimeOffset? To)
{
    public bool HoldsAt(DateTimeOffset now) => From <= now && (To is null || To > now);
}
