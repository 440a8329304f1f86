using System.Security.Cryptography;

namespace WorkflowPlatform.Oversight.Domain;

/// <summary>An entry that is not as it was appended.</summary>
public sealed record LedgerBreak(string Aggregate, string Id, int Version, string Reason);

/// <summary>Versions of an aggregate that should be there and are not.</summary>
public sealed record LedgerGap(string Aggregate, string Id, int From, int To);

/// <summary>What the verification found. The lists hold the first hundred; the numbers count all.</summary>
/// <param name="Heads">Aggregates whose chain is whole from the first entry to the last.</param>
/// <param name="First">The first bad or missing entry, in the order of aggregate, id and version.</param>
public sealed record LedgerReport(
    long Entries, long Aggregates, long Heads, long Broken, long Missing, LedgerBreak? First,
    IReadOnlyList<LedgerBreak> Breaks, IReadOnlyList<LedgerGap> Gaps)
{
    public bool Verifies => First is null;
}

/// <summary>Goes over the ledger and tells whether anybody changed it. Pure: it looks at the entries and at nothing else.</summary>
/// <remarks>
/// It holds one entry at a time, however many there are. A chain proves everything before its last entry: that the last
/// one is the owner's last can only the owner say, so heads are to be compared with the owners' (<c>GET ledger/heads</c>).
/// </remarks>
public sealed class LedgerVerification
{
    private const int MostListed = 100;

    private readonly List<LedgerBreak> breaks = [];
    private readonly List<LedgerGap> gaps = [];
    private long entries, aggregates, faulty, broken, missing;
    private LedgerBreak? first;
    private LedgerEntry? before;
    private bool beforeFlawed, chainFlawed;

    /// <param name="ordered">By aggregate, id and version.</param>
    public static LedgerReport Over(IEnumerable<LedgerEntry> ordered)
    {
        var verification = new LedgerVerification();
        foreach (var entry in ordered) verification.Add(entry);
        return verification.Report();
    }

    /// <summary>The next entry, in the order of aggregate, id and version.</summary>
    public void Add(LedgerEntry entry)
    {
        entries++;
        if (before is null || before.Aggregate != entry.Aggregate || before.AggregateId != entry.AggregateId) Begin();

        var expected = (before?.Version ?? 0) + 1;
        var flaw = entry.Version < expected ? "The version is there twice." : FlawOf(entry);
        if (entry.Version > expected) Gap(entry, expected);
        // An entry that is right by itself vouches for the one before it.
        else if (flaw is null && before is not null && !beforeFlawed && LedgerRules.FlawBetween(before.Link, entry.Link) is { } changed)
            Break(before, changed);
        if (flaw is not null) Break(entry, flaw);
        (before, beforeFlawed) = (entry, flaw is not null);
    }

    public LedgerReport Report() =>
        new(entries, aggregates, aggregates - faulty - (chainFlawed ? 1 : 0), broken, missing, first, [.. breaks], [.. gaps]);

    /// <summary>What is wrong with an entry by itself: its hash, or a column that says something else than its body.</summary>
    private static string? FlawOf(LedgerEntry entry)
    {
        if (!SHA256.HashData(entry.Body).AsSpan().SequenceEqual(entry.Hash)) return "The body is not what its hash was taken of.";
        if (LedgerEntry.Read(entry.Body, entry.ReceivedAt) is not { } said) return "The body is no entry.";
        if (!(said.Previous ?? []).AsSpan().SequenceEqual(entry.Previous ?? [])) return "The hash of the entry before is not the body's.";
        return (said with { Seq = entry.Seq, Body = entry.Body, Hash = entry.Hash, Previous = entry.Previous }) != entry
            ? "A column says something else than the body."
            : LedgerRules.FlawOfStart(entry.Link);
    }

    private void Begin()
    {
        if (chainFlawed) faulty++;
        aggregates++;
        (before, beforeFlawed, chainFlawed) = (null, false, false);
    }

    private void Gap(LedgerEntry next, int from)
    {
        var gap = new LedgerGap(next.Aggregate, next.AggregateId, from, next.Version - 1);
        missing += gap.To - gap.From + 1;
        if (gaps.Count < MostListed) gaps.Add(gap);
        first ??= new(gap.Aggregate, gap.Id, gap.From, "The entry is missing.");
        chainFlawed = true;
    }

    private void Break(LedgerEntry entry, string reason)
    {
        var flaw = new LedgerBreak(entry.Aggregate, entry.AggregateId, entry.Version, reason);
        broken++;
        if (breaks.Count < MostListed) breaks.Add(flaw);
        first ??= flaw;
        chainFlawed = true;
    }
}
