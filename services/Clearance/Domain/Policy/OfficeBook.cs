namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>The offices that a policy can send a text to, as Clearance last heard of them.</summary>
/// <param name="places">What of the register a policy may name besides offices, by the aspect that asks for it; without it, or for an aspect of which nothing is known, any name passes.</param>
public sealed class OfficeBook(IReadOnlyList<BookedOffice> offices, IReadOnlyDictionary<string, IReadOnlyList<string>>? places = null)
{
    private readonly Dictionary<string, BookedOffice> byCode = offices.ToDictionary(office => office.Code);

    public IReadOnlyList<BookedOffice> All => offices;

    public BookedOffice? Find(string code) => byCode.GetValueOrDefault(code);

    /// <summary>The values that an aspect can have by the register; null when it does not say.</summary>
    public IReadOnlyList<string>? Places(string aspect) => places?.GetValueOrDefault(aspect) is { Count: > 0 } known ? known : null;

    public bool Knows(string code) => byCode.ContainsKey(code);

    /// <summary>The hub of a region; null when none is in the book.</summary>
    public BookedOffice? HubOf(string region) => offices.FirstOrDefault(office => office.Kind == OfficeKinds.RegionalHub && office.Covers.Contains(region));

    /// <summary>The desk that answers for relations with a state; null when none is in the book.</summary>
    public BookedOffice? DeskOf(string state) => offices.FirstOrDefault(office => office.Kind == OfficeKinds.CountryDesk && office.Covers.Contains(state));

    /// <summary>The thematic office for a letter of the matrix; null when none is in the book.</summary>
    public BookedOffice? ThematicOf(string letter) => offices.FirstOrDefault(office => office.Kind == OfficeKinds.ThematicOffice && office.Covers.Contains(letter));

    /// <summary>The front office of a mission: the officers of the mission itself who may clear; null when it has none.</summary>
    public BookedOffice? FrontOfficeOf(string mission) => Find(mission) is { Kind: OfficeKinds.FrontOffice } office ? office : null;
}

/// <summary>One office.</summary>
/// <param name="Code"><c>CENTRAL</c>, <c>HUB-EUROPE</c>, <c>DESK-GULF</c>, or a mission's code for its front office.</param>
/// <param name="Kind">One of <see cref="OfficeKinds"/>.</param>
/// <param name="Parent">Where a matter goes that is referred up or that this office lets lie; null at the top.</param>
/// <param name="Covers">Regions of a hub, ISO 3166 alpha-2 codes of a country desk, the ministry's own state for the central unit, letters of the DIMEC matrix of a thematic office.</param>
public sealed record BookedOffice(string Code, string Kind, string? Parent, IReadOnlyList<string> Covers);

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
