using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>When a duty officer may release a text before it is cleared.</summary>
public static class ImmediateRules
{
    /// <summary>The checks, in their order. Taking one out makes a test fail.</summary>
    public static readonly IReadOnlyList<Guard<Judged>> Guards =
    [
        .. DecisionGuards.Named("in-clearance", "same-text", "window-open", "account-stands"),
        new("urgent-lane", j => j.Request.Lane is Lane.Immediate or Lane.Flash ? null : NotUrgent),
        new("policy-allows", j => j.Request.Route.ImmediateAllowed ? null : Forbidden),
        new("duty-officer", j => j.Decision.Role == Roles.DutyOfficer ? null : NotOnDuty),
        new("on-duty", j => j.Decision.By.Office == Offices.Central || j.Decision.DutyId is not null ? null : NotOnDuty),
        .. DecisionGuards.Named("no-contributor", "no-delegate-of-a-contributor", "not-recused"),
        new("nobody-objects", j => j.Sheet.HasObjections ? Objected : null),
        .. DecisionGuards.Named("says-why"),
        new("review-set", j => j.Decision.ReviewBy > j.Decision.At ? null : NoReview),
    ];

    public static readonly Refusal NotUrgent = new("clearance.not-urgent", "Only a text of the lanes Immediate and Flash can be released before it is cleared.");
    public static readonly Refusal Forbidden = new("clearance.immediate-forbidden", "A rule of the policy forbids to release this text before it is cleared. The sheet says which rules matched.", 403);
    public static readonly Refusal NotOnDuty = new("clearance.not-on-duty", "This is for the duty officer of the central unit, or of the office that has the duty now.", 403);
    public static readonly Refusal Objected = new("clearance.objected", "An office objects: the head of the central unit has to set that aside first.");
    public static readonly Refusal NoReview = new("clearance.no-review", "A release before clearance needs a time by which it is reviewed.");
}
