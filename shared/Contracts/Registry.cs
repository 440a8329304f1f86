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
public sealed record AccountRecorded(
    string Account, int Version, string Mission, string Network, string Handle, bool Live, DateTimeOffset At) : IFact;

/// <summary>A person of the ministry, and who they are to the identity providers. Names stay in Registry.</summary>
/// <param name="Person">Staff number.</param>
public sealed record PersonRecorded(
    string Person, int Version, IReadOnlyList<PersonIdentity> Identities, DateTimeOffset At) : IFact;

/// <summary>One identity provider's name for a person: the token's <c>iss</c> and <c>sub</c>.</summary>
public sealed record PersonIdentity(string Issuer, string Subject);

/// <summary>A person holds a role in an office between two days. Rights come from these and from nothing else.</summary>
/// <param name="Office">A mission's code, or <c>CENTRAL</c>.</param>
/// <param name="From">First instant of the appointment.</param>
/// <param name="To">First instant after it; null when open-ended.</param>
public sealed record AppointmentRecorded(
    Guid Id, int Version, string Person, string Office, string Role, DateTimeOffset From, DateTimeOffset? To, DateTimeOffset At) : IFact;

/// <summary>The roles that an appointment can give.</summary>
public static class Roles
{
    /// <summary>Writes and submits for one mission.</summary>
    public const string DraftingOfficer = "drafting-officer";

    /// <summary>Decides in the central unit's queue.</summary>
    public const string ClearingOfficer = "clearing-officer";

    /// <summary>Keeps the register: missions, people, appointments, accounts.</summary>
    public const string Registrar = "registrar";

    /// <summary>Reads the ledger and the alerts; changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>Heads an office: sets objections aside and is told of what was passed over.</summary>
    public const string HeadOfUnit = "head-of-unit";

    public static readonly IReadOnlyList<string> All = [DraftingOfficer, ClearingOfficer, Registrar, Auditor, HeadOfUnit];
}

/// <summary>Offices that are no mission.</summary>
public static class Offices
{
    /// <summary>The central unit of the ministry.</summary>
    public const string Central = "CENTRAL";
}
