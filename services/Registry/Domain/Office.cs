using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>An office that can be asked to clear: the central unit, a regional hub, a country desk, a thematic office, or a mission's front office.</summary>
/// <param name="Code">A front office bears its mission's code; all others but <c>CENTRAL</c> have a hyphen, which no mission has.</param>
/// <param name="Parent">The office above it; null for <c>CENTRAL</c> alone.</param>
/// <param name="Zone">IANA zone by whose clock it works.</param>
/// <param name="Hours"><c>09:00-17:00</c>.</param>
public sealed record Office(
    string Code, int Version, string Name, string Kind, string? Parent, string Zone, string Hours, IReadOnlyList<string> RestDays,
    IReadOnlyList<string> Holidays, IReadOnlyList<string> Covers) : IAggregate
{
    public string LedgerId => Code;
}

/// <summary>What an office is for.</summary>
public static class OfficeKinds
{
    public const string CentralUnit = "central-unit";
    public const string RegionalHub = "regional-hub";
    public const string CountryDesk = "country-desk";
    public const string ThematicOffice = "thematic-office";
    public const string FrontOffice = "front-office";

    public static readonly IReadOnlyList<string> All = [CentralUnit, RegionalHub, CountryDesk, ThematicOffice, FrontOffice];
}

/// <summary>What may happen to an office's entry.</summary>
public static class OfficeRules
{
    /// <summary>The central unit before any file says more of it: there must be an office that a text can go to.</summary>
    public static readonly OfficeLine Central = new(Offices.Central, "Central unit", OfficeKinds.CentralUnit, null, "Etc/UTC", "09:00-17:00", ["sat", "sun"], [], []);

    /// <summary>The register takes what a line of a file says; a line that says nothing new changes nothing.</summary>
    public static Decision<Office> Record(Office? current, OfficeLine line, DateTimeOffset now)
    {
        if (current is not null && Says(current, line)) return Register.Unchanged;
        var office = new Office(
            line.Code, (current?.Version ?? 0) + 1, line.Name, line.Kind, line.Parent, line.Zone, line.Hours, line.RestDays, line.Holidays, line.Covers);
        return Accept(office, new OfficeRecorded(
            office.Code, office.Version, office.Name, office.Kind, office.Parent, office.Zone, office.Hours, office.RestDays, office.Holidays, office.Covers, now));
    }

    private static bool Says(Office office, OfficeLine line) =>
        (office.Name, office.Kind, office.Parent, office.Zone, office.Hours) == (line.Name, line.Kind, line.Parent, line.Zone, line.Hours)
        && office.RestDays.SequenceEqual(line.RestDays) && office.Holidays.SequenceEqual(line.Holidays) && office.Covers.SequenceEqual(line.Covers);
}
