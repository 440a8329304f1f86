using System.Security.Cryptography;
using System.Text.Json;

namespace WorkflowPlatform.Oversight.Domain;

/// <summary>One step in the life of one aggregate, as its owner committed and sent it.</summary>
/// <remarks>The body's bytes are kept as they came. Every other column only says again what stands in them, and is checked against them.</remarks>
public sealed record LedgerEntry
{
    /// <summary>Order of arrival. It proves nothing: aggregates are chained, arrivals are not.</summary>
    public long Seq { get; init; }
    public required string Aggregate { get; init; }
    public required string AggregateId { get; init; }

    /// <summary>1 for the first entry of an aggregate, then without gaps.</summary>
    public required int Version { get; init; }

    /// <summary>Full name of the contract type.</summary>
    public required string Type { get; init; }

    /// <summary>Canonical JSON; it holds the hash of the entry before, so that the hash covers the whole past.</summary>
    public required byte[] Body { get; init; }

    /// <summary>SHA-256 of <see cref="Body"/>.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Hash of the aggregate's entry before this one; null for the first.</summary>
    public byte[]? Previous { get; init; }
    public Guid? DraftId { get; init; }
    public string? Mission { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    public LedgerLink Link => new(Version, Hash, Previous);

    /// <summary>The entry that a body is; null when it is none.</summary>
    public static LedgerEntry? Read(byte[] body, DateTimeOffset receivedAt)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var (fact, block) = (document.RootElement, document.RootElement.GetProperty("ledger"));
            var (version, previous) = (block.GetProperty("version").GetInt32(), block.GetProperty("previous").GetString());
            if (version < 1 || fact.GetProperty("version").GetInt32() != version) return null;
            return new LedgerEntry
            {
                Aggregate = Required(block, "aggregate"),
                AggregateId = Required(block, "id"),
                Version = version,
                Type = Required(block, "type"),
                Body = body,
                Hash = SHA256.HashData(body),
                Previous = previous is null ? null : Convert.FromHexString(previous),
                DraftId = fact.TryGetProperty("draftId", out var draft) && draft.ValueKind is not JsonValueKind.Null ? draft.GetGuid() : null,
                Mission = fact.TryGetProperty("mission", out var mission) ? mission.GetString() : null,
                At = fact.GetProperty("at").GetDateTimeOffset().ToUniversalTime(),
                ReceivedAt = receivedAt,
            };
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null; // Something else than an owner's relay made it.
        }
    }

    private static string Required(JsonElement block, string name) =>
        block.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException(name);
}

/// <summary>What ties an entry to its neighbours.</summary>
public sealed record LedgerLink(int Version, byte[] Hash, byte[]? Previous);
