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

    /// <summary>A cleared text whose time has come and that gets no permit: told once. It is tried again when anything about it changes; else it waits for its window to close.</summary>
    public static Decision<ClearanceRequest> Withhold(ClearanceRequest request, DateTimeOffset now)
    {
        if (!ClearanceStates.Table.Allows(request.Status, nameof(PermitWithheld)) || now >= request.NotAfter || request.DueAt >= request.NotAfter) return ClearanceRules.NotDue;
        if (RefusalOf(request, now) is not { } why || why == ClearanceRules.NotDue) return ClearanceRules.NotDue;
        var withheld = request with { Version = request.Version + 1, DueAt = request.NotAfter };
        return Accept(withheld, new PermitWithheld(withheld.Id, withheld.Version, withheld.DraftId, withheld.PackageDigest, withheld.Mission, why.Code, now));
    }

    private static Refusal? RefusalOf(ClearanceRequest request, DateTimeOffset now)
    {
        if (!ClearanceStates.Table.Allows(request.Status, nameof(PermitIssued))) return ClearanceRules.NotInClearance(request.Status);
        if (now < request.Standing!.UndoUntil) return ClearanceRules.NotDue;
        if (now >= request.NotAfter) return DecisionGuards.WindowOver;
        return LapseRules.AccountStands(request) ? Judge(request) : DecisionGuards.AccountGone;
    }

    /// <summary>Hears the whole case once more from the empty sheet: every decision has to pass again, in its order, and together they have to clear the text.</summary>
    /// <remarks>
    /// Also those that have lapsed, and each lapse in its place: what was said between a vote and its lapse, by an office whose turn it was by that vote,
    /// was rightly said and stands, and would be refused on a sheet that never had the vote.
    /// </remarks>
    private static Refusal? Judge(ClearanceRequest request)
    {
        var heard = request with { Status = ClearanceStatus.InClearance, Decisions = [], Lapses = [] };
        for (var i = 0; i <= request.Decisions.Count; i++)
        {
            foreach (var lapse in request.Lapses.Where(lapse => lapse.After == i))
                heard = LapseRules.Void(heard) with { Status = ClearanceStatus.InClearance, Lapses = [.. heard.Lapses, lapse] };
            if (i == request.Decisions.Count) break;

            var said = request.Decisions[i];
            if (said.Undone || said.PackageDigest != request.PackageDigest) heard = heard with { Decisions = [.. heard.Decisions, said] };
            else if (ClearanceRules.Decide(heard with { Route = RouteAt(request, i) }, said with { Lapsed = false }).Allows(out var accepted, out var refusal))
                heard = said.PolicyVersion is null ? accepted.State with { Decisions = [.. heard.Decisions, said with { Lapsed = false }] } : accepted.State; // From before that was kept.
            else return refusal;
        }
        return heard.Status is ClearanceStatus.Cleared && heard.Decisions.SequenceEqual(request.Decisions) ? null : NotCleared;
    }

    /// <summary>By which route a decision was made: until a lapse for which the policy was asked anew, the one before.</summary>
    private static Route RouteAt(ClearanceRequest request, int decision) =>
        request.Lapses.FirstOrDefault(lapse => lapse.Before is not null && lapse.After > decision)?.Before ?? request.Route;

    private static IEnumerable<OfficerDecision> Said(ClearanceRequest request) => request.Decisions.Where(d => d.StandsOn(request.PackageDigest));

    public static readonly Refusal NotCleared = new("clearance.not-cleared", "The decisions on the sheet do not clear it.");
}
