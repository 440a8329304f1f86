using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;
using Status = WorkflowPlatform.Clearance.Domain.ClearanceStatus;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>What may happen to a clearance request. Pure: same inputs, same answer.</summary>
public static class ClearanceRules
{
    public const int ExcerptLength = 120;

    /// <param name="gone">Why nothing can be cleared for its account, should the register have said so while the package was under way.</param>
    public static Decision<ClearanceRequest> Open(ClearanceRequest? current, Guid id, ReleasePackage package, string digest, Route route, DateTimeOffset now, IReadOnlyList<Finding>? findings = null, string? gone = null)
    {
        if (current is not null) return AlreadyOpen;
        var request = new ClearanceRequest(
            id, 1, package.DraftId, digest, package.Mission, package.Account, package.Network, package.Lane, package.Language, Excerpt(package.Text), package.Text.Length,
            package.NotBefore, package.NotAfter, package.Local, package.Zone, package.Contributors, now, Status.InClearance, route, [], package.NotAfter, null) { Findings = findings ?? [], Cites = package.Cites, Lapses = gone is null ? [] : [new Lapse(gone, now, 0)] };
        return Accept(request, new ClearanceOpened(
            id, 1, package.DraftId, digest, package.Mission, route.PolicyVersion, [.. ClearanceSheet.Of(request).Lines.Select(line => line.Office)], now));
    }

    internal static string Excerpt(string text) =>
        text.Length <= ExcerptLength ? text : text[..(char.IsHighSurrogate(text[ExcerptLength - 1]) ? ExcerptLength - 1 : ExcerptLength)];

    public static Decision<ClearanceRequest> Decide(ClearanceRequest request, OfficerDecision decision) => Decide(request, decision, OtherWays.GuardsOf(decision.Kind));

    internal static Decision<ClearanceRequest> Decide(ClearanceRequest request, OfficerDecision decision, IReadOnlyList<Guard<Judged>> guards) => Decide(new Judged(request, decision), guards);

    internal static Decision<ClearanceRequest> Decide(Judged judged, IReadOnlyList<Guard<Judged>> guards)
    {
        if (guards.FirstRefusal(judged) is { } refusal) return refusal;

        var (request, decision) = judged;
        var decided = request with { Version = request.Version + 1, Decisions = [.. request.Decisions, decision with { PolicyVersion = request.Route.PolicyVersion }] };
        var (status, fact) = Consequence(decided, decision);
        return Accept(decided with { Status = status, DueAt = DueAt(status, decided, decision) }, fact);
    }

    private static (Status Status, IFact Fact) Consequence(ClearanceRequest r, OfficerDecision d) => d.Kind switch
    {
        _ when OtherWays.Consequence(r, d) is { } other => other,
        DecisionKind.Returned => (Status.ReturnDecided, new ReturnDecided(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, d.Id, d.By, d.ReasonCode ?? "other", d.UndoUntil, d.At)),
        DecisionKind.Refused => (Status.RefusalDecided, new RefusalDecided(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, d.Id, d.By, d.UndoUntil, d.At)),
        DecisionKind.OvertakenByEvents => (Status.Overtaken, new ClearanceOvertaken(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, d.Id, d.By, d.At)),
        DecisionKind.Objected => (Status.InClearance, new ObjectionRaised(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, d.Id, d.By, d.UndoUntil, d.At)),
        DecisionKind.Recused => (Status.InClearance, new OfficerRecused(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, d.Id, d.By, d.UndoUntil, d.At)),
        _ when ClearanceSheet.Of(r).IsCleared => (Status.Cleared, new PackageCleared(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, d.Id, d.Kind, d.By, d.UndoUntil, d.At)),
        DecisionKind.Referred => (Status.InClearance, new MatterReferred(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, d.Id, d.By, d.ReferredTo ?? "", d.UndoUntil, d.At)),
        _ => (Status.InClearance, new ClearanceGiven(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, d.Id, d.Kind, d.By, d.UndoUntil, d.At)),
    };

