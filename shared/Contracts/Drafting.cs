namespace WorkflowPlatform.Contracts.Drafting;

/// <summary>A revision of a draft was kept. Revisions are immutable; each save that changes something is one.</summary>
/// <param name="TextDigest">SHA-256 of the revision's salt and text, hex: proves the text later without telling it.</param>
/// <param name="Characters">Length of the text in UTF-16 code units.</param>
public sealed record RevisionSaved(
    Guid DraftId, int Version, string Mission, string Account, int Revision, string TextDigest, int Characters,
    string Language, Capacity By, DateTimeOffset At) : IFact;

/// <summary>A package was submitted for clearance; its bytes can be fetched by digest until it is over.</summary>
/// <param name="PackageDigest">SHA-256 of the package's bytes, hex.</param>
/// <param name="Bytes">Size of the package.</param>
/// <param name="NotBefore">Earliest instant of release.</param>
/// <param name="NotAfter">From this instant on the post is stale and needs a fresh look.</param>
/// <param name="Local">Wall time of the release as submitted, <c>2026-12-01T09:00</c>; null when it goes out as soon as cleared.</param>
/// <param name="Zone">IANA zone of <paramref name="Local"/>.</param>
/// <param name="Contributors">Staff numbers of everybody who had a hand in any revision: none of them may clear it.</param>
public sealed record PackageSubmitted(
    Guid DraftId, int Version, string PackageDigest, int Bytes, string Mission, string Account, string Network, Lane Lane,
    string Language, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string? Local, string? Zone,
    IReadOnlyList<string> Contributors, Capacity By, DateTimeOffset At) : IFact;

/// <summary>The author asks for a submitted package back. It is back only once its holder says so.</summary>
public sealed record WithdrawalAsked(
    Guid DraftId, int Version, string PackageDigest, string Mission, Capacity By, DateTimeOffset At) : IFact;

/// <summary>The holder let go of the package: the draft is the author's again, and what was asked for is granted.</summary>
public sealed record DraftWithdrawn(
    Guid DraftId, int Version, string PackageDigest, string Mission, DateTimeOffset At) : IFact;

/// <summary>The package came back without release (returned, lapsed, rejected): the draft can be revised.</summary>
/// <param name="Reason">Code of the fact that sent it back, for example <c>returned</c>.</param>
public sealed record DraftReopened(
    Guid DraftId, int Version, string PackageDigest, string Mission, string Reason, DateTimeOffset At) : IFact;

/// <summary>The draft took up what an officer had changed: it is a revision of its own, and the submitted package is the changed one.</summary>
/// <param name="PackageDigest">The package until now.</param>
/// <param name="TextDigest">As of <see cref="RevisionSaved"/>.</param>
/// <param name="By">The officer.</param>
public sealed record AmendmentTaken(
    Guid DraftId, int Version, string Mission, string PackageDigest, string AmendedDigest, int Revision, string TextDigest, int Characters,
    Capacity By, DateTimeOffset At) : IFact;

/// <summary>A line to take is withdrawn: what rests on it has to be looked at again.</summary>
public sealed record LineWithdrawn(Guid LineId, int Version, DateTimeOffset At) : IFact
{
    /// <summary>As packages cite it.</summary>
    public static string Cited(Guid line) => $"line:{line}";
}

/// <summary>A figure is another one than it was: what rests on it has to be looked at again.</summary>
public sealed record FigureChanged(Guid FigureId, int Version, DateTimeOffset At) : IFact
{
    /// <summary>As packages cite it.</summary>
    public static string Cited(Guid figure) => $"figure:{figure}";
}
