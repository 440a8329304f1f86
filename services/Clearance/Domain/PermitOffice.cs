using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>The one place where a release permit comes into being. There is no other door.</summary>
public static class PermitOffice
{
    /// <summary>A cleared text whose period for undoing is over gets its permit.</summary>
    /// <param name="sign">Seals the permit: takes it, answers the signed envelope.</param>
    public static Decision<ClearanceRequest> Issue(ClearanceRequest request, Guid permitId, DateTimeOffset now, Func<ReleasePermit, string> sign)
    {
        if (!ClearanceStates.Table.Allows(request.Status, nameof(PermitIssued))) return ClearanceRules.NotInClearance(request.Status);
        if (now < request.Standing!.UndoUntil) return ClearanceRules.NotDue;
        if (now >= request.NotAfter) return ClearanceRules.WindowOver;

        var standing = request.Decisions.Where(d => !d.Undone).ToList();
        // The decision passed these when it was made; a permit is worth asking again.
        foreach (var decision in standing)
            if (ClearanceRules.DecisionGuards.FirstRefusal(new(request with { Status = ClearanceStatus.InClearance }, decision)) is { } refusal) return refusal;

        var permit = new ReleasePermit(
            permitId, request.PackageDigest, request.Mission, request.Account, request.Network, request.NotBefore, request.NotAfter, request.Local, request.Zone,
            ClearanceRules.PolicyVersion, request.Id,
            [.. standing.Select(d => new PermitDecision(d.Id, d.By.Person, d.By.Office, d.By.ActingFor, d.Kind, d.At))], request.Contributors, now);
        var issued = request with { Version = request.Version + 1, Status = ClearanceStatus.PermitIssued, DueAt = null, PermitId = permitId };
        return Accept(issued, new PermitIssued(issued.Id, issued.Version, issued.DraftId, issued.PackageDigest, issued.Mission, issued.Account, permitId, sign(permit), now));
    }
}
