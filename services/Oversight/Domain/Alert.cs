namespace WorkflowPlatform.Oversight.Domain;

/// <summary>What an alert is about.</summary>
public enum AlertKind
{
    /// <summary>Two different entries claim one version of an aggregate.</summary>
    Fork,

    /// <summary>An entry was not built on the one that is there before it.</summary>
    BrokenChain,

    /// <summary>An entry has been missing for longer than messages take.</summary>
    Gap,

    /// <summary>A message came as a fact and is no entry of any owner's ledger.</summary>
    NoEntry,

    /// <summary>Publishing was handed something as a permit that is none.</summary>
    PermitRefused,

    /// <summary>A release waits for a person.</summary>
    ReleaseHeld,

    /// <summary>An office was passed over, by name and with a reason: the alert's reason is its code, and its head is told too.</summary>
    OfficeBypassed,

    /// <summary>Nobody has reviewed in time what was released before its clearance.</summary>
    ReviewOverdue,

    /// <summary>What an issued permit rests on is no longer so.</summary>
    PermitGroundsLapsed,

    /// <summary>A cleared text gets no permit although its time has come.</summary>
    PermitWithheld,
}

/// <summary>Something that somebody should look at. Raised once for each cause.</summary>
/// <param name="Subject">What it is about, <c>kind/id</c>, with the version where one entry is meant.</param>
/// <param name="MessageId">The message that raised it, so that its repetition raises nothing; null when none did.</param>
/// <param name="Evidence">What came, where the ledger could not keep it.</param>
/// <param name="ClearedAt">When it ceased to be so by itself.</param>
public sealed record Alert(
    Guid Id, AlertKind Kind, string Subject, string Reason, DateTimeOffset At, string? Mission = null,
    Guid? MessageId = null, byte[]? Evidence = null, DateTimeOffset? ClearedAt = null);

/// <summary>An entry that has not come although a later one has.</summary>
/// <param name="Version">The missing one.</param>
/// <param name="AlertId">The alert it raised, once it was old enough.</param>
public sealed record MissingEntry(string Aggregate, string AggregateId, int Version, string? Mission, DateTimeOffset Since, Guid? AlertId = null)
{
    /// <summary>Messages overtake each other by seconds. What is away longer than this has to be looked for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
}
