using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Drafting.Domain;

/// <summary>A submission, as it is judged: the draft, and the very package that would be cleared.</summary>
/// <param name="Saved">The current revision.</param>
/// <param name="Account">What is known of its account now; null when nothing is.</param>
/// <param name="Digest">SHA-256 of the package's bytes, hex.</param>
/// <param name="Bytes">How many they are.</param>
public sealed record Submission(Draft Draft, Revision Saved, KnownAccount? Account, ReleasePackage Package, string Digest, int Bytes);

/// <summary>What a package is made of, and what is checked before it is handed over.</summary>
public static class SubmissionRules
{
    /// <summary>The checks, in their order. Taking one out makes a test fail.</summary>
    public static readonly IReadOnlyList<Guard<Submission>> Guards =
    [
        new("is-the-authors", s => DraftStates.Table.Allows(s.Draft.State, nameof(PackageSubmitted)) ? null : AlreadySubmitted),
        new("account-lives", s => s.Account is { Live: true } account && account.Mission == s.Draft.Mission ? null : AccountNotLive),
        new("time-means-what-it-meant", s => s.Saved.Local is null || s.Saved.NotBefore == s.Package.NotBefore ? null : TimeMoved),
        new("window-open", s => ReleaseWindow.Refuses(s.Package.NotBefore, s.Package.NotAfter, s.Package.SubmittedAt)),
    ];

    /// <summary>The unit that is cleared and released.</summary>
    /// <param name="notBefore">What the wall time means by today's time zone rules; null: as soon as it is cleared.</param>
    /// <param name="tzdb">The version of those rules.</param>
    /// <param name="salt">Random: makes each submission a package of its own, and its digest no hint of its text.</param>
    public static ReleasePackage Package(
        Draft draft, Revision saved, string network, DateTimeOffset? notBefore, string? tzdb, Capacity by, DateTimeOffset now, string salt)
    {
        var from = notBefore ?? now;
        return new ReleasePackage(
            ReleasePackage.V1, draft.Id, saved.Number, draft.Mission, saved.Account, network, saved.Lane, saved.Language, saved.Text,
            from, saved.NotAfter ?? from + ReleaseWindow.UsualLength, saved.Local, saved.Zone, saved.Local is null ? null : tzdb,
            draft.Contributors, by, now, salt) { Brief = saved.Brief, Media = saved.Media, Links = saved.Links, Cites = saved.Cites };
    }

    public static readonly Refusal AlreadySubmitted = new("draft.already-submitted", "It is submitted already.");
    public static readonly Refusal AccountNotLive = new("draft.account-not-live", "The account is not live any more. Choose another one, or ask the registrar.");
    public static readonly Refusal TimeMoved = new("release.moved", "The time zone's rules changed since this was saved, and the release would be at another moment than you saw. Save the time again.");
}
