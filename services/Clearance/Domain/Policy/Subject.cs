using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>A text as a policy sees it: everything that a rule may ask about, and nothing else.</summary>
/// <param name="MissionKind"><c>embassy</c>, <c>consulate</c> …, as the register has it.</param>
/// <param name="Author">Staff number of whoever submitted it.</param>
/// <param name="Flagship">True for an account that speaks for the ministry as a whole.</param>
/// <param name="Dimec">Letters of the matrix: <c>D</c>, <c>I</c>, <c>M</c>, <c>E</c>, <c>C</c>.</param>
/// <param name="ThirdStates">ISO 3166 alpha-2 codes of the states that the brief names or the text mentions, without the mission's host.</param>
/// <param name="Findings">Codes of the findings of the submission.</param>
/// <param name="ReleaseHour">Hour of the release by the wall of its zone, 0 to 23; null when it goes out as soon as cleared.</param>
/// <param name="LeadMinutes">From the submission to the earliest release; 0 when it goes out as soon as cleared.</param>
public sealed record Subject(
    string Mission, string MissionKind, string Region, string Author, string Account, string Network, bool Flagship, Lane Lane, string Language,
    IReadOnlyList<string> Dimec, IReadOnlyList<string> ThirdStates, string? Audience, IReadOnlyList<string> Findings,
    int Characters, bool HasMedia, bool HasLinks, int? ReleaseHour, int LeadMinutes)
{
    /// <summary>ISO 3166 alpha-2 codes of the states that the brief says it is about, the host and our own too.</summary>
    public IReadOnlyList<string> Counterparts { get; init; } = [];

    /// <summary>Day of the release by the wall of its zone; null when it goes out as soon as cleared.</summary>
    public DateOnly? ReleaseDate { get; init; }
}
