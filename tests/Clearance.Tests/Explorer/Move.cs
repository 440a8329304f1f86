using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>Something that somebody may try.</summary>
/// <param name="Try">Asks the product's rule. Null when it cannot even be tried there.</param>
/// <param name="Weight">How often it is tried where chance decides.</param>
internal sealed record Move(string Name, Func<Situation, Step?> Try, int Weight = 1);

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

    /// <summary>Who took something back.</summary>
    public string? Undoing { get; init; }

    /// <summary>Every permit that came to be signed.</summary>
    public IReadOnlyList<ReleasePermit> Signed { get; init; } = [];

    /// <summary>As it is kept: with the clocks of those whose turn it has become.</summary>
    public Situation After { get; init; } = Yes is null ? Before : Before with { Request = ClockRules.Wind(Yes.State, Before.Now, (_, minutes) => World.After(Before.Now, minutes)) };

    public override string ToString() => $"{Move} -> {Yes?.Fact.GetType().Name ?? No?.Code ?? "time"}";
}
