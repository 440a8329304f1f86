using WorkflowPlatform.Oversight.Domain;

namespace WorkflowPlatform.Oversight.Tests.Rules;

/// <summary>What an arriving entry is to those that are there.</summary>
public sealed class Appending
{
    private static readonly Guid Draft = Guid.Parse("0199aaaa-0000-7000-8000-000000000001");
    private static readonly LedgerLink[] Chain = [.. Chains.OfDraft(Draft, 4).Select(row => row.Entry().Link)];

    [Fact]
    public void The_next_entry_is_kept_without_a_word() => LedgerRules.Append(Chain[1], [Chain[0]]).ShouldBe(new Arrival(Keep: true));

    [Fact]
    public void A_repeated_entry_is_ignored() => LedgerRules.Append(Chain[1], [Chain[0], Chain[1], Chain[2]]).ShouldBe(new Arrival(Keep: false));

    [Fact]
    public void An_early_entry_is_kept_and_tells_what_is_missing() => LedgerRules.Append(Chain[2], []).ShouldBe(new Arrival(Keep: true, Missing: 2));

    [Fact]
    public void A_second_entry_for_a_version_is_a_fork_and_not_kept()
    {
        var arrival = LedgerRules.Append(Chain[1] with { Hash = new byte[32] }, [Chain[0], Chain[1]]);
        arrival.Keep.ShouldBeFalse();
        arrival.Alert!.Value.Kind.ShouldBe(AlertKind.Fork);
    }

    [Fact]
    public void An_entry_built_on_another_predecessor_is_kept_and_told()
    {
        var arrival = LedgerRules.Append(Chain[1] with { Previous = new byte[32] }, [Chain[0]]);
        arrival.Keep.ShouldBeTrue();
        arrival.Alert!.Value.Kind.ShouldBe(AlertKind.BrokenChain);
    }

    [Fact]
    public void An_entry_that_its_early_successor_was_not_built_on_is_kept_and_told()
    {
        var arrival = LedgerRules.Append(Chain[1] with { Hash = new byte[32] }, [Chain[0], Chain[2]]);
        arrival.Keep.ShouldBeTrue();
        arrival.Alert!.Value.Kind.ShouldBe(AlertKind.BrokenChain);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"ledger":null}""")]
    [InlineData("""{"ledger":{"aggregate":"draft","id":"x","previous":null,"type":"T","version":0},"version":0,"at":"2026-12-01T09:00:00.000Z"}""")]
    [InlineData("""{"ledger":{"aggregate":"draft","id":"x","previous":null,"type":"T","version":2},"version":1,"at":"2026-12-01T09:00:00.000Z"}""")]
    [InlineData("""{"ledger":{"aggregate":"","id":"x","previous":null,"type":"T","version":1},"version":1,"at":"2026-12-01T09:00:00.000Z"}""")]
    [InlineData("""{"ledger":{"aggregate":"draft","id":"x","previous":"zz","type":"T","version":1},"version":1,"at":"2026-12-01T09:00:00.000Z"}""")]
    [InlineData("""{"ledger":{"aggregate":"draft","id":"x","previous":null,"type":"T","version":1},"version":1,"at":"yesterday"}""")]
    [InlineData("""{"ledger":{"aggregate":"draft","id":"x","previous":null,"type":"T","version":99999999999},"version":1,"at":"2026-12-01T09:00:00.000Z"}""")]
    [InlineData("""{"ledger":{"aggregate":"draft","id":"x","previous":null,"type":"T","version":1},"version":1,"at":"2026-12-01T09:00:00.000Z","draftId":"7"}""")]
    [InlineData("""{"ledger":{"aggregate":"draft","id":"x","previous":null,"type":"T","version":1},"version":1,"at":"2026-12-01T09:00:00.000Z","mission":7}""")]
    public void What_is_no_entry_is_not_read_as_one(string body) => LedgerEntry.Read(System.Text.Encoding.UTF8.GetBytes(body), Chains.Start).ShouldBeNull();

    [Fact]
    public void An_entry_is_read_from_its_body_alone()
    {
        var row = Chains.OfDraft(Draft, 2)[1];
        var entry = row.Entry();
        (entry.Aggregate, entry.AggregateId, entry.Version, entry.Type).ShouldBe((row.Aggregate, row.AggregateId, row.Version, row.Type));
        (entry.DraftId, entry.Mission, entry.At).ShouldBe((Draft, "KBL", row.CreatedAt));
        entry.Hash.ShouldBe(row.Hash);
    }
}
