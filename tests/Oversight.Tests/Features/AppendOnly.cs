using Dapper;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Oversight.Tests.Features;

/// <summary>Nobody changes what is written, and whoever has the rights to do it all the same is found out.</summary>
public sealed class AppendOnly
{
    [Theory, OnBothDatabases]
    public async Task Entries_can_be_neither_changed_nor_removed(Store store)
    {
        await using var oversight = await WithLedgerAsync(store, 1);
        List<string> attempts = ["update ledger_entry set mission = 'TYO'", "delete from ledger_entry"];
        if (store is Store.Postgres) attempts.AddRange(["truncate ledger_entry", "set session_replication_role = replica; delete from ledger_entry"]);
        foreach (var attempt in attempts)
            (await Should.ThrowAsync<Exception>(() => ExecuteAsync(oversight, attempt))).Message.ShouldContain("append-only");
        (await oversight.Db<OversightDb, int>(db => db.Ledger.CountAsync())).ShouldBe(6);
    }

    [Fact]
    public async Task A_role_of_the_service_s_own_may_only_add_and_read()
    {
        await using var backends = new Backends(Store.Postgres);
        var backend = await backends.OpenAsync("oversight");
        await using (var connection = await backend.OpenAsync(ct: TestContext.Current.CancellationToken))
            await connection.ExecuteAsync("do $$ begin create role oversight_app; exception when duplicate_object then end $$");
        await using var oversight = await ServiceUnderTest.StartAsync(new Setup(Store.Postgres) { Backends = backends }, new OversightModule());

        await using var look = await backend.OpenAsync(ct: TestContext.Current.CancellationToken);
        var granted = await look.QueryAsync<string>("select privilege_type from information_schema.role_table_grants where grantee = 'oversight_app' and table_name = 'ledger_entry'");
        granted.Order().ShouldBe(["INSERT", "SELECT"]);
    }

    [Theory, OnBothDatabases]
    public async Task Whatever_somebody_with_all_rights_does_to_an_entry_is_found_and_named(Store store)
    {
        await using var oversight = await WithLedgerAsync(store, 12);
        await UnguardAsync(oversight, store);
        await oversight.Db<OversightDb>(async db =>
        {
            var entries = (await db.Ledger.AsNoTracking().ToListAsync()).InOrder();
            entries.Count.ShouldBe(72);
            LedgerVerification.Over(entries).Verifies.ShouldBeTrue();
            var owners = entries.Heads();
            foreach (var entry in Random.Shared.GetItems(entries.ToArray(), 40).DistinctBy(e => e.Seq))
                foreach (var harm in Harms(entry))
                {
                    await using var undone = await db.Database.BeginTransactionAsync();
                    foreach (var (sql, values) in harm.Steps) await db.Database.ExecuteSqlRawAsync(sql, values);
                    var after = (await db.Ledger.AsNoTracking().ToListAsync()).InOrder();
                    var isHead = owners[$"{entry.Aggregate}/{entry.AggregateId}"].StartsWith($"{entry.Version} ", StringComparison.Ordinal);
                    var what = $"{harm.Name} of {entry.AggregateId}/{entry.Version}";
                    if (isHead && harm.NeedsOwner)
                        owners.Except(after.Heads()).Select(head => head.Key).ShouldBe([$"{entry.Aggregate}/{entry.AggregateId}"], what);
                    else
                        (LedgerVerification.Over(after).First is { } first ? (first.Id, first.Version) : default).ShouldBe((entry.AggregateId, entry.Version + harm.Pushes), what);
                    await undone.RollbackAsync();
                }
        });
    }

    /// <param name="NeedsOwner">At the end of a chain, only the owner can tell.</param>
    private sealed record Harm(string Name, bool NeedsOwner, params (string Sql, object[] Values)[] Steps)
    {
        /// <summary>What is inserted fits; the first that is out of place is the one it pushed on.</summary>
        public int Pushes { get; init; }
    }

    private static IEnumerable<Harm> Harms(LedgerEntry entry)
    {
        var forged = OutboxEntry.For(entry.Aggregate, entry.AggregateId, Chains.Revision(entry.DraftId!.Value, entry.Version, digest: "cd"), entry.Previous).Entry();
        byte[] altered = [.. entry.Body];
        altered[^20] ^= 1;
        yield return new("alteration", false, ("update ledger_entry set body = {0} where seq = {1}", [altered, entry.Seq]));
        yield return new("alteration with its hash", true, ("update ledger_entry set body = {0}, hash = {1} where seq = {2}", [forged.Body, forged.Hash, entry.Seq]));
        yield return new("deletion", true, ("delete from ledger_entry where seq = {0}", [entry.Seq]));
        yield return new("another mission", false, ("update ledger_entry set mission = 'TYO' where seq = {0}", [entry.Seq]));
        yield return new("hiding from its draft", false, ("update ledger_entry set draft_id = null where seq = {0}", [entry.Seq]));
        if (entry.Version > 5) yield break;
        yield return new(
            "reordering", false,
            ("update ledger_entry set version = 1000 where seq = {0}", [entry.Seq]),
            ("update ledger_entry set version = {0} where aggregate_id = {1} and version = {2}", [entry.Version, entry.AggregateId, entry.Version + 1]),
            ("update ledger_entry set version = {0} where seq = {1}", [entry.Version + 1, entry.Seq]));
        yield return new(
            "insertion", false,
            ("update ledger_entry set version = version + 1000 where aggregate_id = {0} and version >= {1}", [entry.AggregateId, entry.Version]),
            ("update ledger_entry set version = version - 999 where aggregate_id = {0} and version >= 1000", [entry.AggregateId]),
            ("""
             insert into ledger_entry (aggregate, aggregate_id, version, type, body, hash, previous, draft_id, mission, at, received_at)
             select aggregate, aggregate_id, {0}, type, {1}, {2}, previous, draft_id, mission, at, received_at from ledger_entry where seq = {3}
             """, [entry.Version, forged.Body, forged.Hash, entry.Seq])) { Pushes = 1 };
    }

    private static async Task<ServiceUnderTest> WithLedgerAsync(Store store, int drafts)
    {
        var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        await Task.WhenAll(Enumerable.Range(0, drafts).SelectMany(_ => Chains.OfDraft(Guid.CreateVersion7(), 6)).Select(row => oversight.Send(row)));
        return oversight;
    }

    private static Task UnguardAsync(ServiceUnderTest oversight, Store store) => ExecuteAsync(oversight, store is Store.Sqlite
        ? "drop trigger ledger_entry_not_updated; drop trigger ledger_entry_not_deleted"
        : "alter table ledger_entry disable trigger user");

    private static Task ExecuteAsync(ServiceUnderTest oversight, string sql) => oversight.Db<OversightDb>(db => db.Database.ExecuteSqlRawAsync(sql));
}
