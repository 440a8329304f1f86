using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>The one place where a release permit comes into being. There is no other door.</summary>
public static class PermitOffice
{
    /// <summary>A cleared text whose period for undoing is over gets its permit.</summary>
    /// <param name="sign">Seals the permit: takes it, answers the signed envelope. Who cannot answer at once asks for the permit with <see cref="Draw"/> first: the same inputs give the same permit.</param>
    public static Decision<ClearanceRequest> Issue(ClearanceRequest request, Guid permitId, DateTimeOffset now, Func<ReleasePermit, string> sign)
    {
        if (Draw(request, permitId, now, out var refusal) is not { } permit) return refusal!;
        var issued = request with { Version = request.Version + 1, Status = ClearanceStatus.PermitIssued, DueAt = null, PermitId = permitId };
        return Accept(issued, new PermitIssued(issued.Id, issued.Version, issued.DraftId, issued.PackageDigest, issued.Mission, issued.Account, permitId, sign(permit), now));
    }

    /// <summary>The permit, not yet signed and so worth nothing; null with the reason when the text gets none.</summary>
    public static ReleasePermit? Draw(ClearanceRequest request, Guid permitId, DateTimeOffset now, out Refusal? refusal)
    {
        refusal = RefusalOf(request, now);
        if (refusal is not null) return null;
        return new ReleasePermit(
            permitId, request.PackageDigest, request.Mission, request.Account, request.Network, request.NotBefore, request.NotAfter, request.Local, request.Zone,
            request.Route.PolicyVersion, request.Id,
            [.. Said(request).Select(d => new PermitDecision(d.Id, d.By.Person, d.By.Office, d.By.ActingFor, d.Kind, d.At))], request.Contributors, now);
    }

    private static Refusal? RefusalOf(ClearanceRequest request, DateTimeOffset now)
    {
        if (!ClearanceStates.Table.Allows(request.Status, nameof(PermitIssued))) return ClearanceRules.NotInClearance(request.Status);
        if (now < request.Standing!.UndoUntil) return ClearanceRules.NotDue;
        if (now >= request.NotAfter) return DecisionGuards.WindowOver;
        return Judge(request).Allows(out _, out var refusal) ? null : refusal;
    }

    /// <summary>Hears the whole case once more from the empty sheet: every decision has to pass again, in its order, and together they have to clear the text.</summary>
    private static Decision<ClearanceRequest> Judge(ClearanceRequest request)
    {
        var (judged, last) = (request with { Status = ClearanceStatus.InClearance, Decisions = [.. request.Decisions.Where(d => d.PackageDigest != request.PackageDigest)] }, (Accepted<ClearanceRequest>?)null);
        foreach (var decision in Said(request))
        {
            if (!ClearanceRules.Decide(judged, decision).Allows(out last, out var refusal)) return refusal;
            judged = last.State;
        }
        return last is { State.Status: ClearanceStatus.Cleared } ? last : NotCleared;
    }

    private static IEnumerable<OfficerDecision> Said(ClearanceRequest request) => request.Decisions.Where(d => d.StandsOn(request.PackageDigest));

    public static readonly Refusal NotCleared = new("clearance.not-cleared", "The decisions on the sheet do not clear it.");
}
