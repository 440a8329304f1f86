namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>What a policy asks for one text: who must clear it, in which order, by when, and what may be done on the way.</summary>
/// <param name="PolicyVersion">The pack and its version, for example <c>central-unit@3</c>. Permits name it.</param>
/// <param name="PolicyDigest">SHA-256 of the pack's canonical JSON, hex.</param>
/// <param name="Required">At least one. Offices of a lower stage decide first; those of one stage decide side by side.</param>
/// <param name="Informed">Offices that see it and cannot block it.</param>
/// <param name="Amendable">What a clearing officer may change: <c>text</c>, <c>alt-text</c>, <c>links</c>. Empty: nothing.</param>
/// <param name="ImmediateAllowed">False when a rule forbids release before clearance.</param>
/// <param name="Bypass">Roles that may pass over an office that is missing, by name and with a reason. Empty: nobody.</param>
/// <param name="Because">The rules that matched, in the pack's order, and what each asked for.</param>
public sealed record Route(
    string PolicyVersion, string PolicyDigest, IReadOnlyList<RequiredOffice> Required, IReadOnlyList<string> Informed,
    IReadOnlyList<string> Amendable, bool ImmediateAllowed, IReadOnlyList<string> Bypass, IReadOnlyList<RuleMatch> Because);

/// <summary>An office that must clear.</summary>
/// <param name="Stage">1 to 9. An office is asked once every office of a lower stage has cleared.</param>
/// <param name="Quorum">How many of its people must clear; <see cref="Everybody"/> for all who are appointed and may.</param>
/// <param name="SilenceCounts">True when a proven notice and the end of the clock count as no objection.</param>
/// <param name="ClockMinutes">Time to decide from the moment it is this office's turn, in minutes of its working time, in the lanes Immediate and Flash around the clock; null without a clock.</param>
/// <param name="Rules">Ids of the rules that asked for it.</param>
public sealed record RequiredOffice(string Office, int Stage, int Quorum, bool SilenceCounts, int? ClockMinutes, IReadOnlyList<string> Rules)
{
    public const int Everybody = 0;

    /// <summary>In words: the smallest change of the text by which no rule would ask for this office; null when it is asked of every text.</summary>
    public string? Unless { get; init; }
}

/// <summary>A rule that matched, and what it asked for.</summary>
/// <param name="Offices">The offices that it made necessary, resolved.</param>
/// <param name="Notes">In words: where the central unit stands in for an office that the book has not.</param>
public sealed record RuleMatch(string Rule, string Title, IReadOnlyList<string> Offices, IReadOnlyList<string> Notes);

/// <summary>What a policy makes of a package.</summary>
public sealed record Routed(Route Route, IReadOnlyList<Finding> Findings);
