using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Drafting.Domain;

/// <summary>What a mission wants to say on one of its accounts, from the first word to the end of its last package.</summary>
/// <param name="Account">Of the current revision.</param>
/// <param name="Revision">Number of the current revision; 1 for the first.</param>
/// <param name="Contributors">Staff numbers, sorted, of everybody who saved any revision or brought a picture for one. Nobody ever drops out.</param>
/// <param name="PackageDigest">The package submitted last; null before the first submission.</param>
/// <param name="Asked">True while the author wants the package back and its holder has not let go of it.</param>
/// <param name="Reason">Why the last package came back without release; null once it is written on.</param>
public sealed record Draft(
    Guid Id, int Version, string Mission, DraftState State, string Account, int Revision, IReadOnlyList<string> Contributors,
    string? PackageDigest, bool Asked, ReopenReason? Reason, DateTimeOffset UpdatedAt) : IAggregate
{
    string IAggregate.LedgerId => Id.ToString();

    /// <summary>Who wants the package back; null when nobody does.</summary>
    public Capacity? AskedBy { get; init; }
}

/// <summary>Whose turn it is. Everything between <see cref="Submitted"/> and the end belongs to the holders of the package.</summary>
public enum DraftState { Crafting, Submitted, Withdrawn }

/// <summary>Why a package came back; on the wire in lower case.</summary>
public enum ReopenReason { Returned, Refused, Lapsed, Rejected, Revoked }

/// <summary>What a save can change.</summary>
/// <param name="Local">Wall time of the release as written by the author; null when it goes out as soon as cleared.</param>
/// <param name="Offset">Which reading of a wall time that comes twice, for example <c>+02:00</c>; null for every other.</param>
/// <param name="NotBefore">The instant of <paramref name="Local"/>; null with it.</param>
/// <param name="NotAfter">From then on the post is stale; null: 24 hours after it may go out.</param>
public sealed record Content(
    string Account, string Text, string Language, Lane Lane,
    string? Local, string? Zone, string? Offset, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter)
{
    public Enclosed Enclosed { get; init; } = Enclosed.Nothing;
}

/// <summary>One save of a draft, or what an officer of clearance made of it. Never changed: who wrote what, and when, can be proved from it.</summary>
public sealed record Revision
{
    public required Guid DraftId { get; init; }
    public required int Number { get; init; }
    public required string Mission { get; init; }
    public required string Account { get; init; }
    public required string Text { get; init; }
    public required string Language { get; init; }
    public required Lane Lane { get; init; }
    public string? Local { get; init; }
    public string? Zone { get; init; }
    public string? UtcOffset { get; init; }
    public DateTimeOffset? NotBefore { get; init; }
    public DateTimeOffset? NotAfter { get; init; }
    public Brief? Brief { get; init; }
    public IReadOnlyList<MediaItem> Media { get; init; } = [];
    public IReadOnlyList<string> Links { get; init; } = [];
    public IReadOnlyList<string> Cites { get; init; } = [];
    public required string Person { get; init; }
    public required string Office { get; init; }
    public string? ActingFor { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Digest of the submitted package that an officer of clearance changed into this; null for what the mission saved.</summary>
    public string? Amends { get; init; }

    /// <summary>Random, so that nobody can guess a short text from its digest.</summary>
    public required string Salt { get; init; }

    /// <summary>SHA-256 of salt and text in UTF-8, hex.</summary>
    public required string TextDigest { get; init; }

    public Content Content => new(Account, Text, Language, Lane, Local, Zone, UtcOffset, NotBefore, NotAfter) { Enclosed = new(Brief, Media, Links) { Cites = Cites } };

    public static Revision Of(Draft draft, Content content, Capacity by, string salt, string textDigest) => new()
    {
        DraftId = draft.Id, Number = draft.Revision, Mission = draft.Mission,
        Account = content.Account, Text = content.Text, Language = content.Language, Lane = content.Lane,
        Local = content.Local, Zone = content.Zone, UtcOffset = content.Offset, NotBefore = content.NotBefore, NotAfter = content.NotAfter,
        Brief = content.Enclosed.Brief, Media = content.Enclosed.Media, Links = content.Enclosed.Links, Cites = content.Enclosed.Cites,
        Person = by.Person, Office = by.Office, ActingFor = by.ActingFor, At = draft.UpdatedAt, Salt = salt, TextDigest = textDigest,
    };

    /// <summary>The submitted revision with what an officer changed: text, alternative texts and links.</summary>
    public static Revision OfAmendment(Draft draft, Revision submitted, ReleasePackage package, PackageAmended amended, string salt, string textDigest) =>
        Of(draft, submitted.Content with { Text = package.Text, Enclosed = submitted.Content.Enclosed with { Media = package.Media, Links = package.Links } }, amended.By, salt, textDigest)
            with { Amends = amended.PackageDigest };
}

/// <summary>An official account as Drafting last heard of it.</summary>
/// <param name="Id"><c>network:handle-id</c>.</param>
public sealed record KnownAccount(string Id, int Version, string Mission, string Network, bool Live);

/// <summary>A mission that Drafting has heard of.</summary>
public sealed record KnownMission(string Code, int Version);
