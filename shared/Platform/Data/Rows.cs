namespace WorkflowPlatform.Platform.Data;

/// <summary>One fact that was committed with its state and is to be sent: the transactional outbox, and at the same time the ledger entry at its birth.</summary>
public sealed class OutboxRow
{
    /// <summary>Given by the database; later facts of an aggregate have higher ones, because a writer reads the version before it writes.</summary>
    public long Id { get; init; }
    public Guid MessageId { get; init; }
    public required string Aggregate { get; init; }
    public required string AggregateId { get; init; }
    public int Version { get; init; }

    /// <summary>Full name of the contract type.</summary>
    public required string Type { get; init; }

    /// <summary>Canonical JSON of the fact with its ledger block; these bytes are sent, hashed and appended, never re-serialised.</summary>
    public required byte[] Body { get; init; }

    /// <summary>SHA-256 of <see cref="Body"/>.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>W3C trace context of the request or message that made it.</summary>
    public string? TraceParent { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset? NextTryAt { get; init; }
    public string? LastError { get; init; }

    /// <summary>Given up after too many tries; a person has to look. Never dropped.</summary>
    public DateTimeOffset? ParkedAt { get; init; }
}

/// <summary>A message that a consumer has dealt with.</summary>
public sealed record InboxRow(string Consumer, Guid MessageId, DateTimeOffset At);

/// <summary>The answer that was given to a command, to be given again when the same command comes again.</summary>
public sealed class IdempotencyRow
{
    public required string Person { get; init; }
    public required string Route { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and the body's SHA-256.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>0 inside the command's transaction only.</summary>
    public int Status { get; set; }
    public string? Body { get; set; }
    public string? Etag { get; set; }
    public string? Location { get; set; }
    public DateTimeOffset At { get; init; }
}

/// <summary>A message that a consumer of the in-memory bus could not deal with, and why.</summary>
public sealed class DeadLetterRow
{
    public long Id { get; init; }
    public Guid MessageId { get; init; }
    public required string Queue { get; init; }
    public required string Type { get; init; }
    public required byte[] Body { get; init; }
    public required string Reason { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>Set by whoever wants it tried again; cleared by the one who does.</summary>
    public bool Replay { get; set; }
}

/// <summary>A person's appointment as this service last heard of it.</summary>
public sealed record AppointmentRow(Guid Id, int Version, string Person, string Office, string Role, DateTimeOffset From, DateTimeOffset? To);

/// <summary>Which person a token speaks of.</summary>
public sealed record IdentityRow(string Issuer, string Subject, string Person);

/// <summary>The version of a person that this service last heard of: it stays when they have no identity any more.</summary>
public sealed record KnownPersonRow(string Person, int Version);
