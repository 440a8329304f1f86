using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Drafting.Domain;

/// <summary>What may happen to a draft. Pure: same inputs, same answer.</summary>
public static class DraftRules
{
    /// <summary>Keeps a revision: the first of a new draft, or the next of one that is the author's to write on.</summary>
    public static Decision<Draft> Save(Draft? draft, Saving saving)
    {
        if (draft is not null && saving.Before == saving.Content) return Unchanged;
        if (!DraftStates.Table.Allows(draft?.State, nameof(RevisionSaved))) return Submitted;
        if (saving.Account?.Mission != saving.Mission || !saving.Account.Live) return AccountUnknown;
        if (ReleaseWindow.Refuses(saving.Content.NotBefore, saving.Content.NotAfter, saving.Now) is { } refusal) return refusal;

        var saved = new Draft(
            saving.DraftId, (draft?.Version ?? 0) + 1, saving.Mission, DraftState.Crafting, saving.Content.Account, (draft?.Revision ?? 0) + 1,
            With(draft?.Contributors ?? [], [saving.By.Person, .. saving.Suppliers]), draft?.PackageDigest, false, null, saving.Now);
        return Accept(saved, new RevisionSaved(
            saved.Id, saved.Version, saved.Mission, saved.Account, saved.Revision, saving.TextDigest, saving.Content.Text.Length, saving.Content.Language, saving.By, saving.Now));
    }

    /// <summary>Hands the current revision over for clearance. From then on it is read-only until it comes back.</summary>
    public static Decision<Draft> Submit(Submission submission) => Submit(submission, SubmissionRules.Guards);

    internal static Decision<Draft> Submit(Submission submission, IReadOnlyList<Guard<Submission>> guards)
    {
        if (guards.FirstRefusal(submission) is { } refusal) return refusal;

        var (draft, package) = (submission.Draft, submission.Package);
        var submitted = draft with
        {
            Version = draft.Version + 1, State = DraftState.Submitted, PackageDigest = submission.Digest, Asked = false, AskedBy = null, Reason = null, UpdatedAt = package.SubmittedAt,
        };
        return Accept(submitted, new PackageSubmitted(
            submitted.Id, submitted.Version, submission.Digest, submission.Bytes, package.Mission, package.Account, package.Network, package.Lane, package.Language,
            package.NotBefore, package.NotAfter, package.Local, package.Zone, package.Contributors, package.SubmittedBy, package.SubmittedAt));
    }

    /// <summary>Asks the package's holder for it. Granted is it only by the holder's own fact.</summary>
    public static Decision<Draft> AskBack(Draft draft, PackageStanding? package, Capacity by, DateTimeOffset now)
    {
        if (!DraftStates.Table.Allows(draft.State, nameof(WithdrawalAsked)) || package is null) return NotSubmitted;
        if (package.Standing is Standing.Releasing or Standing.Released) return TooLate;
        if (package.Standing is Standing.OutcomeUnknown) return OutcomeUnknown;
        // The holder remembers: what was too late for one call stops the next, should there be one.
        if (draft.Asked) return AlreadyAsked;

        var asked = draft with { Version = draft.Version + 1, Asked = true, AskedBy = by, UpdatedAt = now };
        return Accept(asked, new WithdrawalAsked(asked.Id, asked.Version, package.PackageDigest, asked.Mission, by, now));
    }

    /// <summary>An officer of clearance changed the text, and the submitted package is another one: the draft takes it up. It stays submitted, and whoever changed it is a contributor.</summary>
    public static Decision<Draft> TakeAmendment(Draft draft, PackageAmended amended, ReleasePackage package, string textDigest, DateTimeOffset now)
    {
        // A fact about an earlier package changes nothing.
        if (draft.PackageDigest != amended.PackageDigest || !DraftStates.Table.Allows(draft.State, nameof(AmendmentTaken))) return NotSubmitted;

        var taken = draft with
        {
            Version = draft.Version + 1, Revision = draft.Revision + 1, Contributors = With(draft.Contributors, package.Contributors), PackageDigest = amended.AmendedDigest, UpdatedAt = now,
        };
        return Accept(taken, new AmendmentTaken(
            taken.Id, taken.Version, taken.Mission, amended.PackageDigest, amended.AmendedDigest, taken.Revision, textDigest, package.Text.Length, amended.By, now));
    }

