using WorkflowPlatform.Contracts.Publishing;
using WorkflowPlatform.Platform.Decisions;
using Status = WorkflowPlatform.Publishing.Domain.ReleaseStatus;

namespace WorkflowPlatform.Publishing.Domain;

/// <summary>Which fact leads where in the life of a release.</summary>
public static class ReleaseStates
{
    public static readonly Transitions<ReleaseStatus> Table = new(
        (null, nameof(ReleaseScheduled), Status.Scheduled, "a permit came, and it and its package were checked and kept"),
        (null, nameof(ReleaseStopped), Status.Stopped, "a permit came after its author had asked for the package back, or the central unit for the permit"),
        (Status.Scheduled, nameof(ReleaseStarted), Status.Releasing, "it is due and passes every guard; the call follows"),
        (Status.Scheduled, nameof(ReleaseStopped), Status.Stopped, "the author asked for it back, or its permit was revoked"),
        (Status.Scheduled, nameof(ReleaseHeld), Status.Held, "a guard refused it right before the call"),
        (Status.Scheduled, nameof(ReleaseCompleted), Status.Released, "after a restore: found on the account"),
        (Status.Releasing, nameof(ReleaseCompleted), Status.Released, "the network said so, or it was found on the account after a crash"),
        (Status.Releasing, nameof(ReleaseRejected), Status.Rejected, "the network refused it for good"),
        (Status.Releasing, nameof(ReleaseRescheduled), Status.Scheduled, "the call certainly had no effect"),
        (Status.Releasing, nameof(ReleaseOutcomeUnknown), Status.OutcomeUnknown, "nobody knows what became of the call"),
        (Status.Releasing, nameof(ReleaseHeld), Status.Held, "after a crash: not on the account, and not to be tried again"),
        (Status.OutcomeUnknown, nameof(ReleaseCompleted), Status.Released, "found on the account"),
        (Status.OutcomeUnknown, nameof(ReleaseRescheduled), Status.Scheduled, "not on the account; the window is open and calls are left"),
        (Status.OutcomeUnknown, nameof(ReleaseHeld), Status.Held, "not on the account and not to be tried again, or the account cannot be read"),
        (Status.Held, nameof(ReleaseStopped), Status.Stopped, "the author asked for it back, or its permit was revoked, and no call is unsettled"),
        (Status.Released, nameof(RevocationRefused), Status.Released, "a revocation came too late"),
        (Status.Rejected, nameof(RevocationRefused), Status.Rejected, "a revocation came too late"),
        (Status.Stopped, nameof(RevocationRefused), Status.Stopped, "a revocation came when it had been stopped already"));
}
