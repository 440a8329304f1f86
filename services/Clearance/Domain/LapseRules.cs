using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>That something a text rests on changed under it.</summary>
/// <param name="Cause">A code of the account's change, or what the text cites.</param>
public sealed record Lapse(string Cause, DateTimeOffset At);

/// <summary>What becomes of votes when the facts they were given on are no longer so.</summary>
/// <remarks>
/// A moved embargo needs no rule of its own: the window stands in the package, so it is another package, on which nobody has decided.
/// An issued permit is not asked back by itself: whether a changed figure matters is for officers to say, who are told.
/// </remarks>
public static class LapseRules
{
    /// <summary>Where something can lapse.</summary>
    public static readonly IReadOnlyList<ClearanceStatus> Open =
        [.. ClearanceStates.Table.Rows.Where(row => row.Fact is nameof(VotesLapsed) or nameof(PermitGroundsLapsed)).Select(row => row.From!.Value).Distinct()];

    public static Decision<ClearanceRequest> Lapse(ClearanceRequest request, string cause, DateTimeOffset now)
    {
        var r = request with { Version = request.Version + 1, Lapses = [.. request.Lapses, new Lapse(cause, now)] };
        if (ClearanceStates.Table.Allows(request.Status, nameof(PermitGroundsLapsed)) && now < request.NotAfter)
            return Accept(r, new PermitGroundsLapsed(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, r.PermitId ?? Guid.Empty, cause, now));

        if (ClearanceStates.Table.Next(request.Status, nameof(VotesLapsed)) is not { } status || !(request.Decisions.Any(d => Rests(d, request)) || SilenceRules.IsRunning(request))) return NothingLapses;
        return Accept(
            r with
            {
                Status = status,
                Decisions = [.. request.Decisions.Select(d => Rests(d, request) ? d with { Lapsed = true } : d)],
                DueAt = status == request.Status ? request.DueAt : request.NotAfter,
                Clocks = [], // Whoever is asked again has its whole time, and what it was shown before proves nothing now.
            },
            new VotesLapsed(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, cause, now));
    }

    /// <summary>What a newer word of the register means for texts on the account; null when nothing.</summary>
    /// <param name="before">What was known; null when nothing was.</param>
    public static string? CauseOf(KnownAccount? before, KnownAccount now) =>
        !now.Live && before is not { Live: false } ? "account-closed"
        : before is not null && before.Mission != now.Mission ? "account-moved"
        : before is { Flagship: false } && now.Flagship ? "account-flagship" : null;

    /// <summary>Everything that moves a text towards its permit rests on the facts. What holds it up, or says who decides, stands.</summary>
    private static bool Rests(OfficerDecision decision, ClearanceRequest request) => decision.StandsOn(request.PackageDigest) && decision.Kind is not (
        DecisionKind.Objected or DecisionKind.Recused or DecisionKind.Referred or DecisionKind.Returned or DecisionKind.Refused
        or DecisionKind.OvertakenByEvents or DecisionKind.ClearedAsAmended or DecisionKind.Escalated);

    public static readonly Refusal NothingLapses = new("clearance.nothing-lapses", "Nobody has said anything yet that could lapse, and nobody's silence runs.");
}
