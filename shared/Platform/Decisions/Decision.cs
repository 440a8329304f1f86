using System.Diagnostics.CodeAnalysis;
using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Platform.Decisions;

/// <summary>A rule's no: a permanent code for machines and words that tell a person what to do.</summary>
/// <param name="Code">Permanent, <c>area.reason</c>.</param>
/// <param name="Status">HTTP status it is sent with.</param>
public sealed record Refusal(string Code, string Detail, int Status = 409);

/// <summary>A rule's yes: the aggregate as it is from now on, and the one fact that made it so.</summary>
public sealed record Accepted<T>(T State, IFact Fact);

/// <summary>A rule's answer: accepted with its fact, or refused.</summary>
/// <remarks>One accepted decision is one version, one fact and one entry of the ledger. A rule that has nothing to change refuses.</remarks>
public readonly struct Decision<T>
{
    private readonly Accepted<T>? accepted;
    private readonly Refusal? refusal;

    private Decision(Accepted<T>? accepted, Refusal? refusal) => (this.accepted, this.refusal) = (accepted, refusal);

    public bool Allows([NotNullWhen(true)] out Accepted<T>? yes, [NotNullWhen(false)] out Refusal? no)
    {
        (yes, no) = (accepted, refusal);
        return accepted is not null;
    }

    public static implicit operator Decision<T>(Refusal refusal) => new(null, refusal);

    public static implicit operator Decision<T>(Accepted<T> accepted) => new(accepted, null);
}

/// <summary>Words for rules: <c>using static …Decide;</c> and say <c>Accept(state, fact)</c>.</summary>
public static class Decide
{
    public static Accepted<T> Accept<T>(T state, IFact fact) => new(state, fact);
}
