using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using Status = WorkflowPlatform.Clearance.Domain.ClearanceStatus;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>Which fact leads where in the life of a clearance request.</summary>
public static class ClearanceStates
{
    public static readonly Transitions<ClearanceStatus> Table = new(
        (null, nameof(ClearanceOpened), Status.InClearance, "a package was submitted and its bytes fetched"),
        (Status.InClearance, nameof(PackageCleared), Status.Cleared, "a clearing officer clears the text they saw"),
        (Status.InClearance, nameof(ReturnDecided), Status.ReturnDecided, "a clearing officer returns it with a reason"),
        (Status.InClearance, nameof(ClearanceWithdrawn), Status.Withdrawn, "the author asked for it back"),
        (Status.InClearance, nameof(ClearanceLapsed), Status.Lapsed, "the window closed undecided"),
        (Status.Cleared, nameof(DecisionUndone), Status.InClearance, "the officer takes the decision back within its period"),
        (Status.Cleared, nameof(PermitIssued), Status.PermitIssued, "the period for undoing is over"),
        (Status.Cleared, nameof(ClearanceWithdrawn), Status.Withdrawn, "the author asked for it back before the permit"),
        (Status.Cleared, nameof(ClearanceLapsed), Status.Lapsed, "the window closed before the permit"),
        (Status.ReturnDecided, nameof(DecisionUndone), Status.InClearance, "the officer takes the decision back within its period"),
        (Status.ReturnDecided, nameof(PackageReturned), Status.Returned, "the period for undoing is over"),
        (Status.ReturnDecided, nameof(ClearanceWithdrawn), Status.Withdrawn, "the author asked for it back before the return was told"));
}
