using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Publishing;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Oversight.Tests.Messages;

/// <summary>Facts come as they may: whole, twice, early, contradicting, forged.</summary>
public sealed class Arrivals
{
    [Theory, OnBothDatabases]
    public async Task Every_kind_of_fact_that_is_committed_is_appended_byte_for_byte(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        await AllArriveAsync(oversight, oversight);
    }

    [Theory, OnBothDatabases]
    public async Task Over_the_broker_too_from_a_service_that_knows_nothing_of_its_readers(Store store)
    {
        await using var broker = await TestBroker.CreateAsync();
        await using var oversight = await ServiceUnderTest.StartAsync(new Setup(store) { Broker = broker }, new OversightModule());
        await using var source = await ServiceUnderTest.StartAsync(new Setup(store) { Broker = broker }, new SourceModule());
        await AllArriveAsync(source, oversight);
    }

    [Theory, OnBothDatabases]
    public async Task What_was_committed_before_the_host_started_arrives_too(Store store)
    {
        await using var backends = new Backends(store);
        var rows = Chains.OfEveryKind(1).ToList();
        await using (var before = await ServiceUnderTest.StartAsync(new Setup(store) { Backends = backends }, new OversightModule()))
        {
            await before.StopAsync();
            await before.Db<OversightDb>(async db =>
            {
                db.Outbox.AddRange(rows);
                await db.SaveChangesAsync();
            });
        }
        await using var oversight = await ServiceUnderTest.StartAsync(new Setup(store) { Backends = backends }, new OversightModule());
        await AreThereAsync(oversight, rows);
    }

