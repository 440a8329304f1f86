using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.Wording;

/// <summary>Whether a post goes out, when and where; or why not. "Cleared" alone never stands for that.</summary>
internal static class Outlook
{
    /// <summary>For the author, from how the draft stands and what Publishing says of its release.</summary>
    public static string Of(Draft draft, Release? release, Place place)
    {
        var where = Where(draft.Account, place);
        var when = draft.Release is null ? "as soon as it is cleared" : draft.NotBefore is { } at ? $"on {Times.Text(at, place)}" : "at its time";
        return draft.Standing switch
        {
            "Crafting" => "Only your mission sees it. It goes nowhere until you submit it.",
            "InClearance" => $"If it is cleared in time, it goes out {when}, {where}.",
            "Returned" => "It does not go out. Read what must change, revise it, and submit it again.",
            "Refused" => "It does not go out, whatever is changed about it. Read why before you write about it again.",
            "Cleared" => $"It goes out {when}, {where}, once the time for taking the decision back is over and it stands on the schedule.",
            "Scheduled" when release is { Status: "Scheduled" } => $"It goes out on {Times.Text(release.NotBefore, place)}, {where}.",
            "Scheduled" => $"It goes out {(draft.NotBefore is { } due ? $"on {Times.Text(due, place)}" : when)}, {where}.",
            "Releasing" or "Released" when draft.Asked == "too-late" => $"You asked to withdraw it, and it was too late: it went out {where}. It can only be corrected or retracted now.",
            "Releasing" => $"It is being sent now, {where}. It can no longer be stopped.",
            "Released" => $"It went out {(release?.Attempts is [.., { EndedAt: { } ended }] ? $"on {Times.Text(ended, place)}, " : "")}{where}.",
            "OutcomeUnknown" => "It was sent and the network gave no clear answer. Nobody sends it again before the account has been read back.",
            "Held" => $"It does not go out as it is.{Because(release?.Reason)} Withdraw it, and you can revise it and submit it again.",
            "Rejected" => $"It did not go out: the network refused it.{Because(release?.Reason)}",
            "Lapsed" => "It did not go out: its time passed first. Revise it with a new time and submit it again.",
            "Revoked" => "It does not go out: the central unit took its permit back. Read why, revise it, and submit it again.",
            "WithdrawalAsked" => "You asked to withdraw it. Until the answer is here it may still go out. Look again in a moment.",
            "Withdrawn" => "It does not go out. It is yours again: you can revise it and submit it anew.",
            _ => "",
        };
    }

    /// <summary>For the officer who is about to decide: what "Clear" leads to.</summary>
    public static string IfCleared(Sheet sheet, Place place, DateTimeOffset now) =>
        $"It then goes out {(sheet.NotBefore > now ? $"on {Times.Text(sheet.NotBefore, place)}" : "at once, when the time for undoing is over")}, {Where(sheet.Account, place)}";

    /// <summary>Stands where the seconds that are left for undoing are to be shown, counting.</summary>
    public const string Left = "#left#";

    /// <summary>For the officer who has just decided.</summary>
    public static string After(Sheet sheet, Place place, DateTimeOffset now, OfficeNames offices)
    {
        var where = Where(sheet.Account, place);
        var undoable = sheet.UndoUntil > now;
        var cleared = sheet.Standing is { Kind: Contracts.Clearance.DecisionKind.ReleasedImmediately } ? "Released before it was cleared" : "Cleared";
        return sheet.Status switch
        {
            "Cleared" when sheet.NotBefore > (sheet.UndoUntil ?? now) => $"{cleared}. It goes out on {Times.Text(sheet.NotBefore, place)}, {where}.",
            "Cleared" => $"{cleared}. It goes out {(undoable ? $"in {Left}" : "now")}, {where}.",
            "PermitIssued" when sheet.NotBefore > now => $"{cleared}. It goes out on {Times.Text(sheet.NotBefore, place)}, {where}. The time for undoing is over.",
            "PermitIssued" => $"{cleared}. It is going out now, {where}. The time for undoing is over.",
            "ReturnDecided" => $"Returned. Its author hears of it {(undoable ? $"in {Left}" : "now")}.",
            "Returned" => "Returned. Its author has been told.",
            "RefusalDecided" => $"Refused. Its author hears of it {(undoable ? $"in {Left}" : "now")}.",
            "Refused" => "Refused. Its author has been told.",
            "AmendmentDecided" => $"Changed. It goes nowhere before another officer has cleared the new text; others see it {(undoable ? $"in {Left}" : "now")}.",
            "InClearance" when sheet.Standing is { Kind: Contracts.Clearance.DecisionKind.ClearedAsAmended } => $"Changed. {Decisions.Waits(sheet, offices)}",
            "InClearance" when sheet.Standing is { } said => $"{Decisions.Of(said.Kind)}. {Decisions.Waits(sheet, offices)}",
            "InClearance" => "Your decision is taken back. The text waits in the queue again and does not go out.",
            _ => Reasons.OfRequest(sheet.Status),
        };
    }

    public static string Where(string account, Place place) => account.StartsWith("noticeboard:", StringComparison.Ordinal)
        ? $"on the noticeboard of {(place.Name == place.Code ? "" : "the ")}{place.Name}" : $"on {account}";

    private static string Because(string? reason) => reason is null ? "" : $" The reason: {Reasons.OfRelease(reason)}.";
}
