using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Oversight.Tests.Features;

/// <summary>What happened is told, and told exactly.</summary>
public sealed class History
{
    [Theory, OnBothDatabases]
    public async Task A_post_s_history_is_told_newest_last_with_who_did_it_and_bytes_that_bear_their_hash(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        await oversight.Given.DraftingOfficerAsync("P1", "KBL");
        var draft = Guid.CreateVersion7();
        var rows = Chains.OfDraft(draft, 3, person: "P1").Append(OutboxEntry.For("release", Guid.CreateVersion7().ToString(),
            new Contracts.Publishing.ReleaseHeld(Guid.CreateVersion7(), 1, draft, "ab", "KBL", "release.stale", Chains.Start.AddSeconds(9)), null)).ToList();
        foreach (var row in Enumerable.Reverse(rows)) await oversight.Send(row);
        foreach (var row in Chains.OfDraft(Guid.CreateVersion7(), 2)) await oversight.Send(row);

        var answer = (await oversight.Client("P1").Get($"/api/oversight/history/{draft}")).ShouldBe(200);
        var items = answer["items"].EnumerateArray().ToList();
        items.Select(i => (i.GetProperty("aggregate").GetString(), i.GetProperty("version").GetInt32())).ShouldBe([("draft", 1), ("draft", 2), ("draft", 3), ("release", 1)]);
        items[0].GetProperty("type").GetString().ShouldBe("WorkflowPlatform.Contracts.Drafting.RevisionSaved");
        items[0].GetProperty("by").GetProperty("person").GetString().ShouldBe("P1");
        items[3].GetProperty("by").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        foreach (var (item, row) in items.Zip(rows))
        {
            var body = Encoding.UTF8.GetBytes(item.GetProperty("body").GetRawText());
            body.ShouldBe(row.Body);
            item.GetProperty("hash").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(body)));
        }
    }

    [Theory, OnBothDatabases]
    public async Task An_auditor_has_the_ledger_verified_and_gets_the_heads_to_compare(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        await oversight.Given.PersonAsync("A", (Offices.Central, Roles.Auditor));
        var auditor = oversight.Client("A");
        var rows = Enumerable.Range(1, 4).SelectMany(length => Chains.OfDraft(Guid.CreateVersion7(), length)).ToList();
        foreach (var row in rows) await oversight.Send(row);

        var report = (await auditor.Get("/api/oversight/ledger/verification")).ShouldBe(200).As<LedgerReport>();
        (report.Entries, report.Aggregates, report.Heads, report.First).ShouldBe((10, 4, 4, null));
        var heads = (await auditor.Get("/api/oversight/ledger/heads")).ShouldBe(200).Json.EnumerateArray()
            .ToDictionary(h => $"{h.GetProperty("aggregate")}/{h.GetProperty("id")}", h => $"{h.GetProperty("version")} {h.GetProperty("hash")}");
        heads.ShouldBe(rows.Select(row => row.Entry()).Heads(), ignoreOrder: true);

        await oversight.Db<OversightDb>(db => db.Database.ExecuteSqlRawAsync(store is Store.Sqlite
            ? "drop trigger ledger_entry_not_updated; update ledger_entry set hash = body where version = 2"
            : "alter table ledger_entry disable trigger user; update ledger_entry set hash = body where version = 2"));
        report = (await auditor.Get("/api/oversight/ledger/verification")).ShouldBe(200).As<LedgerReport>();
        (report.Broken, report.Heads, report.First!.Version).ShouldBe((3, 1, 2));
    }

    [Theory, OnBothDatabases]
    public async Task Alerts_are_told_newest_first_page_by_page(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        await oversight.Given.ClearingOfficerAsync("C");
        for (var n = 0; n < 7; n++) // Two of them at one instant.
            await oversight.Publish(new Contracts.Publishing.ReleaseHeld(Guid.CreateVersion7(), 1, Guid.CreateVersion7(), "ab", "KBL", $"reason-{n}", Chains.Start.AddSeconds(n == 4 ? 3 : n)));

        var (client, cursor, reasons) = (oversight.Client("C"), "", new List<string?>());
        do
        {
            var page = (await client.Get($"/api/oversight/alerts?limit=2&cursor={cursor}")).ShouldBe(200);
            reasons.AddRange(page["items"].EnumerateArray().Select(i => i.GetProperty("reason").GetString()));
            cursor = page["next"].GetString();
        } while (cursor is not null);
        reasons.Count.ShouldBe(7);
        reasons.Distinct().Count().ShouldBe(7);
        (reasons[0], reasons[^1]).ShouldBe(("reason-6", "reason-0"));
        (await client.Get("/api/oversight/alerts?cursor=zzz")).ShouldBe(400, "cursor.unreadable");
    }
}