    private static DateTimeOffset? DueAt(Status status, ClearanceRequest request, OfficerDecision decision) => status switch
    {
        Status.Cleared or Status.ReturnDecided or Status.RefusalDecided => decision.UndoUntil,
        Status.InClearance => request.NotAfter,
        _ => null,
    };

    /// <summary>Who decided last takes it back, while the period runs.</summary>
    public static Decision<ClearanceRequest> Undo(ClearanceRequest request, Capacity by, DateTimeOffset now)
    {
        if (!ClearanceStates.Table.Allows(request.Status, nameof(DecisionUndone)) || request.Standing is not { } last || !last.StandsOn(request.PackageDigest)) return NothingToUndo;
        if (last.By.Person != by.Person) return NotYours;
        if (now >= last.UndoUntil) return UndoOver;
        var undone = request with
        {
            Version = request.Version + 1,
            Status = Status.InClearance,
            Decisions = [.. request.Decisions.Select(d => d.Id == last.Id ? d with { Undone = true } : d)],
            DueAt = request.NotAfter,
            Amendment = null,
        };
        if (request.Status is Status.InClearance && (ClearanceSheet.Of(undone).IsCleared || undone.Standing?.Kind is DecisionKind.ReleasedImmediately)) return ObjectionStands;
        return Accept(undone, new DecisionUndone(undone.Id, undone.Version, undone.DraftId, undone.PackageDigest, undone.Mission, last.Id, last.By, now));
    }

    /// <summary>The author wants it back, and no permit is out: granted.</summary>
    public static Decision<ClearanceRequest> Withdraw(ClearanceRequest request, DateTimeOffset now)
    {
        if (!ClearanceStates.Table.Allows(request.Status, nameof(ClearanceWithdrawn))) return NotInClearance(request.Status);
        var withdrawn = request with { Version = request.Version + 1, Status = Status.Withdrawn, DueAt = null };
        return Accept(withdrawn, new ClearanceWithdrawn(withdrawn.Id, withdrawn.Version, withdrawn.DraftId, withdrawn.PackageDigest, withdrawn.Mission, now));
    }

    /// <summary>The window closed, or the period for undoing a return or a refusal is over.</summary>
    /// <remarks>A cleared text whose period is over becomes a permit: that is <see cref="PermitOffice"/>'s and nobody else's.</remarks>
    public static Decision<ClearanceRequest> Settle(ClearanceRequest request, DateTimeOffset now)
    {
        var r = request with { Version = request.Version + 1, DueAt = null };
        return request.Status switch
        {
            Status.ReturnDecided when now >= request.Standing!.UndoUntil => Accept(
                r with { Status = Status.Returned }, new PackageReturned(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, request.Standing!.ReasonCode ?? "other", now)),
            Status.RefusalDecided when now >= request.Standing!.UndoUntil => Accept(
                r with { Status = Status.Refused }, new PackageRefused(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, now)),
            Status.AmendmentDecided => AmendmentRules.Apply(request, now),
            Status.InClearance or Status.Cleared when now >= request.NotAfter => Accept(
                r with { Status = Status.Lapsed }, new ClearanceLapsed(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, now)),
            _ => NotDue,
        };
    }

    public static readonly Refusal AlreadyOpen = new("clearance.already-open", "A round of clearance for this package exists already.");
    public static readonly Refusal NothingToUndo = new("clearance.nothing-to-undo", "There is no decision that could be taken back.");
    public static readonly Refusal NotYours = new("clearance.not-yours", "Only the officer who decided last can take it back.", 403);
    public static readonly Refusal UndoOver = new("clearance.undo-over", "The time for undoing is over. To stop it, the mission can still withdraw it until it goes out.");
    public static readonly Refusal ObjectionStands = new("clearance.objection-stands", "This objection stopped what was cleared already, and that does not come back by itself. Clear it after all, or have the objection set aside.");
    public static readonly Refusal NotDue = new("clearance.not-due", "Nothing is due yet.");

    public static Refusal NotInClearance(ClearanceStatus status) => new("clearance.not-in-clearance", $"This round is over: {status}.");
}
