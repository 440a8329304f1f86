using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.Wording;

/// <summary>How a post stands, in the author's words, and what may be done about it.</summary>
internal static class Standings
{
    /// <summary>The way of every post. A standing lies on one of its steps, or has come off it.</summary>
    public static readonly IReadOnlyList<string> Steps = ["Written", "With the central unit", "Cleared", "On the schedule", "Public"];

    public static readonly IReadOnlyList<Standing> All =
    [
        new("Crafting", "Being written", 0),
        new("InClearance", "Waiting for clearance", 1),
        new("Returned", "Returned to you", 1, Stopped: true, Revisable: true),
        new("Refused", "Refused", 1, Stopped: true, Revisable: true),
        new("Cleared", "Cleared, not yet on the schedule", 2),
        new("Scheduled", "On the schedule", 3),
        new("Releasing", "Going out now", 3),
        new("Released", "Public", 4),
        new("OutcomeUnknown", "Sent, being checked", 3, Stopped: true),
        new("Held", "Held", 3, Stopped: true),
        new("Rejected", "Refused by the network", 3, Stopped: true, Revisable: true),
        new("Lapsed", "Not cleared in time", 1, Stopped: true, Revisable: true),
        new("WithdrawalAsked", "Withdrawal asked for", 1),
        new("Revoked", "Stopped by the central unit", 2, Stopped: true, Revisable: true),
        new("Withdrawn", "Withdrawn", 0, Stopped: true, Revisable: true),
    ];

    /// <summary>What happened to a post, as the news of it say.</summary>
    public static Standing Of(Happening happening) => Of(happening.Standing) is var standing && happening.ReasonCode == "amended"
        ? standing with { Label = "Changed by an officer, waiting for another to clear it" } : standing;

    public static Standing Of(string code) => All.FirstOrDefault(s => s.Code == code) ?? new(code, code, 0);
}

/// <param name="Step">Which of the steps it has reached, from 0.</param>
/// <param name="Stopped">It does not go on from here by itself.</param>
/// <param name="Revisable">Its author can write it anew and submit it again.</param>
internal sealed record Standing(string Code, string Label, int Step, bool Stopped = false, bool Revisable = false)
{
    public bool Editable => Revisable || Code == "Crafting";

    /// <summary>Its withdrawal can be asked for. Clearance or Publishing then says whether that was in time.</summary>
    public bool Withdrawable => Code is "InClearance" or "Cleared" or "Scheduled" or "Held";

    /// <summary>Somebody else's next move shows here only when the page is loaded again.</summary>
    public bool Moving => Code is "InClearance" or "Cleared" or "Releasing" or "OutcomeUnknown" or "WithdrawalAsked";
}
