namespace WorkflowPlatform.Contracts.Registry;

/// <summary>The register holds this about a mission from now on. The whole state, so the latest version is all anybody needs.</summary>
/// <param name="Mission">The mission's code, for example <c>KBL</c>.</param>
/// <param name="TimeZone">IANA zone of the mission's seat.</param>
/// <param name="Languages">ISO 639-1 codes in which the mission posts.</param>
public sealed record MissionRecorded(
    string Mission, int Version, string Name, string Kind, string City, string Country, string Region,
    string TimeZone, IReadOnlyList<string> Languages, DateTimeOffset At) : IFact;

/// <summary>The register holds this about an official account from now on.</summary>
/// <param name="Account"><c>network:handle-id</c>, for example <c>noticeboard:KBL</c>.</param>
/// <param name="Flagship">True for an account that speaks for the ministry as a whole.</param>
public sealed record AccountRecorded(
    string Account, int Version, string Mission, string Network, string Handle, bool Live, bool Flagship, DateTimeOffset At) : IFact;

/// <summary>The register holds this about an office from now on. The whole state, so the latest version is all anybody needs.</summary>
/// <param name="Office"><c>CENTRAL</c>, a code with a hyphen such as <c>HUB-EUROPE</c>, or a mission's code for its front office.</param>
/// <param name="Kind"><c>central-unit</c>, <c>regional-hub</c>, <c>country-desk</c>, <c>thematic-office</c> or <c>front-office</c>.</param>
/// <param name="Parent">The office above it; null for <c>CENTRAL</c>, to which every line of parents leads.</param>
/// <param name="Zone">IANA zone by whose clock it works.</param>
/// <param name="Hours">From when to when it works on its days, for example <c>09:00-17:00</c>; the end may be <c>24:00</c>.</param>
/// <param name="RestDays">Days of the week on which it does not: <c>fri</c>, <c>sat</c>.</param>
/// <param name="Holidays">Other days on which it does not, for example <c>2026-12-25</c>.</param>
/// <param name="Covers">Regions of a hub, ISO 3166 alpha-2 codes of a country desk, the ministry's own state for the central unit, letters of the DIMEC matrix of a thematic office.</param>
public sealed record OfficeRecorded(
    string Office, int Version, string Name, string Kind, string? Parent, string Zone, string Hours, IReadOnlyList<string> RestDays,
    IReadOnlyList<string> Holidays, IReadOnlyList<string> Covers, DateTimeOffset At) : IFact;

/// <summary>A person of the ministry, and who they are to the identity providers. Names stay in Registry.</summary>
/// <param name="Person">Staff number.</param>
public sealed record PersonRecorded(
    string Person, int Version, IReadOnlyList<PersonIdentity> Identities, DateTimeOffset At) : IFact;

/// <summary>One identity provider's name for a person: the token's <c>iss</c> and <c>sub</c>.</summary>
public sealed record PersonIdentity(string Issuer, string Subject);

/// <summary>A person holds a role in an office between two days. Rights come from these and from nothing else.</summary>
/// <param name="Office">A mission's code, or an office's.</param>
/// <param name="From">First instant of the appointment.</param>
/// <param name="To">First instant after it; null when open-ended.</param>
public sealed record AppointmentRecorded(
    Guid Id, int Version, string Person, string Office, string Role, DateTimeOffset From, DateTimeOffset? To, DateTimeOffset At) : IFact;

/// <summary>A deputy stands in for a person who is absent, in one appointment of theirs and for a time.</summary>
/// <remarks>It counts only while the absent one's own appointment does, and hands on nothing that was itself handed on.</remarks>
/// <param name="Absent">Staff number of the person stood in for.</param>
/// <param name="From">First instant.</param>
/// <param name="To">First instant after it; equal to <paramref name="From"/> when it was struck out.</param>
/// <param name="Kind"><c>deputy</c> during an absence, <c>acting</c> while the post has nobody else to fill it.</param>
public sealed record DelegationRecorded(
    Guid DelegationId, int Version, string Absent, string Deputy, string Office, string Role, DateTimeOffset From, DateTimeOffset To,
    string Kind, DateTimeOffset At) : IFact;

/// <summary>A person has the duty for an office between two instants: the roster by which the duty goes round the world.</summary>
/// <param name="From">First instant.</param>
/// <param name="To">First instant after it; equal to <paramref name="From"/> when it was struck out.</param>
public sealed record DutyRecorded(
    Guid DutyId, int Version, string Office, string Person, DateTimeOffset From, DateTimeOffset To, DateTimeOffset At) : IFact;

/// <summary>The roles that an appointment can give.</summary>
public static class Roles
{
    /// <summary>Writes and submits for one mission.</summary>
    public const string DraftingOfficer = "drafting-officer";

    /// <summary>Decides for an office on what waits in its queue.</summary>
    public const string ClearingOfficer = "clearing-officer";

    /// <summary>Heads an office: may overrule, and is told when it was passed over.</summary>
    public const string HeadOfUnit = "head-of-unit";

    /// <summary>Has the duty for an office when the roster says so: the immediate lane.</summary>
    public const string DutyOfficer = "duty-officer";

    /// <summary>Keeps the register: missions, offices, people, appointments, accounts.</summary>
    public const string Registrar = "registrar";

    /// <summary>Reads the ledger and the alerts; changes nothing.</summary>
    public const string Auditor = "auditor";

    public static readonly IReadOnlyList<string> All = [DraftingOfficer, ClearingOfficer, HeadOfUnit, DutyOfficer, Registrar, Auditor];

    /// <summary>What an office decides by; held in any office, and the only roles in which a deputy may stand in.</summary>
    public static readonly IReadOnlyList<string> OfAnOffice = [ClearingOfficer, HeadOfUnit, DutyOfficer];
}

/// <summary>Offices that the platform itself knows by name.</summary>
public static class Offices
{
    /// <summary>The central unit of the ministry.</summary>
    public const string Central = "CENTRAL";
}
