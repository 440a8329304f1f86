using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>What may happen to a clearance request. Pure: same inputs, same answer.</summary>
public static class ClearanceRules
{
    /// <summary>The rule in force: one officer of the central unit who had no hand in the text. Every permit names it.</summary>
    public const string PolicyVersion = "central-unit-1";

    public const int ExcerptLength = 120;

    /// <summary>What a decision is judged on.</summary>
    public sealed record Judged(ClearanceRequest Request, OfficerDecision Decision);

    /// <summary>The checks on a decision, in their order. Taking one out makes a test fail.</summary>
    public static readonly IReadOnlyList<Guard<Judged>> DecisionGuards =
    [
        new("in-clearance", j => j.Request.Status is ClearanceStatus.InClearance ? null : NotInClearance(j.Request.Status)),
        new("same-text", j => j.Decision.PackageDigest == j.Request.PackageDigest ? null : TextChanged),
        new("window-open", j => j.Decision.At < j.Request.NotAfter ? null : WindowOver),
        new("right-office", j => j.Decision.By.Office == Offices.Central ? null : NotThisOffice),
        new("no-contributor", j => j.Request.Contributors.Contains(j.Decision.By.Person) ? ContributorsMayNotClear : null),
        new("no-delegate-of-a-contributor", j => j.Decision.By.ActingFor is { } absent && j.Request.Contributors.Contains(absent) ? ContributorsMayNotClear : null),
        new("return-has-reason", j => j.Decision.Kind is DecisionKind.Returned && (j.Decision.ReasonCode is null || string.IsNullOrWhiteSpace(j.Decision.Comment)) ? ReturnNeedsReason : null),
    ];

    public static Decision<ClearanceRequest> Open(ClearanceRequest? current, Guid id, ReleasePackage package, string digest, DateTimeOffset now)
    {
        if (current is not null) return AlreadyOpen;
        var excerpt = package.Text.Length <= ExcerptLength ? package.Text : package.Text[..(char.IsHighSurrogate(package.Text[ExcerptLength - 1]) ? ExcerptLength - 1 : ExcerptLength)];
        var request = new ClearanceRequest(
            id, 1, package.DraftId, digest, package.Mission, package.Account, package.Network, package.Lane, package.Language, excerpt, package.Text.Length,
            package.NotBefore, package.NotAfter, package.Local, package.Zone, package.Contributors, now, ClearanceStatus.InClearance, [], package.NotAfter, null);
        return Accept(request, new ClearanceOpened(id, 1, package.DraftId, digest, package.Mission, now));
    }

    public static Decision<ClearanceRequest> Decide(ClearanceRequest request, OfficerDecision decision) => Decide(request, decision, DecisionGuards);

    internal static Decision<ClearanceRequest> Decide(ClearanceRequest request, OfficerDecision decision, IReadOnlyList<Guard<Judged>> guards)
    {
        if (guards.FirstRefusal(new Judged(request, decision)) is { } refusal) return refusal;

        var cleared = decision.Kind is DecisionKind.Cleared;
        var decided = request with
        {
            Version = request.Version + 1,
            Status = cleared ? ClearanceStatus.Cleared : ClearanceStatus.ReturnDecided,
            Decisions = [.. request.Decisions, decision],
            DueAt = decision.UndoUntil,
        };
        return cleared
            ? Accept(decided, new PackageCleared(decided.Id, decided.Version, decided.DraftId, decided.PackageDigest, decided.Mission, decision.Id, decision.By, decision.UndoUntil, decision.At))
            : Accept(decided, new ReturnDecided(decided.Id, decided.Version, decided.DraftId, decided.PackageDigest, decided.Mission, decision.Id, decision.By, decision.ReasonCode!, decision.UndoUntil, decision.At));
    }

