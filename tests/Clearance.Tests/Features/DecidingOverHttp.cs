using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Features;

public sealed class DecidingOverHttp
{
    [Theory, OnBothDatabases]
    public async Task A_cleared_text_gets_its_permit_when_the_period_for_undoing_is_over_and_not_before(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var request = await clearance.SubmittedAsync();

        var decided = (await clearance.DecideAsync(request)).ShouldBe(200);
        decided["status"].GetString().ShouldBe("Cleared");
        clearance.Clock.Advance(TimeSpan.FromSeconds(19));
        (await clearance.RequestAsync(request.PackageDigest)).Status.ShouldBe(ClearanceStatus.Cleared);

        await clearance.LaterAsync(TimeSpan.FromSeconds(2), async () => (await clearance.RequestAsync(request.PackageDigest)).Status is ClearanceStatus.PermitIssued);
        var facts = await clearance.FactsAsync(request.Id);
        facts.Select(f => f.Type.Split('.')[^1]).ShouldBe([nameof(ClearanceOpened), nameof(PackageCleared), nameof(PermitIssued)]);

        var issued = System.Text.Json.JsonSerializer.Deserialize<PermitIssued>(facts[^1].Body, Json.Storage)!;
        var trust = new TrustedKeys(Directory.CreateDirectory(Path.Combine(clearance.Service.Backends.Folder, "trust")).FullName);
        foreach (var key in Directory.GetFiles(Path.Combine(clearance.Service.Backends.Folder, "keys", "permit"), "*.pub.pem"))
            File.Copy(key, Path.Combine(clearance.Service.Backends.Folder, "trust", Path.GetFileName(key)));
        var payload = Dsse.Verify(issued.Envelope, ReleasePermit.V1, trust, out var why).ShouldNotBeNull(why);
        var permit = CanonicalJson.Parse<ReleasePermit>(payload.Bytes);
        permit.PackageDigest.ShouldBe(request.PackageDigest);
        permit.Account.ShouldBe(request.Account);
        permit.Decisions.Single().Person.ShouldBe("officer");
        permit.PolicyVersion.ShouldBe(request.Route.PolicyVersion);
    }

    [Theory, OnBothDatabases]
    public async Task An_undone_decision_waits_again_and_never_becomes_a_permit(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var request = await clearance.SubmittedAsync();
        (await clearance.DecideAsync(request)).ShouldBe(200);

        (await clearance.Service.Client("colleague").Post($"api/clearance/requests/{request.Id}/reversals", version: 2)).ShouldBe(403, "clearance.not-yours");
        (await clearance.Officer.Post($"api/clearance/requests/{request.Id}/reversals", version: 2)).ShouldBe(200);
        clearance.Clock.Advance(TimeSpan.FromMinutes(5));
        (await clearance.Officer.Get("api/clearance/queue"))["items"].GetArrayLength().ShouldBe(1);
        (await clearance.FactsAsync(request.Id)).ShouldNotContain(f => f.Type.EndsWith(nameof(PermitIssued), StringComparison.Ordinal));
        (await clearance.Officer.Post($"api/clearance/requests/{request.Id}/reversals", version: 3)).ShouldBe(409, "clearance.nothing-to-undo");
    }

    [Theory, OnBothDatabases]
    public async Task A_stale_screen_decides_nothing(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var request = await clearance.SubmittedAsync();
        (await clearance.DecideAsync(request)).ShouldBe(200);

        var stale = (await clearance.DecideAsync(request, by: clearance.Service.Client("colleague"))).ShouldBe(412, "changed");
        stale["yours"].GetString().ShouldBe("\"1\"");
        stale["current"].GetString().ShouldBe("\"2\"");
        (await clearance.Officer.Send(HttpMethod.Post, $"api/clearance/requests/{request.Id}/decisions", new { decision = "Cleared", packageDigest = request.PackageDigest }, "k1")).ShouldBe(428, "if-match.missing");
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_clears_what_they_wrote_not_even_past_the_rule(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var request = await clearance.SubmittedAsync(Package(contributors: ["author", "officer"]));
        (await clearance.DecideAsync(request)).ShouldBe(403, "clearance.contributor");

        // The rule taken out of the way: the database says no by itself.
        await Should.ThrowAsync<DbUpdateException>(() => clearance.Service.Db<ClearanceDb>(async db =>
        {
            var row = await db.Requests.SingleAsync();
            db.Entry(row).CurrentValues.SetValues(row with { Version = row.Version + 1, Decisions = [Decision(row)] });
            await db.SaveChangesAsync();
        }));
        await Should.ThrowAsync<DbUpdateException>(() => clearance.Service.Db<ClearanceDb>(async db =>
        {
            var row = await db.Requests.SingleAsync();
            db.Entry(row).CurrentValues.SetValues(row with { Version = row.Version + 1, Decisions = [Decision(row, "colleague", actingFor: "author")] });
            await db.SaveChangesAsync();
        }));
    }

    [Theory, OnBothDatabases]
    public async Task A_return_needs_a_reason_and_words(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var request = await clearance.SubmittedAsync();
        (await clearance.DecideAsync(request, new { decision = "Returned", packageDigest = request.PackageDigest })).ShouldBe(400);
        (await clearance.DecideAsync(request, new { decision = "Returned", packageDigest = request.PackageDigest, reasonCode = "because", comment = "x" })).ShouldBe(400);
        (await clearance.DecideAsync(request, new { decision = "Returned", packageDigest = request.PackageDigest, reasonCode = "facts", comment = "Name the committee." })).ShouldBe(200);

        // The author hears of it only when it can no longer be undone.
        var author = clearance.Service.Client("author");
        var before = await author.Get($"api/clearance/requests/{request.Id}");
        before["status"].GetString().ShouldBe("InClearance");
        before["decisions"].GetArrayLength().ShouldBe(0);
        await clearance.LaterAsync(TimeSpan.FromSeconds(21), async () => (await author.Get($"api/clearance/requests/{request.Id}"))["status"].GetString() == "Returned");
        (await author.Get($"api/clearance/requests/{request.Id}"))["decisions"][0].GetProperty("comment").GetString().ShouldBe("Name the committee.");
    }

    [Theory, OnBothDatabases]
    public async Task A_press_repeated_decides_once_and_opens_the_same_next_one(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var first = await clearance.SubmittedAsync();
        var second = await clearance.SubmittedAsync(Package(notBefore: Noon.AddHours(5)));

        var once = (await clearance.DecideAsync(first, key: "press")).ShouldBe(200);
        var again = (await clearance.DecideAsync(first, key: "press")).ShouldBe(200);
        again.Body.ShouldBe(once.Body);
        again.ETag.ShouldBe(once.ETag);
        once["next"].GetGuid().ShouldBe(second.Id);
        (await clearance.FactsAsync(first.Id)).Count.ShouldBe(2);
    }
}
