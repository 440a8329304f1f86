using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Clearance.Tests.Features;

public sealed class TryingPolicies
{
    [Theory, OnBothDatabases]
    public async Task A_dry_run_says_which_past_posts_would_have_gone_another_way(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        await clearance.Service.Publish(new MissionRecorded("KBL", 1, "Embassy in Kabul", "embassy", "Kabul", "AF", "Asia", "Asia/Kabul", ["en"], Examples.Noon));
        await clearance.Service.Publish(new OfficeRecorded("DESK-EAST", 1, "East Asia desk", OfficeKinds.CountryDesk, "CENTRAL", "Asia/Tokyo", "09:00-17:00", [], [], ["JP"], Examples.Noon));
        string[] texts = ["The hall opens at nine.", "Afghanistan greets you.", "Japan gives a bridge.", "The visa desk moves.", "We thank Japan and Norway."];
        foreach (var text in texts)
        {
            var request = await clearance.SubmittedAsync(Examples.Package(text: text));
            clearance.Clock.Advance(TimeSpan.FromMinutes(10));
            (await clearance.DecideAsync(request)).ShouldBe(200);
        }
        var digest = PolicyShelf.OfProgram.Single(p => p.Pack.Id == "country-desks").Digest;

        var run = (await clearance.Officer.Get($"api/clearance/policies/{digest}/dry-run")).ShouldBe(200);
        (run["total"].GetInt32(), run["examined"].GetInt32(), run["withoutText"].GetInt32(), run["next"].ValueKind).ShouldBe((5, 5, 0, JsonValueKind.Null));
        run["load"].EnumerateArray().Select(l => (l.GetProperty("office").GetString(), l.GetProperty("had").GetInt32(), l.GetProperty("wouldHaveHad").GetInt32())).ShouldBe([("CENTRAL", 5, 5), ("DESK-EAST", 0, 2)]);
        run["timeOfSame"].ShouldSatisfyAllConditions(t => (t.GetProperty("cleared").GetInt32() + run["timeOfDifferent"].GetProperty("cleared").GetInt32()).ShouldBe(5));
        var bridge = await clearance.Service.Db<ClearanceDb, Guid>(db => db.Requests.AsNoTracking().Where(r => r.Excerpt == texts[2]).Select(r => r.Id).SingleAsync());
        var japan = run["listed"].EnumerateArray().Single(l => l.GetProperty("id").GetGuid() == bridge);
        japan.GetProperty("from").EnumerateArray().Select(Asked).ShouldBe([("CENTRAL", 1)]);
        japan.GetProperty("to").EnumerateArray().Select(Asked).ShouldBe([("DESK-EAST", 1), ("CENTRAL", 2)]);
        japan.GetProperty("rules").EnumerateArray().Select(r => r.GetString()).ShouldBe(["every-text", "desks"]);

        // Page by page it is the same history.
        var (examined, next) = (0, (string?)null);
        do
        {
            var page = (await clearance.Officer.Get($"api/clearance/policies/{digest}/dry-run?limit=2" + (next is null ? "" : $"&cursor={next}"))).ShouldBe(200);
            examined += page["examined"].GetInt32();
            next = page["next"].GetString();
        }
        while (next is not null);
        examined.ShouldBe(5);
        (await clearance.Officer.Get($"api/clearance/policies/{new string('0', 64)}/dry-run")).ShouldBe(404);
        (await clearance.Service.Client("author").Get($"api/clearance/policies/{digest}/dry-run")).ShouldBe(403);

        static (string?, int) Asked(JsonElement office) => (office.GetProperty("office").GetString(), office.GetProperty("stage").GetInt32());
    }

    [Theory, OnBothDatabases]
    public async Task A_dry_run_reads_history_in_batches_and_leaves_none_out(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        const int many = 1_203; // More than two batches, all opened at one instant.
        await clearance.Service.Db<ClearanceDb>(async db =>
        {
            var one = await clearance.SubmittedAsync(Examples.Package(text: "Japan gives a bridge."));
            var bytes = (await db.Packages.AsNoTracking().SingleAsync()).Bytes;
            for (var i = 1; i < many; i++)
            {
                db.Requests.Add(one with { Id = Guid.CreateVersion7(Examples.Noon), DraftId = Guid.CreateVersion7(Examples.Noon), PackageDigest = $"copy-{i}" });
                if (i % 10 > 0) db.Packages.Add(new PackageCopy($"copy-{i}", bytes));
            }
            await db.SaveChangesAsync();
        });
        var digest = PolicyShelf.OfProgram.Single(p => p.Pack.Id == "second-pair-of-eyes").Digest;
        var run = (await clearance.Officer.Get($"api/clearance/policies/{digest}/dry-run")).ShouldBe(200);
        (run["total"].GetInt32(), run["examined"].GetInt32(), run["withoutText"].GetInt32(), run["different"].GetInt32(), run["listed"].GetArrayLength()).ShouldBe((many, many - 120, 120, many - 120, 200));
        // Whoever wants to see it go is told line by line, and the answer is the same.
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"api/clearance/policies/{digest}/dry-run") { Headers = { { "Accept", "application/x-ndjson" } } };
        using var told = await clearance.Officer.SendAsync(asked);
        told.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var lines = (await told.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.SkipLast(1).Select(line => JsonElement.Parse(line)).Select(line => (line.GetProperty("examined").GetInt32(), line.GetProperty("total").GetInt32())).ShouldBe([(500, many), (1_000, many), (many, many)]);
        lines[^1].ShouldBe(run.Body);

        var first = (await clearance.Officer.Get($"api/clearance/policies/{digest}/dry-run?limit=700")).ShouldBe(200);
        var rest = (await clearance.Officer.Get($"api/clearance/policies/{digest}/dry-run?cursor={first["next"].GetString()}")).ShouldBe(200);
        (first["examined"].GetInt32() + rest["examined"].GetInt32(), rest["next"].ValueKind).ShouldBe((many - 120, JsonValueKind.Null));
    }
}
