using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>When an office that is missing may be passed over.</summary>
public static class BypassRules
{
    /// <summary>The checks, in their order. Taking one out makes a test fail.</summary>
    public static readonly IReadOnlyList<Guard<Judged>> Guards =
    [
        .. DecisionGuards.Named("in-clearance", "same-text", "window-open", "account-stands"),
        new("policy-allows", j => j.Request.Route.Bypass.Contains(j.Decision.Role) ? null : NotAllowed),
        new("right-office", j => j.Decision.By.Office == Offices.Central || j.Sheet.LineOf(j.Decision.By.Office) is not null ? null : DecisionGuards.NotThisOffice),
        new("waited-for", j => j.Sheet.LinesBefore(j.Decision.PassedOver ?? "").Any(line => line.Office == j.Decision.PassedOver && line.State is LineState.Open) ? null : ClockRules.NotWaitedFor),
        new("missing", j => j.Decision.CutOff || (j.Decision.Clock?.Office == j.Decision.PassedOver && ClockRules.IsLate(j.Decision)) ? null : NotMissing),
        .. DecisionGuards.Named("no-contributor", "no-delegate-of-a-contributor", "not-recused"),
        new("one-person-one-say", j => j.Sheet.HasCleared(j.Decision) ? DecisionGuards.AlreadyDecided : null),
        SilenceRules.SomebodyClears,
        .. DecisionGuards.Named("says-why"),
    ];

    public static readonly Refusal NotAllowed = new("clearance.no-bypass", "The policy does not let your role pass over an office for this text.", 403);
    public static readonly Refusal NotMissing = new("clearance.not-missing", "This office is neither late nor cut off. Wait for its word.");
}
