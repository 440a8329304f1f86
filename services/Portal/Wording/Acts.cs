using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.Wording;

/// <summary>What can be done to a post under clearance besides deciding on it in the queue.</summary>
/// <param name="Path">Last part of the page's address.</param>
/// <param name="Offer">As the review page offers it.</param>
/// <param name="Comment">What the field for words is called; null when there is none.</param>
/// <param name="Missing">What is said when nothing stands there; null when it may be empty.</param>
internal sealed record Act(string Path, string Title, string Offer, string Lead, string Button, string? Comment = null, string? Missing = null)
{
    public static readonly Act Release = new(
        "release", "Release it before clearance", "Release it before it is cleared",
        "For what cannot wait. It goes out on your word alone; somebody else reviews that afterwards, and it stays on their list until they have.",
        "Release it", "Why it cannot wait", "Say why it cannot wait");

    public static readonly Act PassOver = new(
        "pass-over", "Pass over an office", "Pass over an office that is missing",
        "For an office that is late or cut off. The others still have to clear it. The heads of both units are told, with your name and your reason, and it is counted.",
        "Pass over it", "Why it is passed over", "Say why it is passed over");

    public static readonly Act Record = new(
        "record", "Write down a clearance", "Write down a clearance given by telephone or on paper",
        "Read the text out, word by word, and write down what was said. It counts once the officer who said it has signed it here.",
        "Write it down", "What was said");

    public static readonly Act Countersign = new(
        "countersign", "Sign what you said", "Sign what was written down for you",
        "This was written down for you. Read the text: once you have signed, it is your decision like any other.",
        "I said so, and sign it");

    public static readonly Act Afterwards = new(
        "afterwards", "Review its release", "Review its release",
        "This went out on a duty officer’s word alone. Say whether that was right. It stays on the list of open reviews until you have.",
        "Give the review", "What is to be said about it", "Say why it was not right");

    public static readonly Act Object = new(
        "object", "Object to it", "Object to it, though it is not your turn",
        "An objection is taken at any time. It holds the text up until your office clears it after all, or the head of the central unit sets it aside.",
        "Object", "Why", "Say why") { Says = DecisionKind.Objected };

    public static readonly Act SetAside = new(
        "set-aside", "Set an objection aside", "Set the objection aside",
        "You decide it for the office that objects. Your name and your reason stand on the sheet beside its own, for ever.",
        "Set it aside", "Why", "Say why") { Says = DecisionKind.Overruled };

    public static readonly Act Overtaken = new(
        "overtaken", "Events have overtaken it", "Events have overtaken it",
        "It ends here for everybody, and does not go out. Its author reads why.",
        "End it", "What happened", "Say what happened") { Says = DecisionKind.OvertakenByEvents };

    public static readonly IReadOnlyList<Act> All = [Countersign, Afterwards, SetAside, Release, PassOver, Object, Record, Overtaken];

    /// <summary>The decision that it is; null for what has a way of its own.</summary>
    public DecisionKind? Says { get; private init; }

    /// <summary>Whether the reader could do it now, as the sheet says.</summary>
    public bool IsOpen(Sheet sheet) => Path switch
    {
        "release" => sheet.Acts.Release,
        "pass-over" => sheet.Acts.PassOver.Count > 0,
        "record" => sheet.Acts.Record.Count > 0,
        "countersign" => sheet.Acts.Countersign.Count > 0,
        _ when Says is { } kind => sheet.Acts.Say.Contains(kind) && !(kind is DecisionKind.Objected && sheet.MayDecide), // Whose turn it is objects in the form.
        _ => sheet.Review is { MayReview: true },
    };
}
