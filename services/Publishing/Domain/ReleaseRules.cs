using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Publishing;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Publishing.Domain;

/// <summary>What may happen to a release. Pure: same inputs, same answer.</summary>
public static class ReleaseRules
{
    /// <summary>Calls that may have had an effect and had none; after these a person looks.</summary>
    public const int MostCalls = 3;

    /// <summary>A checked permit with its checked package begins a release; a stopped one when somebody already wants it back.</summary>
    public static Decision<Release> Schedule(
        Release? current, Guid id, ReleasePermit permit, ReleasePackage package, string envelope, Recall? recall, DateTimeOffset now)
    {
        if (current is not null) return Known;
        var release = new Release(
            id, 1, permit.PermitId, package.DraftId, permit.PackageDigest, permit.Mission, permit.Account, permit.Network,
            ReleaseStatus.Scheduled, permit.NotBefore, permit.NotAfter, envelope, [], null, null, permit.NotBefore);
        return recall is not null
            ? Accept(release with { Status = ReleaseStatus.Stopped, DueAt = null }, Stopped(release, recall, now))
            : Accept(release, new ReleaseScheduled(id, 1, release.DraftId, release.PermitId, release.PackageDigest, release.Mission, release.Account, release.NotBefore, now));
    }

    /// <summary>The author or the central unit wants it back: granted while no call was made whose outcome is open.</summary>
    public static Decision<Release> Stop(Release release, Recall recall, DateTimeOffset now) => release.HasUnsettledCall
        ? TooLate
        : Next(release, nameof(ReleaseStopped), r => r, r => Stopped(r, recall, now));

    /// <summary>It is over, and a revocation came after that: whoever asked is told how it ended.</summary>
    /// <remarks>Only then. While a call is out nothing is written beside it, and its outcome is the answer.</remarks>
    public static Decision<Release> RefuseRevocation(Release release, Guid revocation, DateTimeOffset now) => Next(
        release, nameof(RevocationRefused), r => r,
        r => new RevocationRefused(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, revocation, r.Status.ToString().ToLowerInvariant(), now));

    /// <summary>The intent: recorded before the call, so that whatever happens the call is known of.</summary>
    /// <param name="deadline">Nothing leaves after it.</param>
    /// <param name="settleAt">From then on the account shows what became of the call.</param>
    public static Decision<Release> Start(Release release, DateTimeOffset now, DateTimeOffset deadline, DateTimeOffset settleAt) => release.HasUnsettledCall
        ? TooLate
        : Next(release, nameof(ReleaseStarted),
            r => r with { Attempts = [.. r.Attempts, new Attempt(r.Attempts.Count + 1, now, deadline)], Reason = null, DueAt = settleAt },
            r => new ReleaseStarted(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, r.Attempts.Count, now));

    /// <summary>It is public.</summary>
    public static Decision<Release> Complete(Release release, string receipt, bool reconciled, DateTimeOffset now) => Next(
        release, nameof(ReleaseCompleted),
        r => Ended(r, AttemptOutcome.Published, now) with { Receipt = receipt, Reason = null },
        r => new ReleaseCompleted(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, r.Account, receipt, reconciled, now));

    /// <summary>The network refused it for good.</summary>
    public static Decision<Release> Reject(Release release, string reason, DateTimeOffset now) => Next(
        release, nameof(ReleaseRejected),
        r => Ended(r, AttemptOutcome.Rejected, now) with { Reason = reason },
        r => new ReleaseRejected(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, reason, now));

    /// <summary>The call certainly had no effect: it stands in the schedule again, at the latest until its window closes.</summary>
    public static Decision<Release> PutOff(Release release, string reason, DateTimeOffset until, DateTimeOffset now) =>
        Reschedule(Ended(release, AttemptOutcome.NotApplied, now), reason, until < release.NotAfter ? until : release.NotAfter, now);

    /// <summary>Nobody knows what became of the call. The intent said when to look.</summary>
    public static Decision<Release> Doubt(Release release, DateTimeOffset now) => Next(
        release, nameof(ReleaseOutcomeUnknown),
        r => Ended(r, AttemptOutcome.Unknown, now) with { DueAt = release.DueAt },
        r => new ReleaseOutcomeUnknown(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, r.DueAt!.Value, now));

    /// <summary>The account was read back and the post is not there: once more, unless it is too late or was tried too often.</summary>
    public static Decision<Release> Absent(Release release, DateTimeOffset now)
    {
        var settled = Ended(release, AttemptOutcome.Absent, now);
        if (now >= release.NotAfter) return Hold(settled, HoldReasons.Stale, now);
        return settled.Attempts.Count(a => a.Outcome is AttemptOutcome.Absent) < MostCalls
            ? Reschedule(settled, "absent", now, now)
            : Hold(settled, HoldReasons.Attempts, now);
    }

    /// <summary>Something else stands under its handle, so ours does not.</summary>
    public static Decision<Release> HandleTaken(Release release, DateTimeOffset now) => Hold(Ended(release, AttemptOutcome.Absent, now), HoldReasons.HandleTaken, now);

    /// <summary>A person has to look: a guard refused it, or the account cannot be read.</summary>
    public static Decision<Release> Hold(Release release, string reason, DateTimeOffset now) => Next(
        release, nameof(ReleaseHeld), r => r with { Reason = reason },
        r => new ReleaseHeld(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, reason, now));

    private static Decision<Release> Reschedule(Release release, string reason, DateTimeOffset due, DateTimeOffset now) => Next(
        release, nameof(ReleaseRescheduled), r => r with { Reason = reason, DueAt = due },
        r => new ReleaseRescheduled(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, reason, due, now));

    private static Decision<Release> Next(Release release, string fact, Func<Release, Release> change, Func<Release, IFact> tell)
    {
        if (ReleaseStates.Table.Next(release.Status, fact) is not { } status) return NotNow(release.Status);
        var next = change(release with { Version = release.Version + 1, Status = status, DueAt = null });
        return Accept(next, tell(next));
    }

    private static ReleaseStopped Stopped(Release r, Recall recall, DateTimeOffset now) =>
        new(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, now, recall.RevocationId, recall.ReasonCode);

    /// <summary>Writes the end of the last call, when it has none that is certain.</summary>
    private static Release Ended(Release release, AttemptOutcome outcome, DateTimeOffset now) =>
        release.Attempts is [.., { Outcome: null or AttemptOutcome.Unknown } last]
            ? release with { Attempts = [.. release.Attempts.SkipLast(1), last with { EndedAt = last.EndedAt ?? now, Outcome = outcome }] }
            : release;

    public static readonly Refusal Known = new("release.known", "This permit has its release already.");
    public static readonly Refusal TooLate = new("release.too-late", "The call is out, and nobody knows yet what became of it.");

    public static Refusal NotNow(ReleaseStatus status) => new("release.not-now", $"The release is {status}: this can no longer happen to it.");
}

/// <summary>Why a release waits for a person, besides the names of the guards. Permanent codes.</summary>
public static class HoldReasons
{
    /// <summary>Its window closed before it could go out.</summary>
    public const string Stale = "stale";

    /// <summary>As many calls had no effect as are made without asking.</summary>
    public const string Attempts = "attempts";

    /// <summary>Another text stands on the account under this release's handle.</summary>
    public const string HandleTaken = "handle-taken";

    /// <summary>The account could not be read back for so long that a person has to look.</summary>
    public const string Unsettled = "unsettled";
}
