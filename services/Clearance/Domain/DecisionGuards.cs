using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>What a decision is judged on.</summary>
public sealed record Judged(ClearanceRequest Request, OfficerDecision Decision)
{
    private ClearanceSheet? sheet;

    /// <summary>Worked out when a check first asks for it: most refusals need none.</summary>
    public ClearanceSheet Sheet { get => sheet ??= ClearanceSheet.Of(Request); internal init => sheet = value; }

    /// <summary>True when the changed text comes with the decision.</summary>
    public bool BringsText { get; init; }

    /// <summary>Speaks for the head of the central unit and not for an office on the sheet.</summary>
    public bool IsAuthority => Decision.Kind is DecisionKind.Overruled;

    /// <summary>Ends the round for everybody; the central unit may say so whether it is asked or not.</summary>
    public bool IsOvertaken => Decision.Kind is DecisionKind.OvertakenByEvents;
}

/// <summary>The checks on a decision, in their order. Taking one out makes a test fail.</summary>
/// <remarks>Each judges one thing and passes what another judges, so that each can be taken out alone and be missed.</remarks>
public static class DecisionGuards
{
    public static readonly IReadOnlyList<Guard<Judged>> All =
    [
        new("in-clearance", j => j.Request.Status is ClearanceStatus.InClearance || SilenceRules.IsDisowned(j) ? null : ClearanceRules.NotInClearance(j.Request.Status)),
        new("same-text", j => j.Decision.PackageDigest == j.Request.PackageDigest ? null : TextChanged),
        new("window-open", j => j.Decision.At < j.Request.NotAfter ? null : WindowOver),
        new("account-stands", j => !LapseRules.MovesItOn(j.Decision.Kind) || LapseRules.AccountStands(j.Request) ? null : AccountGone),
        new("right-office", j => IsRightOffice(j) ? null : NotThisOffice),
        new("right-role", j => j.Decision.Role == (j.IsAuthority ? Roles.HeadOfUnit : Roles.ClearingOfficer) ? null : NotThisRole),
        // An objection holds the text up: it is never too early and never too late for one.
        new("your-turn", j => j.IsAuthority || j.IsOvertaken || j.Decision.Kind is DecisionKind.Objected || j.Sheet.LineOf(j.Decision.By.Office) is null || j.Sheet.IsAsked(j.Decision.By.Office) ? null : NotYourTurn),
        new("no-contributor", j => j.Request.Contributors.Contains(j.Decision.By.Person) ? ContributorsMayNotClear : null),
        new("no-delegate-of-a-contributor", j => j.Decision.By.ActingFor is { } absent && j.Request.Contributors.Contains(absent) ? ContributorsMayNotClear : null),
        new("not-recused", j => j.Sheet.IsRecused(j.Decision) ? Recused : null),
        new("one-person-one-vote", j => j.Decision.Clears && j.Sheet.HasCleared(j.Decision) ? AlreadyDecided : null),
        new("left-to-another", j => j.Sheet.IsLeftToThemselves(j.Decision) ? LeftToAnother : null),
        new("objection-there", j => j.IsAuthority && !j.Sheet.HasObjections ? NothingToOverrule : null),
        new("anothers-objection", j => j.IsAuthority && j.Sheet.IsOwnObjection(j.Decision) ? OwnObjection : null),
        new("referred-upwards", j => j.Decision.Kind is DecisionKind.Referred && (j.Decision.ReferredTo is not { } above || above == j.Decision.By.Office) ? NobodyAbove : null),
        new("says-why", j => NeedsWords(j.Decision.Kind) && string.IsNullOrWhiteSpace(j.Decision.Comment) ? SayWhy : null),
        new("return-has-reason", j => j.Decision.Kind is DecisionKind.Returned && j.Decision.ReasonCode is null ? ReturnNeedsReason : null),
        new("amendment-brings-text", j => j.Decision.Kind is DecisionKind.ClearedAsAmended && !j.BringsText ? TextMissing : null),
    ];

    /// <summary>Some of them, for lists of other ways that judge the same.</summary>
    internal static IEnumerable<Guard<Judged>> Named(params string[] names) => names.Select(name => All.Single(guard => guard.Name == name));

    /// <summary>True for what nobody can be left to guess the reason of.</summary>
    public static bool NeedsWords(DecisionKind kind) => kind is not (DecisionKind.Cleared or DecisionKind.NotObjected or DecisionKind.Recused);

    private static bool IsRightOffice(Judged j) => j.IsAuthority || j.IsOvertaken
        ? j.Decision.By.Office == Offices.Central
        : j.Sheet.LineOf(j.Decision.By.Office) is not null;

    public static readonly Refusal TextChanged = new("clearance.text-changed", "The text is not the one you saw. Look at what changed, then decide.");
    public static readonly Refusal WindowOver = new("clearance.window-over", "Its time has passed: it can no longer be released. The author has to submit it again.");
    public static readonly Refusal AccountGone = new("clearance.account-gone", "The register says that the account is closed, or another mission's: nothing can be cleared for it. Return the text, or wait until the register says otherwise.");
    public static readonly Refusal NotThisOffice = new("clearance.office", "Your office is not asked about this text. The sheet says which are, and why.", 403);
    public static readonly Refusal NotThisRole = new("clearance.role", "This is not for your role to say. Objections are set aside by the head of the central unit, all else is said by clearing officers.", 403);
    public static readonly Refusal NotYourTurn = new("clearance.not-your-turn", "Your office has cleared it already, or others decide before it. You are asked when it is your turn; an objection is taken at any time.");
    public static readonly Refusal ContributorsMayNotClear = new("clearance.contributor", "Nobody who wrote any of it may clear it. Leave it to another officer of your office.", 403);
    public static readonly Refusal Recused = new("clearance.recused", "You, or whoever you act for, chose to take no part in this.", 403);
    public static readonly Refusal AlreadyDecided = new("clearance.already-decided", "You, or whoever you act for, have cleared this text already. Another person has to.");
    public static readonly Refusal LeftToAnother = new("clearance.left-to-another", "An office leaves a text to another office and to other people: you, or whoever you act for, would be both. Leave one of the two to a colleague.");
    public static readonly Refusal OwnObjection = new("clearance.own-objection", "You, or whoever you act for, objected. Take that back by clearing it, or leave it to another to set it aside.", 403);
    public static readonly Refusal NothingToOverrule = new("clearance.nothing-to-overrule", "Nobody's objection stands.");
    public static readonly Refusal NobodyAbove = new("clearance.nobody-above", "There is no office above yours to leave this to. Decide it, or take no part.");
    public static readonly Refusal SayWhy = new("clearance.comment-missing", "Say why, in words: others have to understand it later.", 400);
    public static readonly Refusal TextMissing = new("clearance.text-missing", "Send the changed text with it, to the request's amendments.", 400);
    public static readonly Refusal ReturnNeedsReason = new("clearance.reason-missing", "Say why it goes back and what must change.", 400);
}
