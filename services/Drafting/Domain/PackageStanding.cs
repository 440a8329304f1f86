using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Publishing;

namespace WorkflowPlatform.Drafting.Domain;

/// <summary>Where a post stands, in the words for its author.</summary>
public enum Standing
{
    Crafting, InClearance, Returned, Refused, Cleared, Scheduled, Releasing, Released, OutcomeUnknown, Held, Rejected, Lapsed, WithdrawalAsked, Withdrawn, Revoked,
}

/// <summary>How a submitted package stands with its holders, as their facts tell: Clearance's request first, then Publishing's release.</summary>
/// <param name="RequestVersion">The last fact of the request that was heard; 0 before the first.</param>
/// <param name="ReasonCode">Why it was returned, held, rejected or revoked; null otherwise.</param>
/// <param name="ReleaseStatus">Null until Publishing holds it; from then on it alone counts.</param>
public sealed record PackageStanding(
    string PackageDigest, Guid DraftId, string Mission, int Revision, DateTimeOffset NotBefore, DateTimeOffset NotAfter,
    Guid? RequestId, int RequestVersion, Standing RequestStatus, string? ReasonCode, DateTimeOffset? UndoUntil,
    Guid? ReleaseId, int ReleaseVersion, Standing? ReleaseStatus, string? Receipt, DateTimeOffset UpdatedAt)
{
    public Standing Standing => ReleaseStatus ?? RequestStatus;

    public static PackageStanding Of(ReleasePackage package, string digest) => new(
        digest, package.DraftId, package.Mission, package.Revision, package.NotBefore, package.NotAfter,
        null, 0, Standing.InClearance, null, null, null, 0, null, null, package.SubmittedAt);

    /// <summary>Clearance moved. What an officer decided to return stays in clearance for the author until the period for undoing is over.</summary>
    public PackageStanding HearClearance(IFact fact, DateTimeOffset now)
    {
        var heard = this with { RequestVersion = fact.Version, UpdatedAt = now };
        if (RequestStatus is Standing.Returned or Standing.Refused or Standing.Withdrawn or Standing.Lapsed) return heard;
        return fact switch
        {
            ClearanceOpened opened => heard with { RequestId = opened.RequestId },
            PackageCleared cleared => heard with { RequestStatus = Standing.Cleared, UndoUntil = cleared.UndoUntil },
            ReleasedImmediately released => heard with { RequestStatus = Standing.Cleared, UndoUntil = released.UndoUntil },
            // An office whose silence had cleared it has spoken after all.
            ObjectionRaised => heard with { RequestStatus = Standing.InClearance, UndoUntil = null },
            DecisionUndone => heard with { RequestStatus = Standing.InClearance, UndoUntil = null },
            VotesLapsed => heard with { RequestStatus = Standing.InClearance, UndoUntil = null },
            PermitIssued => heard with { RequestStatus = Standing.Cleared, UndoUntil = null },
            PackageReturned returned => heard with { RequestStatus = Standing.Returned, ReasonCode = returned.ReasonCode },
            PackageRefused => heard with { RequestStatus = Standing.Refused },
            ClearanceOvertaken => heard with { RequestStatus = Standing.Returned, ReasonCode = "overtaken" },
            ClearanceWithdrawn => heard with { RequestStatus = Standing.Withdrawn, UndoUntil = null },
            ClearanceLapsed => heard with { RequestStatus = Standing.Lapsed, UndoUntil = null },
            _ => heard,
        };
    }

    /// <summary>The package that an officer of clearance made of this one: asked of everybody anew.</summary>
    /// <param name="revision">The draft's, with the officer's text.</param>
    public PackageStanding Amended(PackageAmended amended, int revision, DateTimeOffset now) => this with
    {
        PackageDigest = amended.AmendedDigest, Revision = revision, RequestVersion = amended.Version, RequestStatus = Standing.InClearance, UndoUntil = null, UpdatedAt = now,
    };

    /// <summary>Publishing moved.</summary>
    public PackageStanding HearRelease(IFact fact, DateTimeOffset now)
    {
        var heard = this with { ReleaseVersion = fact.Version, UpdatedAt = now };
        if (ReleaseStatus is Standing.Released or Standing.Rejected or Standing.Withdrawn or Standing.Revoked) return heard;
        return fact switch
        {
            ReleaseScheduled scheduled => heard with { ReleaseId = scheduled.ReleaseId, ReleaseStatus = Standing.Scheduled },
            ReleaseStarted => heard with { ReleaseStatus = Standing.Releasing },
            ReleaseCompleted completed => heard with { ReleaseStatus = Standing.Released, Receipt = completed.Receipt, ReasonCode = null },
            ReleaseOutcomeUnknown => heard with { ReleaseStatus = Standing.OutcomeUnknown },
            ReleaseRescheduled => heard with { ReleaseStatus = Standing.Scheduled, ReasonCode = null },
            ReleaseRejected rejected => heard with { ReleaseStatus = Standing.Rejected, ReasonCode = rejected.Reason },
            ReleaseHeld held => heard with { ReleaseStatus = Standing.Held, ReasonCode = held.Reason },
            // It may be the first fact of a release: the permit came after the package or the permit had been asked back.
            ReleaseStopped stopped => heard with
            {
                ReleaseId = stopped.ReleaseId, ReleaseStatus = stopped.RevocationId is null ? Standing.Withdrawn : Standing.Revoked, ReasonCode = stopped.ReasonCode,
            },
            _ => heard,
        };
    }

    /// <summary>True when the holder has let go of the package.</summary>
    /// <param name="reason">Null when it was withdrawn.</param>
    public bool IsBack(out ReopenReason? reason)
    {
        reason = Standing switch
        {
            Standing.Returned => ReopenReason.Returned,
            Standing.Refused => ReopenReason.Refused,
            Standing.Lapsed => ReopenReason.Lapsed,
            Standing.Rejected => ReopenReason.Rejected,
            Standing.Revoked => ReopenReason.Revoked,
            _ => null,
        };
        return reason is not null || Standing is Standing.Withdrawn;
    }
}
