namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>When a rule matches: and, or and not over sets, intervals and presence, and nothing more, so that what it can match is decided and not guessed.</summary>
public abstract record Condition
{
    /// <summary>Where it stands in the file it came from; 0 when it came from none.</summary>
    public int Line { get; init; }

    public static Condition Always { get; } = new All([]);

    /// <summary>Every one of them; of none, always.</summary>
    public sealed record All(IReadOnlyList<Condition> Of) : Condition;

    /// <summary>At least one of them; of none, never.</summary>
    public sealed record Any(IReadOnlyList<Condition> Of) : Condition;

    public sealed record Not(Condition Of) : Condition;

    /// <summary>The aspect is one of the values; where a text has several, at least one of them is.</summary>
    public sealed record In(string Aspect, IReadOnlyList<string> Values) : Condition;

    /// <summary>The aspect lies between the two, ends included.</summary>
    public sealed record Between(string Aspect, int From, int To) : Condition;

    /// <summary>The text has it.</summary>
    public sealed record Present(string Aspect) : Condition;

    /// <summary>A condition that the pack defines by name.</summary>
    public sealed record Defined(string Name) : Condition;
}