    /// <summary>What was asked back became another package: it is asked for once more, by its new digest.</summary>
    public static Decision<Draft> AskAgain(Draft draft, DateTimeOffset now)
    {
        if (draft is not { State: DraftState.Submitted, Asked: true, AskedBy: { } by, PackageDigest: { } digest }) return NotAsked;
        var asked = draft with { Version = draft.Version + 1, UpdatedAt = now };
        return Accept(asked, new WithdrawalAsked(asked.Id, asked.Version, digest, asked.Mission, by, now));
    }

    /// <summary>The holder let go of the package: the draft is the author's again.</summary>
    /// <param name="reason">Null when it was withdrawn.</param>
    public static Decision<Draft> GiveBack(Draft draft, string packageDigest, ReopenReason? reason, DateTimeOffset now)
    {
        var fact = reason is null ? nameof(DraftWithdrawn) : nameof(DraftReopened);
        // A fact about an earlier package, or one that says what is known, changes nothing.
        if (draft.PackageDigest != packageDigest || DraftStates.Table.Next(draft.State, fact) is not { } state) return NotSubmitted;

        var back = draft with { Version = draft.Version + 1, State = state, Asked = false, AskedBy = null, Reason = reason, UpdatedAt = now };
        return reason is { } why
            ? Accept(back, new DraftReopened(back.Id, back.Version, packageDigest, back.Mission, why.ToString().ToLowerInvariant(), now))
            : Accept(back, new DraftWithdrawn(back.Id, back.Version, packageDigest, back.Mission, now));
    }

    private static IReadOnlyList<string> With(IReadOnlyList<string> contributors, IReadOnlyList<string> persons) =>
        [.. contributors.Union(persons).Order(StringComparer.Ordinal)];

    /// <summary>Not a fault: there is nothing to keep, and whoever asked is told the version that stands.</summary>
    public static readonly Refusal Unchanged = new("draft.unchanged", "Nothing was changed.");
    public static readonly Refusal Submitted = new("draft.submitted", "It is submitted and cannot be changed now. Ask for it back first.");
    public static readonly Refusal NotSubmitted = new("draft.not-submitted", "It is not submitted: there is nothing to ask back.");
    public static readonly Refusal NotAsked = new("draft.not-asked", "Nobody asked for it back.");
    public static readonly Refusal AlreadyAsked = new("draft.already-asked", "It has been asked back already. Wait for the answer.");
    public static readonly Refusal TooLate = new("draft.too-late", "Too late, it went out. It cannot be stopped any more; what is public can only be corrected or retracted.");
    public static readonly Refusal OutcomeUnknown = new("draft.outcome-unknown", "Nobody knows yet whether it went out; the account is being read back. Ask again when that is settled.");
    public static readonly Refusal AccountUnknown = new("draft.account-unknown", "The register holds no live account of this mission by that name. Choose one of the mission's accounts.", 400);
    public static readonly Refusal MissionUnknown = new("draft.mission-unknown", "The register holds no mission by that code.", 400);
}

/// <summary>A save, as it is judged.</summary>
/// <param name="Before">The current revision's content; null for the first.</param>
/// <param name="Account">What is known of the account that <paramref name="Content"/> names; null when nothing is.</param>
public sealed record Saving(
    Guid DraftId, string Mission, Content Content, Content? Before, KnownAccount? Account, string TextDigest, Capacity By, DateTimeOffset Now)
{
    /// <summary>Staff numbers of those who brought the pictures that <see cref="Content"/> names.</summary>
    public IReadOnlyList<string> Suppliers { get; init; } = [];
}
