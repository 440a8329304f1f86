using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Oversight.Tests.Rules;

/// <summary>Going over the ledger finds what was changed, and names the first place.</summary>
public sealed class Verification
{
    private static readonly Guid Draft = Guid.Parse("0199aaaa-0000-7000-8000-000000000001");

    [Fact]
    public void An_empty_ledger_verifies()
    {
        var report = LedgerVerification.Over([]);
        report.Verifies.ShouldBeTrue();
        report.Entries.ShouldBe(0);
    }

    [Fact]
    public void Untouched_chains_verify_and_are_counted()
    {
        var report = LedgerVerification.Over(Ledger([3, 1, 5]));
        report.ShouldBe(new LedgerReport(9, 3, 3, 0, 0, null, report.Breaks, report.Gaps));
        report.Breaks.ShouldBeEmpty();
        report.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public void A_missing_first_entry_is_a_gap()
    {
        var report = LedgerVerification.Over(Ledger([4]).Skip(2));
        report.Gaps.ShouldBe([new LedgerGap("draft", Id(0), 1, 2)]);
        report.First!.Version.ShouldBe(1);
        report.Heads.ShouldBe(0);
    }

    [Fact]
    public void A_first_entry_that_names_one_before_it_is_found()
    {
        var forged = OutboxEntry.For("draft", Draft.ToString(), Chains.Revision(Draft, 1), new byte[32]).Entry();
        LedgerVerification.Over([forged]).First!.Reason.ShouldContain("first entry");
    }

    [Fact]
    public void A_later_entry_that_names_none_before_it_is_found()
    {
        var entries = Ledger([3]);
        entries[1] = OutboxEntry.For("draft", Id(0), Chains.Revision(Guid.Parse(Id(0)), 2), null).Entry();
        LedgerVerification.Over(entries).First!.Version.ShouldBe(2);
    }

    [Fact]
    public void Numbers_count_everything_even_where_the_lists_end()
    {
        var report = LedgerVerification.Over(Ledger([.. Enumerable.Repeat(2, 300)]).Select(e => e with { Mission = "TYO" }));
        report.Broken.ShouldBe(600);
        report.Breaks.Count.ShouldBe(100);
        report.Heads.ShouldBe(0);
    }

    [Fact]
    public void Whatever_chains_there_are_untouched_they_verify() =>
        Prop.ForAll(Lengths(), lengths => LedgerVerification.Over(Ledger(lengths)) is { Verifies: true } report && report.Entries == lengths.Sum() && report.Heads == lengths.Length)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Whichever_entry_is_changed_in_whatever_way_it_is_found_and_named() =>
        Prop.ForAll(Lengths(), Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), Gen.Elements(Enum.GetValues<Harm>()).ToArbitrary(), (lengths, where, harm) =>
        {
            var entries = Ledger(lengths);
            var owners = entries.Heads();
            var at = where % entries.Count;
            var hurt = entries[at];
            var isHead = owners[$"draft/{hurt.AggregateId}"].StartsWith($"{hurt.Version} ", StringComparison.Ordinal);
            var report = LedgerVerification.Over(Hurt(entries, at, harm).InOrder());

            // What a chain cannot know of its own end, the owner's head tells.
            if ((isHead && harm is Harm.Deleted or Harm.RewrittenWithItsHash) || harm is Harm.Appended)
                return owners.Except(Hurt(entries, at, harm).Heads()).Select(head => head.Key).SequenceEqual([$"draft/{hurt.AggregateId}"]);
            return report.First is { } first && first.Id == hurt.AggregateId && first.Version == hurt.Version;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    /// <summary>What somebody with all rights on the database may do to an entry.</summary>
    private enum Harm { BodyByte, RewrittenWithItsHash, HashAlone, Deleted, Column, Renumbered, Doubled, Appended }

    private static List<LedgerEntry> Hurt(IReadOnlyList<LedgerEntry> entries, int at, Harm harm)
    {
        var (ledger, hurt) = (entries.ToList(), entries[at]);
        var id = Guid.Parse(hurt.AggregateId);
        LedgerEntry Forged(int version, byte[]? previous) => OutboxEntry.For("draft", hurt.AggregateId, Chains.Revision(id, version, digest: "cd"), previous).Entry();
        switch (harm)
        {
            case Harm.BodyByte: ledger[at] = hurt with { Body = [.. hurt.Body[..20], (byte)(hurt.Body[20] ^ 1), .. hurt.Body[21..]] }; break;
            case Harm.RewrittenWithItsHash: ledger[at] = Forged(hurt.Version, hurt.Previous); break;
            case Harm.HashAlone: ledger[at] = hurt with { Hash = new byte[32] }; break;
            case Harm.Deleted: ledger.RemoveAt(at); break;
            case Harm.Column: ledger[at] = hurt with { Mission = "TYO" }; break;
            case Harm.Renumbered: // Trades places with the next one; the last one moves on its own.
                if (at + 1 < ledger.Count && ledger[at + 1].AggregateId == hurt.AggregateId)
                    (ledger[at], ledger[at + 1]) = (ledger[at + 1] with { Version = hurt.Version }, hurt with { Version = hurt.Version + 1 });
                else ledger[at] = hurt with { Version = hurt.Version + 1 };
                break;
            case Harm.Doubled: ledger.Insert(at + 1, Forged(hurt.Version, hurt.Previous)); break;
            case Harm.Appended:
                var head = ledger.Last(e => e.AggregateId == hurt.AggregateId);
                ledger.Add(Forged(head.Version + 1, head.Hash));
                break;
        }
        return ledger;
    }

    private static Arbitrary<int[]> Lengths() => Gen.Choose(1, 6).NonEmptyListOf().Select(list => list.Take(12).ToArray()).ToArbitrary();

    private static List<LedgerEntry> Ledger(int[] lengths) =>
        lengths.SelectMany((length, n) => Chains.OfDraft(Guid.Parse(Id(n)), length).Select(row => row.Entry())).InOrder();

    private static string Id(int n) => $"0199aaaa-0000-7000-8000-{n:x12}";
}
