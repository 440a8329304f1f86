using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>What moves a sheet besides an officer's own word on it: each by guards of its own, of which the permit office asks each again.</summary>
public static class OtherWays
{
    /// <summary>True for what an officer says in the queue. All else has a way of its own, or nobody says it.</summary>
    public static bool IsAnOfficersWord(DecisionKind kind) => GuardsOf(kind) == DecisionGuards.All;

    internal static IReadOnlyList<Guard<Judged>> GuardsOf(DecisionKind kind) => kind switch
    {
        DecisionKind.Escalated => ClockRules.EscalationGuards,
        DecisionKind.DeemedCleared => SilenceRules.Guards,
        DecisionKind.Bypassed => BypassRules.Guards,
        DecisionKind.ReleasedImmediately => ImmediateRules.Guards,
        _ => DecisionGuards.All,
    };

    /// <summary>What follows from it; null for an officer's own word.</summary>
    internal static (ClearanceStatus Status, IFact Fact)? Consequence(ClearanceRequest r, OfficerDecision d) => d.Kind switch
    {
        DecisionKind.Escalated => (ClearanceStatus.InClearance, new ClearanceEscalated(
            r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, d.Id, d.By.Office, d.ReferredTo ?? "", d.CutOff ? "cut-off" : "late", d.Clock?.DueAt, d.At) { CutOff = d.CutOffCause }),
        DecisionKind.ReleasedImmediately => (ClearanceStatus.Cleared, new ReleasedImmediately(
            r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, d.Id, d.By, d.UndoUntil, d.ReviewBy ?? d.At, d.At)),
        DecisionKind.DeemedCleared or DecisionKind.Bypassed when ClearanceSheet.Of(r).IsCleared => (ClearanceStatus.Cleared, new PackageCleared(
            r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, d.Id, d.Kind, d.By, d.UndoUntil, d.At) { PassedOver = d.PassedOver, Silence = NoticeOf(d) }),
        DecisionKind.DeemedCleared => (ClearanceStatus.InClearance, new SilenceCounted(
            r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, d.Id, d.By.Office, NoticeOf(d)!, d.UndoUntil, d.At)),
        DecisionKind.Bypassed => (ClearanceStatus.InClearance, new OfficeBypassed(
            r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, d.Id, d.By, d.PassedOver ?? "", d.UndoUntil, d.At)),
        _ => null,
    };

    private static SilenceNotice? NoticeOf(OfficerDecision d) => d.Notice is { } notice
        ? new SilenceNotice(notice.By.Person, notice.At, d.Clock?.DueAt ?? d.At) { ActingFor = notice.By.ActingFor, BegunAt = d.Clock?.BegunAt, Zone = d.Clock?.Calendar?.Zone, OfficeVersion = d.Clock?.Calendar?.Version }
        : null;
}