    [Theory, OnBothDatabases]
    public async Task Entries_that_come_all_at_once_in_any_order_and_twice_make_one_whole_chain(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        var rows = Chains.OfDraft(Guid.CreateVersion7(), 60).ToList();
        var twice = rows.Concat(rows).ToArray();
        new Random(7).Shuffle(twice);
        await Task.WhenAll(twice.Select(row => oversight.Send(row)));

        var report = LedgerVerification.Over(await oversight.Db<OversightDb, List<LedgerEntry>>(db => db.Ledger.OrderBy(e => e.Version).ToListAsync()));
        report.Verifies.ShouldBeTrue(report.First?.ToString());
        report.Entries.ShouldBe(60);
        (await AlertsAsync(oversight)).ShouldBeEmpty();
        (await oversight.Db<OversightDb, int>(db => db.MissingEntries.CountAsync())).ShouldBe(0);
        (await oversight.Db<OversightDb, int>(db => db.DeadLetters.CountAsync())).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task A_second_history_of_one_version_is_told_once_and_kept_as_evidence(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        var draft = Guid.CreateVersion7();
        await oversight.Send(Chains.OfDraft(draft, 1)[0]);
        var forked = OutboxEntry.For("draft", draft.ToString(), Chains.Revision(draft, 1, digest: "ff"), null);
        await oversight.Send(forked);
        await oversight.Send(forked);

        var alert = (await AlertsAsync(oversight)).ShouldHaveSingleItem();
        (alert.Kind, alert.Subject, alert.Mission).ShouldBe((AlertKind.Fork, $"draft/{draft}/1", "KBL"));
        alert.Evidence.ShouldBe(forked.Body);
        (await oversight.Db<OversightDb, int>(db => db.Ledger.CountAsync())).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task An_entry_built_on_something_else_is_kept_and_told(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        var draft = Guid.CreateVersion7();
        await oversight.Send(Chains.OfDraft(draft, 1)[0]);
        await oversight.Send(OutboxEntry.For("draft", draft.ToString(), Chains.Revision(draft, 2), new byte[32]));

        (await AlertsAsync(oversight)).ShouldHaveSingleItem().Kind.ShouldBe(AlertKind.BrokenChain);
        (await oversight.Db<OversightDb, int>(db => db.Ledger.CountAsync())).ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    public async Task A_gap_is_told_once_after_its_time_and_cleared_when_it_is_filled(Store store)
    {
        var clock = new ManualClock();
        await using var oversight = await ServiceUnderTest.StartAsync(new Setup(store) { Clock = clock }, new OversightModule());
        var rows = Chains.OfDraft(Guid.CreateVersion7(), 3);
        await oversight.Send(rows[0]);
        await oversight.Send(rows[2]);
        clock.Advance(TimeSpan.FromSeconds(59));
        (await AlertsAsync(oversight)).ShouldBeEmpty();

        var alert = await Eventually.Get(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return (await AlertsAsync(oversight)).SingleOrDefault();
        }, alert => alert is not null);
        (alert!.Kind, alert.Subject, alert.ClearedAt).ShouldBe((AlertKind.Gap, $"draft/{rows[0].AggregateId}/2", null));
        clock.Advance(TimeSpan.FromMinutes(5));

        await oversight.Send(rows[1]);
        (await AlertsAsync(oversight)).ShouldHaveSingleItem().ClearedAt.ShouldBe(clock.GetUtcNow());
        (await oversight.Db<OversightDb, int>(db => db.MissingEntries.CountAsync())).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task What_no_relay_sent_is_no_entry_and_told_with_what_came(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        var forged = new PermitIssued(Guid.CreateVersion7(), 1, Guid.CreateVersion7(), "ab", "KBL", "noticeboard:KBL", Guid.CreateVersion7(), "{}", Chains.Start);
        await oversight.Services.GetRequiredService<IBus>().Publish(forged, context => context.MessageId = Guid.CreateVersion7(), TestContext.Current.CancellationToken);

        var alert = await Eventually.Get(async () => (await AlertsAsync(oversight)).SingleOrDefault(), alert => alert is not null);
        alert!.Kind.ShouldBe(AlertKind.NoEntry);
        System.Text.Encoding.UTF8.GetString(alert.Evidence!).ShouldContain(forged.PermitId.ToString());
        (await oversight.Db<OversightDb, int>(db => db.Ledger.CountAsync())).ShouldBe(0);
        (await oversight.Db<OversightDb, int>(db => db.DeadLetters.CountAsync())).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task A_refused_permit_a_held_release_and_a_doubtful_permit_are_told_once_each(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        var refused = await oversight.Publish(new PermitRefused(Guid.CreateVersion7(), 1, "permit.signature", "ab", null, null, Chains.Start));
        var held = await oversight.Publish(new ReleaseHeld(Guid.CreateVersion7(), 1, Guid.CreateVersion7(), "ab", "TYO", "release.stale", Chains.Start.AddSeconds(1)));
        var doubtful = await oversight.Publish(new Contracts.Clearance.PermitGroundsLapsed(
            Guid.CreateVersion7(), 1, Guid.CreateVersion7(), "ab", "TYO", Guid.CreateVersion7(), "account-closed", Chains.Start.AddSeconds(2)));
        await oversight.Send(refused);
        await oversight.Send(held);
        await oversight.Send(doubtful);

        (await AlertsAsync(oversight)).OrderBy(a => a.At).Select(a => (a.Kind, a.Subject, a.Reason, a.Mission)).ShouldBe(
        [
            (AlertKind.PermitRefused, "envelope/ab", "permit.signature", null),
            (AlertKind.ReleaseHeld, $"release/{held.AggregateId}", "release.stale", "TYO"),
            (AlertKind.PermitGroundsLapsed, $"clearance-request/{doubtful.AggregateId}", "account-closed", "TYO"),
        ]);
    }

    [Theory, OnBothDatabases]
    public async Task An_office_passed_over_a_review_overdue_and_a_permit_withheld_are_told_once_each(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        var (by, draft, at) = (new Capacity("2001", "CENTRAL"), Guid.CreateVersion7(), Chains.Start);
        var first = await oversight.Publish(new OfficeBypassed(Guid.CreateVersion7(), 1, draft, "ab", "TYO", Guid.CreateVersion7(), by, "DESK-GULF", at, at));
        var last = await oversight.Publish(new PackageCleared(Guid.CreateVersion7(), 1, draft, "ab", "TYO", Guid.CreateVersion7(), DecisionKind.Bypassed, by, at, at.AddSeconds(1)) { PassedOver = "HUB-ASIA" });
        var overdue = await oversight.Publish(new ReviewOverdue(Guid.CreateVersion7(), 1, draft, "ab", "TYO", Guid.CreateVersion7(), at, at.AddSeconds(2)));
        await oversight.Publish(new PackageCleared(Guid.CreateVersion7(), 1, draft, "ab", "TYO", Guid.CreateVersion7(), DecisionKind.Cleared, by, at, at.AddSeconds(3)));
        var withheld = await oversight.Publish(new PermitWithheld(Guid.CreateVersion7(), 1, draft, "ab", "TYO", "clearance.not-cleared", at.AddSeconds(4)));
        foreach (var row in new[] { first, last, overdue, withheld }) await oversight.Send(row);

        (await AlertsAsync(oversight)).OrderBy(a => a.At).Select(a => (a.Kind, a.Subject, a.Reason, a.Mission)).ShouldBe(
        [
            (AlertKind.OfficeBypassed, $"request/{first.AggregateId}", "DESK-GULF", "TYO"),
            (AlertKind.OfficeBypassed, $"request/{last.AggregateId}", "HUB-ASIA", "TYO"),
            (AlertKind.ReviewOverdue, $"request/{overdue.AggregateId}", "review.overdue", "TYO"),
            (AlertKind.PermitWithheld, $"request/{withheld.AggregateId}", "clearance.not-cleared", "TYO"),
        ]);
    }

    [Theory, OnBothDatabases]
    public async Task The_latest_name_of_a_mission_wins_whatever_comes_last(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        MissionRecorded Named(int version) => new("KBL", version, $"Name {version}", "embassy", "Kabul", "AF", "South Asia", "Asia/Kabul", ["en", "fa", "ps"], Chains.Start.AddSeconds(version));
        await Task.WhenAll(new[] { 3, 1, 5, 2, 4 }.Select(version => oversight.Publish(Named(version))));
        (await oversight.Db<OversightDb, string>(db => db.Missions.Select(m => m.Name).SingleAsync())).ShouldBe("Name 5");
    }

    private static async Task AllArriveAsync(ServiceUnderTest source, ServiceUnderTest oversight)
    {
        var rows = Enumerable.Range(1, 5).SelectMany(Chains.OfEveryKind).Concat(Chains.OfDraft(Guid.CreateVersion7(), 40)).ToList();
        if (source == oversight) await source.Db<OversightDb>(db => CommitAsync(db, rows));
        else await source.Db<SourceDb>(db => CommitAsync(db, rows));
        await AreThereAsync(oversight, rows);
        (await AlertsAsync(oversight)).Where(a => a.Kind is not (AlertKind.PermitRefused or AlertKind.ReleaseHeld or AlertKind.OfficeBypassed or AlertKind.ReviewOverdue or AlertKind.PermitGroundsLapsed or AlertKind.PermitWithheld)).ShouldBeEmpty();
    }

    private static async Task CommitAsync(PlatformDb db, IEnumerable<OutboxRow> rows)
    {
        db.Outbox.AddRange(rows);
        await db.SaveChangesAsync();
    }

    private static async Task AreThereAsync(ServiceUnderTest oversight, IReadOnlyCollection<OutboxRow> rows)
    {
        await Eventually.Be(async () => await oversight.Db<OversightDb, int>(db => db.Ledger.CountAsync()) == rows.Count);
        var kept = await oversight.Db<OversightDb, Dictionary<string, byte[]>>(db => db.Ledger.ToDictionaryAsync(e => $"{e.Type} {e.AggregateId} {e.Version}", e => e.Body));
        foreach (var row in rows) kept[$"{row.Type} {row.AggregateId} {row.Version}"].ShouldBe(row.Body);
    }

    private static Task<List<Alert>> AlertsAsync(ServiceUnderTest oversight) => oversight.Db<OversightDb, List<Alert>>(db => db.Alerts.AsNoTracking().ToListAsync());
}
