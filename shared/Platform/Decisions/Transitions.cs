namespace WorkflowPlatform.Platform.Decisions;

/// <summary>Which fact leads from which status to which: the one table behind the rules, <c>states.md</c> and the buttons.</summary>
/// <param name="rows">A row without a <c>From</c> begins a life.</param>
public sealed class Transitions<TStatus>(params (TStatus? From, string Fact, TStatus To, string When)[] rows) where TStatus : struct, Enum
{
    public IReadOnlyList<(TStatus? From, string Fact, TStatus To, string When)> Rows { get; } = rows;

    /// <summary>Where <paramref name="fact"/> leads from here; null when it may not happen now.</summary>
    public TStatus? Next(TStatus? from, string fact) =>
        Rows.Where(row => Nullable.Equals(row.From, from) && row.Fact == fact).Select(row => (TStatus?)row.To).FirstOrDefault();

    public bool Allows(TStatus? from, string fact) => Next(from, fact) is not null;

    /// <summary>A status that nothing leads out of; what is told of it there leaves it as it is.</summary>
    public bool IsTerminal(TStatus status) => !Rows.Any(row => Nullable.Equals(row.From, status) && !Nullable.Equals(row.To, status));
}
