using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>Something that somebody may try.</summary>
/// <param name="Try">Asks the product's rule. Null when it cannot even be tried there.</param>
/// <param name="Weight">How often it is tried where chance decides.</param>
internal sealed record Move(string Name, Func<Situation, Step?> Try, int Weight = 1)
{
    /// <summary>True for what happens to every text at once: time passes, and what it cites changes.</summary>
    public bool IsShared { get; init; }

    /// <summary>What it takes to be known of an office's reach; null where that does not matter.</summary>
    public (string Office, bool CutOff)? Reach { get; init; }
}

/// <summary>A move that was tried, and what the rule answered.</summary>
internal sealed record Step(World World, Situation Before, string Move, Accepted<ClearanceRequest>? Yes, Refusal? No)
{
    /// <summary>What was said, when it was a decision.</summary>
    public OfficerDecision? Said { get; init; }

    /// <summary>The wish, when it was one for the permit back.</summary>
    public Revocation? Wanted { get; init; }

    /// <summary>The change, when an officer wanted the text otherwise.</summary>
    public AmendmentRules.Amending? Amending { get; init; }

    /// <summary>What a reviewer said.</summary>
    public ReviewGiven? Given { get; init; }

    /// <summary>What was written down of another's word.</summary>
    public RecordedClearance? Noted { get; init; }

    /// <summary>Who took something back.</summary>
    public string? Undoing { get; init; }

    /// <summary>Every permit that came to be signed.</summary>
    public IReadOnlyList<ReleasePermit> Signed { get; init; } = [];

    /// <summary>What stood of what was said, before and after.</summary>
    public IReadOnlyList<OfficerDecision> SaidBefore => before ??= Requirement.Said(Before.Request!);

    public IReadOnlyList<OfficerDecision> SaidAfter => after ??= Requirement.Said(Yes!.State);

    /// <summary>Whom the route asks, before and after.</summary>
    public List<Requirement.Must> MustBefore => mustBefore ??= Requirement.Offices(World.Route, SaidBefore);

    public List<Requirement.Must> MustAfter => mustAfter ??= Requirement.Offices(World.Route, SaidAfter);

    /// <summary>True when every office has cleared what it is after the step.</summary>
    public bool IsMet => isMet ??= !Requirement.HasStandingObjection(SaidAfter) && MustAfter.TrueForAll(must => Requirement.IsDone(must, SaidAfter));

    public HashSet<string> WritersBefore => writersBefore ??= Requirement.Writers(World, Before.Request!);

    public HashSet<string> WritersAfter => writersAfter ??= Requirement.Writers(World, Yes!.State);

    public IReadOnlyList<OfficerDecision> VotesAfter => votesAfter ??= Requirement.Votes(SaidAfter);

    private IReadOnlyList<OfficerDecision>? before, after, votesAfter;
    private List<Requirement.Must>? mustBefore, mustAfter;
    private HashSet<string>? writersBefore, writersAfter;
    private bool? isMet;
    private Situation? kept;

    /// <summary>As it is kept: with the clocks of those whose turn it has become.</summary>
    public Situation After
    {
        get => kept ??= Yes is null ? Before : Before with { Request = ClockRules.Wind(Yes.State, Before.Now, (_, minutes) => World.After(Before.Now, minutes)) };
        init => kept = value;
    }

    /// <summary>What had been said until then, and the step.</summary>
    public string Story => string.Join(", ", Before.Request?.Decisions.Select(d => $"{d.By.Person}{(d.By.ActingFor is { } absent ? $" for {absent}" : "")} {d.By.Office} {d.Kind}{(d.Undone ? " undone" : "")}") ?? [])
        + $" [{Before.Request?.Status}] then {this}";

    public override string ToString() => $"{Move} -> {Yes?.Fact.GetType().Name ?? No?.Code ?? "time"}";
}
