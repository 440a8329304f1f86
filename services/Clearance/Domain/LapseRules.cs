using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>That something a text rests on changed under it.</summary>
/// <param name="Cause">A code of the account's change, or what the text cites.</param>
/// <param name="After">How many decisions there were by then, those taken back included: they were made on what is no longer so.</param>
public sealed record Lapse(string Cause, DateTimeOffset At, int After)
{
    /// <summary>The route until then, where the policy was asked anew; null where the route stayed.</summary>
    public Route? Before { get; init; }
}

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

    public const string AccountClosed = "account-closed";
    public const string AccountMoved = "account-moved";
    public const string AccountFlagship = "account-flagship";

    /// <summary>The account is live again, and the mission's.</summary>
    public const string AccountBack = "account-back";

    /// <param name="anew">What the policy makes of the text since then; null where the change gives it no reason to ask others.</param>
    /// <param name="amended">The same of a changed text that waits for the period for undoing to end.</param>
    public static Decision<ClearanceRequest> Lapse(ClearanceRequest request, string cause, DateTimeOffset now, Routed? anew = null, Routed? amended = null)
    {
        var lapse = new Lapse(cause, now, request.Decisions.Count);
        var r = request with { Version = request.Version + 1, Lapses = [.. request.Lapses, lapse] };
        if (ClearanceStates.Table.Allows(request.Status, nameof(PermitGroundsLapsed)) && now < request.NotAfter && cause != AccountBack)
            return Accept(r, new PermitGroundsLapsed(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, r.PermitId ?? Guid.Empty, cause, now));

        // Of the account it is told whether anybody has spoken or not: who must clear, and whether anybody may, depends on it.
        if (ClearanceStates.Table.Next(request.Status, nameof(VotesLapsed)) is not { } status || !(IsOfTheAccount(cause) || request.Decisions.Any(d => Rests(d, request)) || SilenceRules.IsRunning(request))) return NothingLapses;
        var lapsed = Void(r) with
        {
            Status = status,
            DueAt = status == request.Status ? request.DueAt : request.NotAfter,
            Clocks = [], // Whoever is asked again has its whole time, and what it was shown before proves nothing now.
            Lapses = [.. request.Lapses, lapse with { Before = anew is null ? null : request.Route }],
            Route = anew?.Route ?? request.Route,
            Findings = anew?.Findings ?? request.Findings,
            Amendment = request.Amendment is { } made && amended is not null ? made with { Route = amended.Route, Findings = amended.Findings } : request.Amendment,
        };
        return Accept(lapsed, new VotesLapsed(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, cause, now)
        {
            PolicyVersion = anew?.Route.PolicyVersion, Offices = anew is null ? null : [.. ClearanceSheet.Of(lapsed).Lines.Select(line => line.Office)],
        });
    }

    /// <summary>The request without what was said for it on grounds that are no longer so.</summary>
    internal static ClearanceRequest Void(ClearanceRequest request) =>
        request with { Decisions = [.. request.Decisions.Select(d => Rests(d, request) ? d with { Lapsed = true } : d)] };

    /// <summary>What a newer word of the register means for a text on the account; null when nothing.</summary>
    /// <param name="before">What was known; null when nothing was.</param>
    public static string? CauseOf(KnownAccount? before, KnownAccount now, ClearanceRequest request)
    {
        var gone = GoneOf(now, request.Mission);
        if (gone != GoneOf(request)) return gone ?? AccountBack;
        return gone is null && before is { Flagship: false } && now.Flagship ? AccountFlagship : null;
    }

    /// <summary>Why a mission's texts cannot go out on the account; null when they can.</summary>
    public static string? GoneOf(KnownAccount account, string mission) => !account.Live ? AccountClosed : account.Mission != mission ? AccountMoved : null;

    /// <summary>True when the policy has reason to ask others than before.</summary>
    public static bool AsksAnew(string cause) => cause is AccountFlagship or AccountBack;

    /// <summary>False while the account is closed, or another mission's.</summary>
    public static bool AccountStands(ClearanceRequest request) => GoneOf(request) is null;

    private static string? GoneOf(ClearanceRequest request) =>
        request.Lapses.LastOrDefault(lapse => lapse.Cause is AccountClosed or AccountMoved or AccountBack)?.Cause is { } last && last != AccountBack ? last : null;

    private static bool IsOfTheAccount(string cause) => cause is AccountClosed or AccountMoved or AccountFlagship or AccountBack;

    /// <summary>Everything that moves a text towards its permit rests on the facts. What holds it up, or says who decides, stands.</summary>
    internal static bool MovesItOn(DecisionKind kind) => kind is not (
        DecisionKind.Objected or DecisionKind.Recused or DecisionKind.Referred or DecisionKind.Returned or DecisionKind.Refused
        or DecisionKind.OvertakenByEvents or DecisionKind.ClearedAsAmended or DecisionKind.Escalated);

    private static bool Rests(OfficerDecision decision, ClearanceRequest request) => decision.StandsOn(request.PackageDigest) && MovesItOn(decision.Kind);

    public static readonly Refusal NothingLapses = new("clearance.nothing-lapses", "Nobody has said anything yet that could lapse, and nobody's silence runs.");
}
