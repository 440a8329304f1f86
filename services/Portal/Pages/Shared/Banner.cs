namespace WorkflowPlatform.Portal.Pages.Shared;

/// <summary>What the press before this page did. The address names it; the words are ours, so an address made up by others says nothing new.</summary>
internal sealed record Banner(string? Words)
{
    public static Banner Of(string? told) => new(told switch
    {
        "submitted" => "Submitted. The central unit has it now. You can read below where it stands.",
        "saved" => "Saved. It is still with you: nobody decides on it until you submit it.",
        "asked" => "Withdrawal asked for. Whether it was in time shows here in a moment.",
        "undone" => "Your decision is taken back. The text waits in the queue again and does not go out.",
        "stopping" => "You asked to stop it. Whether that was in time shows below in a moment.",
        "claimed" => "Others see that you have it open.",
        "let-go" => "Others see that you no longer have it open.",
        "given" => "Saved. Everybody in your office can still decide on it.",
        "recorded" => "Written down. It counts as soon as whoever said it has signed.",
        "reviewed" => "Your review is given. It stands on the sheet for ever.",
        "cut-off" => "Nobody waits for that office any more. What waits for it goes to the office above.",
        "reconnected" => "That office is waited for again.",
        "proposed" => "Proposed. Somebody else of the central unit can bring it into force.",
        "adopted" => "It is in force. What is submitted from now on is judged by it; what is under way, by the one that it began with.",
        "policy-withdrawn" => "The proposal is withdrawn. The policy in force stays as it is.",
        "view-kept" => "Saved. It stands among your filters.",
        "view-dropped" => "That filter is deleted. Nothing else is.",
        "empty" => "That was the last one that waits for you.",
        "signed-out" => "You are signed out.",
        _ => null,
    });
}
