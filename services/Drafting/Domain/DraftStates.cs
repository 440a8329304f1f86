using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Drafting.Domain;

/// <summary>Which fact leads where in the life of a draft.</summary>
public static class DraftStates
{
    public static readonly Transitions<DraftState> Table = new(
        (null, nameof(RevisionSaved), DraftState.Crafting, "an officer of the mission writes the first revision"),
        (DraftState.Crafting, nameof(RevisionSaved), DraftState.Crafting, "a save changes something"),
        (DraftState.Crafting, nameof(PackageSubmitted), DraftState.Submitted, "an officer of the mission submits the current revision"),
        (DraftState.Submitted, nameof(WithdrawalAsked), DraftState.Submitted, "an officer of the mission wants it back, and it has not gone out"),
        (DraftState.Submitted, nameof(AmendmentTaken), DraftState.Submitted, "an officer of clearance changed the text"),
        (DraftState.Submitted, nameof(DraftWithdrawn), DraftState.Withdrawn, "Clearance ended the round, or Publishing stopped the release"),
        (DraftState.Submitted, nameof(DraftReopened), DraftState.Crafting, "the package was returned, lapsed, was rejected by the network, or its permit was revoked"),
        (DraftState.Withdrawn, nameof(RevisionSaved), DraftState.Crafting, "a save changes something"),
        (DraftState.Withdrawn, nameof(PackageSubmitted), DraftState.Submitted, "the same revision is submitted again, as a new package"));
}
