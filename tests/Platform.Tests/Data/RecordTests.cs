using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Data;

public sealed class RecordTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 9, 0, 0, 123, TimeSpan.Zero);
    private static readonly Capacity By = new("P1", "KBL");

    [Theory, OnBothDatabases]
    public async Task Each_version_is_one_outbox_row_chained_to_the_one_before(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        var id = await WriteAsync(sample, versions: 3);

        var rows = await sample.Db<SampleDb, List<OutboxRow>>(db => db.Outbox.AsNoTracking().OrderBy(row => row.Id).ToListAsync());
        var head = await sample.Db<SampleDb, byte[]?>(db => db.Notes.Select(n => EF.Property<byte[]?>(n, "LedgerHead")).SingleAsync());

        rows.Select(row => row.Version).ShouldBe([1, 2, 3]);
        string? previous = null;
        foreach (var row in rows)
        {
            (row.Aggregate, row.AggregateId, row.Type).ShouldBe(("note", id.ToString(), "WorkflowPlatform.Contracts.Drafting.RevisionSaved"));
            row.Hash.ShouldBe(SHA256.HashData(row.Body));
            CanonicalJson.Serialize(JsonElement.Parse(row.Body)).ShouldBe(row.Body);
            var ledger = JsonElement.Parse(row.Body).GetProperty("ledger");
            ledger.GetProperty("previous").GetString().ShouldBe(previous);
            ledger.GetProperty("aggregate").GetString().ShouldBe("note");
            ledger.GetProperty("id").GetString().ShouldBe(id.ToString());
            ledger.GetProperty("type").GetString().ShouldBe(row.Type);
            ledger.GetProperty("version").GetInt32().ShouldBe(row.Version);
            JsonElement.Parse(row.Body).GetProperty("draftId").GetGuid().ShouldBe(id);
            previous = Convert.ToHexStringLower(row.Hash);
        }
        head.ShouldBe(rows[^1].Hash);
        rows.Select(row => row.MessageId).Distinct().Count().ShouldBe(3);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_recorded_reads_back_the_same(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        var id = await WriteAsync(sample, versions: 2);

        var note = await sample.Db<SampleDb, Note>(db => db.Notes.AsNoTracking().SingleAsync(n => n.Id == id));

        (note.Version, note.Mission, note.Status, note.Revision, note.UpdatedAt).ShouldBe((2, "KBL", NoteStatus.Open, 2, Start.AddSeconds(1)));
        note.Authors.ShouldBe(["P1"]);
        // Instants order and compare in the database.
        (await sample.Db<SampleDb, int>(db => db.Notes.CountAsync(n => n.UpdatedAt > Start && n.UpdatedAt <= Start.AddSeconds(1)))).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Of_two_who_change_the_same_version_one_wins_and_the_other_leaves_no_trace(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        var id = await WriteAsync(sample, versions: 1);

        await sample.Db<SampleDb>(first => sample.Db<SampleDb>(async second =>
        {
            var (mine, theirs) = (await first.Notes.SingleAsync(n => n.Id == id), await second.Notes.SingleAsync(n => n.Id == id));
            first.Record(mine, Saved(mine, id, 5));
            second.Record(theirs, Saved(theirs, id, 6));
            await first.SaveChangesAsync();
            await Should.ThrowAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());
        }));

        (await sample.Db<SampleDb, int>(db => db.Outbox.CountAsync())).ShouldBe(2);
        (await sample.Db<SampleDb, Note>(db => db.Notes.SingleAsync())).UpdatedAt.ShouldBe(Start.AddSeconds(5));
    }

    [Theory, OnBothDatabases]
    public async Task A_decision_that_is_not_exactly_one_version_is_a_bug_and_throws(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        var id = await WriteAsync(sample, versions: 1);

        await sample.Db<SampleDb>(async db =>
        {
            var note = await db.Notes.SingleAsync(n => n.Id == id);
            var accepted = Saved(note, id, 1);
            Should.Throw<InvalidOperationException>(() => db.Record(note, accepted with { State = accepted.State with { Version = 3 } }));
            Should.Throw<InvalidOperationException>(() => db.Record(note, accepted with { Fact = (RevisionSaved)accepted.Fact with { Version = 3 } }));
            Should.Throw<InvalidOperationException>(() => db.Record(null, accepted));
        });
    }

    [Theory, OnBothDatabases]
    public async Task A_record_that_the_context_does_not_watch_is_not_told_without_being_kept(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        var id = await WriteAsync(sample, versions: 1);

        await sample.Db<SampleDb>(async db =>
        {
            var note = await db.Notes.AsNoTracking().SingleAsync(n => n.Id == id);
            Should.Throw<InvalidOperationException>(() => db.Record(note, Saved(note, id, 1)));
        });
    }

    private static async Task<Guid> WriteAsync(ServiceUnderTest sample, int versions)
    {
        var id = Guid.CreateVersion7(Start);
        for (var version = 0; version < versions; version++)
            await sample.Db<SampleDb>(async db =>
            {
                var note = await db.Notes.SingleOrDefaultAsync(n => n.Id == id);
                db.Record(note, Saved(note, id, version));
                await db.SaveChangesAsync();
            });
        return id;
    }

    private static Accepted<Note> Saved(Note? note, Guid id, int second) =>
        NoteRules.Save(note, id, "KBL", By, Start.AddSeconds(second)).Allows(out var accepted, out var refusal) ? accepted : throw new InvalidOperationException(refusal.Code);
}
