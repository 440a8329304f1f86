using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using Status = WorkflowPlatform.Clearance.Domain.ClearanceStatus;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>Which fact leads where in the life of a clearance request.</summary>
public static class ClearanceStates
{
    public static readonly Transitions<ClearanceStatus> Table = new(
        (null, nameof(ClearanceOpened), Status.InClearance, "a package was submitted and its bytes fetched"),
        (Status.InClearance, nameof(ClearanceGiven), Status.InClearance, "an officer clears it, or the head of the central unit sets an objection aside, and others still have to decide"),
        (Status.InClearance, nameof(ObjectionRaised), Status.InClearance, "an office on the sheet is against it"),
        (Status.InClearance, nameof(OfficerRecused), Status.InClearance, "an officer takes no part"),
        (Status.InClearance, nameof(MatterReferred), Status.InClearance, "an office leaves it to the one above it"),
        (Status.InClearance, nameof(DecisionUndone), Status.InClearance, "the last officer takes the decision back within its period"),
        (Status.InClearance, nameof(PackageCleared), Status.Cleared, "the last office that had to has cleared the text it saw"),
        (Status.InClearance, nameof(ReturnDecided), Status.ReturnDecided, "a clearing officer returns it with a reason"),
        (Status.InClearance, nameof(RefusalDecided), Status.RefusalDecided, "a clearing officer refuses it"),
        (Status.InClearance, nameof(ClearanceOvertaken), Status.Overtaken, "the central unit says that events have made it pointless"),
        (Status.InClearance, nameof(ClearanceWithdrawn), Status.Withdrawn, "the author asked for it back"),
        (Status.InClearance, nameof(ClearanceLapsed), Status.Lapsed, "the window closed undecided"),
        (Status.Cleared, nameof(DecisionUndone), Status.InClearance, "the officer takes the decision back within its period"),
        (Status.Cleared, nameof(PermitIssued), Status.PermitIssued, "the period for undoing is over"),
        (Status.Cleared, nameof(PermitWithheld), Status.Cleared, "the period for undoing is over, and the permit office refuses the permit"),
        (Status.Cleared, nameof(ClearanceWithdrawn), Status.Withdrawn, "the author asked for it back before the permit"),
        (Status.Cleared, nameof(ClearanceLapsed), Status.Lapsed, "the window closed before the permit"),
        (Status.ReturnDecided, nameof(DecisionUndone), Status.InClearance, "the officer takes the decision back within its period"),
        (Status.ReturnDecided, nameof(PackageReturned), Status.Returned, "the period for undoing is over"),
        (Status.ReturnDecided, nameof(ClearanceWithdrawn), Status.Withdrawn, "the author asked for it back before the return was told"),
        (Status.RefusalDecided, nameof(DecisionUndone), Status.InClearance, "the officer takes the decision back within its period"),
        (Status.RefusalDecided, nameof(PackageRefused), Status.Refused, "the period for undoing is over"),
        (Status.RefusalDecided, nameof(ClearanceWithdrawn), Status.Withdrawn, "the author asked for it back before the refusal was told"),
        (Status.PermitIssued, nameof(PermitRevocationAsked), Status.PermitIssued, "an officer of the central unit wants the permit back"),
        (Status.PermitIssued, nameof(PermitRevoked), Status.Revoked, "Publishing stopped the release for it"),
        (Status.PermitIssued, nameof(PermitRevocationRefused), Status.PermitIssued, "it was too late: the release is over"),
        (Status.InClearance, nameof(ClearanceReminded), Status.InClearance, "half of an office's time is over, or all of it"),
        (Status.InClearance, nameof(ClearanceEscalated), Status.InClearance, "an office's time is over or it is cut off, and the office above may clear in its place"),
        (Status.InClearance, nameof(SilenceCounted), Status.InClearance, "an office said nothing, which counts where the policy says so, with a proof of notice"),
        (Status.InClearance, nameof(OfficeBypassed), Status.InClearance, "a missing office is passed over, by name and with a reason"),
        (Status.InClearance, nameof(ClearanceRecorded), Status.InClearance, "a clearance given by telephone or on paper is written down, to be countersigned"),
        (Status.InClearance, nameof(ReleasedImmediately), Status.Cleared, "a duty officer releases it before it is cleared"),
        (Status.Cleared, nameof(ObjectionRaised), Status.InClearance, "an office whose silence counted objects within the period for undoing"),
        (Status.PermitIssued, nameof(RetrospectiveReviewed), Status.PermitIssued, "somebody else has reviewed the release before clearance"),
        (Status.PermitIssued, nameof(ReviewOverdue), Status.PermitIssued, "nobody has reviewed the release before clearance in time"),
        (Status.Revoked, nameof(RetrospectiveReviewed), Status.Revoked, "somebody else has reviewed the release before clearance"),
        (Status.Revoked, nameof(ReviewOverdue), Status.Revoked, "nobody has reviewed the release before clearance in time"),
        (Status.InClearance, nameof(AmendmentDecided), Status.AmendmentDecided, "an officer changes the text"),
        (Status.AmendmentDecided, nameof(DecisionUndone), Status.InClearance, "the officer takes the change back within its period"),
        (Status.AmendmentDecided, nameof(PackageAmended), Status.InClearance, "the period for undoing is over: the changed text is the request's, and everybody is asked anew"),
        (Status.AmendmentDecided, nameof(ClearanceWithdrawn), Status.Withdrawn, "the author asked for it back before the change was made"),
        (Status.InClearance, nameof(VotesLapsed), Status.InClearance, "what votes were given on is no longer so"),
        (Status.Cleared, nameof(VotesLapsed), Status.InClearance, "what it was cleared on is no longer so"),
        (Status.ReturnDecided, nameof(VotesLapsed), Status.ReturnDecided, "what earlier votes were given on is no longer so"),
        (Status.RefusalDecided, nameof(VotesLapsed), Status.RefusalDecided, "what earlier votes were given on is no longer so"),
        (Status.AmendmentDecided, nameof(VotesLapsed), Status.AmendmentDecided, "what earlier votes were given on is no longer so"),
        (Status.PermitIssued, nameof(PermitGroundsLapsed), Status.PermitIssued, "what it was cleared on is no longer so, and its permit is out"));
}