    /// <summary>Who decided takes it back, while the period runs.</summary>
    public static Decision<ClearanceRequest> Undo(ClearanceRequest request, Capacity by, DateTimeOffset now)
    {
        if (!ClearanceStates.Table.Allows(request.Status, nameof(DecisionUndone)) || request.Standing is not { } last) return NothingToUndo;
        if (last.By.Person != by.Person) return NotYours;
        if (now >= last.UndoUntil) return UndoOver;
        var undone = request with
        {
            Version = request.Version + 1,
            Status = ClearanceStatus.InClearance,
            Decisions = [.. request.Decisions.Select(d => d.Id == last.Id ? d with { Undone = true } : d)],
            DueAt = request.NotAfter,
        };
        return Accept(undone, new DecisionUndone(undone.Id, undone.Version, undone.DraftId, undone.PackageDigest, undone.Mission, last.Id, by, now));
    }

    /// <summary>The author wants it back, and no permit is out: granted.</summary>
    public static Decision<ClearanceRequest> Withdraw(ClearanceRequest request, DateTimeOffset now)
    {
        if (!ClearanceStates.Table.Allows(request.Status, nameof(ClearanceWithdrawn))) return NotInClearance(request.Status);
        var withdrawn = request with { Version = request.Version + 1, Status = ClearanceStatus.Withdrawn, DueAt = null };
        return Accept(withdrawn, new ClearanceWithdrawn(withdrawn.Id, withdrawn.Version, withdrawn.DraftId, withdrawn.PackageDigest, withdrawn.Mission, now));
    }

    /// <summary>The window closed, or the period for undoing a return is over.</summary>
    /// <remarks>A cleared text whose period is over becomes a permit: that is <see cref="PermitOffice"/>'s and nobody else's.</remarks>
    public static Decision<ClearanceRequest> Settle(ClearanceRequest request, DateTimeOffset now)
    {
        var ended = request with { Version = request.Version + 1, DueAt = null };
        return request.Status switch
        {
            ClearanceStatus.ReturnDecided when now >= request.Standing!.UndoUntil => Accept(
                ended with { Status = ClearanceStatus.Returned },
                new PackageReturned(ended.Id, ended.Version, ended.DraftId, ended.PackageDigest, ended.Mission, request.Standing!.ReasonCode!, now)),
            ClearanceStatus.InClearance or ClearanceStatus.Cleared when now >= request.NotAfter => Accept(
                ended with { Status = ClearanceStatus.Lapsed },
                new ClearanceLapsed(ended.Id, ended.Version, ended.DraftId, ended.PackageDigest, ended.Mission, now)),
            _ => NotDue,
        };
    }

    public static readonly Refusal AlreadyOpen = new("clearance.already-open", "A round of clearance for this package exists already.");
    public static readonly Refusal TextChanged = new("clearance.text-changed", "The text is not the one you saw. Look at what changed, then decide.");
    public static readonly Refusal WindowOver = new("clearance.window-over", "Its time has passed: it can no longer be released. The author has to submit it again.");
    public static readonly Refusal NotThisOffice = new("clearance.office", "Texts are cleared by the central unit.", 403);
    public static readonly Refusal ContributorsMayNotClear = new("clearance.contributor", "Nobody who wrote any of it may clear it. Leave it to another officer of the central unit.", 403);
    public static readonly Refusal ReturnNeedsReason = new("clearance.reason-missing", "Say why it goes back and what must change.", 400);
    public static readonly Refusal NothingToUndo = new("clearance.nothing-to-undo", "There is no decision that could be taken back.");
    public static readonly Refusal NotYours = new("clearance.not-yours", "Only the officer who decided can take it back.", 403);
    public static readonly Refusal UndoOver = new("clearance.undo-over", "The time for undoing is over. To stop it, the mission can still withdraw it until it goes out.");
    public static readonly Refusal NotDue = new("clearance.not-due", "Nothing is due yet.");

    public static Refusal NotInClearance(ClearanceStatus status) => new("clearance.not-in-clearance", $"This round is over: {status}.");
}
