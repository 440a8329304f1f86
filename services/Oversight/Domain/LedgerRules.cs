namespace WorkflowPlatform.Oversight.Domain;

/// <summary>What an arriving entry is to the entries that are there.</summary>
/// <param name="Keep">False for one that is there already, or that contradicts one that is.</param>
/// <param name="Alert">What somebody should look at; null when all is well.</param>
/// <param name="Missing">The version before it that has not come yet; null when it has.</param>
public sealed record Arrival(bool Keep, (AlertKind Kind, string Reason)? Alert = null, int? Missing = null);

/// <summary>What may be appended to the ledger, and what is wrong with it. Pure: same inputs, same answer.</summary>
public static class LedgerRules
{
    /// <param name="neighbours">What is there of the same aggregate at the version before, the same version and the one after.</param>
    public static Arrival Append(LedgerLink entry, IReadOnlyCollection<LedgerLink> neighbours)
    {
        LedgerLink? At(int version) => neighbours.SingleOrDefault(link => link.Version == version);

        if (At(entry.Version) is { } same)
            return same.Hash.AsSpan().SequenceEqual(entry.Hash)
                ? new(Keep: false)
                : new(Keep: false, (AlertKind.Fork, $"Version {entry.Version} is there with hash {Hex(same.Hash)}, and another came with hash {Hex(entry.Hash)}."));

        var (before, after) = (At(entry.Version - 1), At(entry.Version + 1));
        var flaw = FlawOfStart(entry)
            ?? (before is null ? null : FlawBetween(before, entry))
            ?? (after is null ? null : FlawBetween(entry, after));
        return new(Keep: true, flaw is null ? null : (AlertKind.BrokenChain, flaw), entry.Version > 1 && before is null ? entry.Version - 1 : null);
    }

    /// <summary>Only a first entry has nothing before it.</summary>
    public static string? FlawOfStart(LedgerLink entry) => (entry.Version, entry.Previous) switch
    {
        (1, not null) => "The first entry names one before it.",
        ( > 1, null) => $"Version {entry.Version} names no entry before it.",
        _ => null,
    };

    /// <summary>What a later entry says of the one before it must be so.</summary>
    public static string? FlawBetween(LedgerLink before, LedgerLink entry) =>
        entry.Previous is null || before.Hash.AsSpan().SequenceEqual(entry.Previous)
            ? null
            : $"Version {before.Version} is not what version {entry.Version} was built on: its hash is {Hex(before.Hash)}, not {Hex(entry.Previous)}.";

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
