using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Features;

public sealed class ClearingInBulk
{
    [Theory, OnBothDatabases]
    public async Task Each_is_decided_by_itself_and_a_press_repeated_gives_the_same_answers(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var requests = new List<ClearanceRequest>();
        for (var n = 0; n < 3; n++) requests.Add(await clearance.SubmittedAsync(Package(text: $"Opening hours, day {n}.")));
        // Somebody has seen the second one's earlier version.
        var colleague = clearance.Service.Client("colleague");
        (await clearance.DecideAsync(requests[1], by: colleague)).ShouldBe(200);
        (await colleague.Post($"api/clearance/requests/{requests[1].Id}/reversals", version: 2)).ShouldBe(200);

        var answer = (await BulkAsync(clearance, requests, key: "press")).ShouldBe(200);
        answer["items"].EnumerateArray().Select(i => (i.GetProperty("status").GetString(), i.GetProperty("code").GetString()))
            .ShouldBe([("Cleared", null), (null, "changed"), ("Cleared", null)]);
        (await clearance.RequestAsync(requests[1].PackageDigest)).Status.ShouldBe(ClearanceStatus.InClearance);
        foreach (var done in new[] { requests[0], requests[2] })
            (await clearance.FactsAsync(done.Id)).Select(f => f.Type.Split('.')[^1]).ShouldBe([nameof(ClearanceOpened), nameof(PackageCleared)]);

        (await BulkAsync(clearance, requests, key: "press")).ShouldBe(200).Body.ShouldBe(answer.Body);
        (await clearance.FactsAsync(requests[0].Id)).Count.ShouldBe(2);
        (await BulkAsync(clearance, requests, key: "")).ShouldBe(400, "idempotency.missing");
    }

    [Theory, OnBothDatabases]
    public async Task What_is_not_of_one_kind_has_findings_or_is_not_ones_own_is_refused_and_nothing_happens(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var plain = await clearance.SubmittedAsync();
        var other = await clearance.SubmittedAsync(Package("TYO"));
        var found = await clearance.SubmittedAsync(Package(text: "We greet Brazil."));
        var own = await clearance.SubmittedAsync(Package(contributors: ["author", "officer"]));

        await clearance.Service.Db<Data.ClearanceDb>(async db =>
        {
            var row = await db.Requests.SingleAsync(r => r.Id == other.Id);
            db.Entry(row).CurrentValues.SetValues(row with { Route = row.Route with { Because = [] } }); // As if other rules had asked.
            await db.SaveChangesAsync();
        });
        (await BulkAsync(clearance, [plain, other])).ShouldBe(409, "bulk.not-one-kind")["items"][0].GetGuid().ShouldBe(other.Id);
        (await BulkAsync(clearance, [plain, found])).ShouldBe(409, "bulk.findings")["items"][0].GetGuid().ShouldBe(found.Id);
        (await BulkAsync(clearance, [plain, own])).ShouldBe(409, "bulk.not-yours")["items"][0].GetGuid().ShouldBe(own.Id);
        (await BulkAsync(clearance, [plain, plain])).ShouldBe(400);
        (await BulkAsync(clearance, [.. Enumerable.Range(0, 26).Select(_ => Open())])).ShouldBe(400);
        (await BulkAsync(clearance, [plain, Open()])).ShouldBe(404);
        (await BulkAsync(clearance, [plain], clearance.Service.Client("author"))).ShouldBe(403, "rights.role");
        (await clearance.RequestAsync(plain.PackageDigest)).Version.ShouldBe(1);
    }

    private static Task<Answer> BulkAsync(ClearanceUnderTest clearance, IReadOnlyList<ClearanceRequest> requests, HttpClient? by = null, string? key = null) =>
        (by ?? clearance.Officer).Post("api/clearance/bulk-decisions", new { items = requests.Select(r => new { id = r.Id, version = 1, packageDigest = r.PackageDigest }) }, key);
}
