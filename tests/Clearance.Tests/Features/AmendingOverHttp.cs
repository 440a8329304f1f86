using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Features;

public sealed class AmendingOverHttp
{
    private const string Better = "The consular hall opens at ten.";

    [Theory, OnBothDatabases]
    public async Task A_changed_text_is_a_new_package_that_only_another_officer_can_clear(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var request = await clearance.SubmittedAsync();
        var answer = (await AmendAsync(clearance, request, new { packageDigest = request.PackageDigest, text = Better, comment = "The hour was wrong." })).ShouldBe(200);
        (answer["status"].GetString(), answer.Version).ShouldBe(("AmendmentDecided", 2));
        (await SheetAsync(clearance, request, "author"))["status"].GetString().ShouldBe("InClearance", "until it stands it is the officers' own affair");
        (await SheetAsync(clearance, request, "author"))["decisions"].GetArrayLength().ShouldBe(0);

        var amended = await AppliedAsync(clearance, request);
        amended.PackageDigest.ShouldBe(answer["amendedDigest"].GetString());
        amended.Contributors.ShouldBe(["author", "officer"]);
        amended.EarlierDigests.ShouldBe([request.PackageDigest]);
        (await SheetAsync(clearance, request, "author"))["text"].GetString().ShouldBe(Better);
        foreach (var reader in new[] { "author", "colleague" })
        {
            var changes = (await clearance.Service.Client(reader).Get($"api/clearance/requests/{request.Id}/changes?since=submitted")).ShouldBe(200);
            (changes["since"].GetProperty("decision").GetString(), changes["since"].GetProperty("comment").GetString()).ShouldBe(("ClearedAsAmended", "The hour was wrong."));
            changes["changes"].GetProperty("text").EnumerateArray().Where(s => s.GetProperty("kind").GetString() != "Same").Select(s => s.GetProperty("text").GetString()).ShouldBe(["nine", "ten"]);
        }
        (await clearance.DecideAsync(amended)).ShouldBe(403, "clearance.contributor");
        (await clearance.DecideAsync(amended with { PackageDigest = request.PackageDigest }, by: clearance.Service.Client("colleague"))).ShouldBe(409, "clearance.text-changed");
        (await clearance.DecideAsync(amended, by: clearance.Service.Client("colleague"))).ShouldBe(200);
        await clearance.LaterAsync(TimeSpan.FromSeconds(21), async () => (await clearance.RequestAsync(amended.PackageDigest)).Status is ClearanceStatus.PermitIssued);
        (await clearance.FactsAsync(request.Id)).Select(f => f.Type.Split('.')[^1]).ShouldBe(
            [nameof(ClearanceOpened), nameof(AmendmentDecided), nameof(PackageAmended), nameof(PackageCleared), nameof(PermitIssued)]);
    }

    [Theory, OnBothDatabases]
    public async Task The_new_packages_bytes_are_for_the_services_that_take_it_up(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var request = await clearance.SubmittedAsync();
        (await AmendAsync(clearance, request)).ShouldBe(200);
        var amended = await AppliedAsync(clearance, request);

        var path = $"api/clearance/packages/{amended.PackageDigest}";
        var bytes = await clearance.Service.ServiceClient("drafting").GetByteArrayAsync(path);
        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(amended.PackageDigest);
        var package = CanonicalJson.Parse<ReleasePackage>(bytes);
        (package.Text, package.DraftId, package.NotBefore, package.SubmittedBy.Person).ShouldBe((Better, request.DraftId, request.NotBefore, "author"));
        package.Contributors.ShouldBe(["author", "officer"]);
        (await clearance.Service.ServiceClient("publishing").Get(path)).ShouldBe(200);
        (await clearance.Service.ServiceClient("portal").Get(path)).ShouldBe(403);
        (await clearance.Officer.Get(path)).ShouldBe(403);
        (await clearance.Service.ServiceClient("drafting").Get($"api/clearance/packages/{new string('0', 64)}")).ShouldBe(404);
    }

    [Theory, OnBothDatabases]
    public async Task Taken_back_within_its_period_it_leaves_the_text_and_its_officer_as_they_were(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var request = await clearance.SubmittedAsync();
        (await AmendAsync(clearance, request)).ShouldBe(200);
        (await clearance.DecideAsync(request, by: clearance.Service.Client("colleague"), version: 2)).ShouldBe(409, "clearance.not-in-clearance");
        (await clearance.Officer.Post($"api/clearance/requests/{request.Id}/reversals", version: 2)).ShouldBe(200);

        clearance.Clock.Advance(TimeSpan.FromMinutes(1));
        var undone = await clearance.RequestAsync(request.PackageDigest);
        (undone.Status, undone.Version).ShouldBe((ClearanceStatus.InClearance, 3));
        (await clearance.DecideAsync(undone)).ShouldBe(200);
    }

    [Theory, OnBothDatabases]
    public async Task Who_may_not_change_what_is_told_why(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var picture = clearance.Shelf.Hang(Pictures.Png(), "");
        var request = await clearance.SubmittedAsync(Package() with { Media = [picture] });
        var digest = request.PackageDigest;
        (await AmendAsync(clearance, request, new { packageDigest = digest, text = Better, comment = " " })).ShouldBe(400);
        (await AmendAsync(clearance, request, new { packageDigest = new string('0', 64), text = Better, comment = "why" })).ShouldBe(409, "clearance.text-changed");
        (await AmendAsync(clearance, request, new { packageDigest = digest, text = request.Excerpt, comment = "why" })).ShouldBe(409, "clearance.unchanged");
        (await AmendAsync(clearance, request, new { packageDigest = digest, comment = "why" })).ShouldBe(409, "clearance.unchanged");
        (await AmendAsync(clearance, request, new { packageDigest = digest, text = "nul \0", comment = "why" })).ShouldBe(400, "clearance.text");
        (await AmendAsync(clearance, request, new { packageDigest = digest, text = "", comment = "why" })).ShouldBe(400, "clearance.text");
        (await AmendAsync(clearance, request, new { packageDigest = digest, links = new string?[] { null }, comment = "why" })).ShouldBe(400, "clearance.links");
        (await AmendAsync(clearance, request, new { packageDigest = digest, altTexts = new Dictionary<string, string> { [digest] = "none" }, comment = "why" })).ShouldBe(400, "clearance.alt-text");
        using var half = new StringContent($$"""{"packageDigest":"{{digest}}","comment":"why","text":"half \ud83d"}""", System.Text.Encoding.UTF8, "application/json");
        (await AmendAsync(clearance, request, half)).Status.ShouldBe(400);
        (await AmendAsync(clearance, request, by: "author")).ShouldBe(403, "clearance.role");
        (await AmendAsync(clearance, request, by: "stranger")).ShouldBe(404, "not-found");
        (await AmendAsync(clearance, request with { Version = 7 })).ShouldBe(412);
        (await clearance.DecideAsync(request, new { decision = "ClearedAsAmended", packageDigest = digest, comment = "why" })).ShouldBe(400);
        (await clearance.FactsAsync(request.Id)).Count.ShouldBe(1);

        await clearance.Service.Db<ClearanceDb>(async db =>
        {
            var row = await db.Requests.SingleAsync();
            db.Entry(row).CurrentValues.SetValues(row with { Route = row.Route with { Amendable = [AmendmentRules.AltText] } });
            await db.SaveChangesAsync();
        });
        (await AmendAsync(clearance, request)).ShouldBe(403, "clearance.not-amendable");
        (await AmendAsync(clearance, request, new { packageDigest = digest, altTexts = new Dictionary<string, string> { [picture.Digest] = "A door" }, comment = "why" })).ShouldBe(200);
        var amended = await AppliedAsync(clearance, request);
        (await clearance.Officer.Get($"api/clearance/requests/{request.Id}/media/{picture.Digest}")).ShouldBe(200);
        (await SheetAsync(clearance, amended, "officer"))["media"][0].GetProperty("alt").GetString().ShouldBe("A door");
    }

    [Theory, OnBothDatabases]
    public async Task A_withdrawal_by_the_earlier_digest_finds_the_round_and_a_repeated_submission_opens_no_other(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var fact = clearance.Shelf.Submit(Package());
        await clearance.Service.Publish(fact);
        var request = await clearance.RequestAsync(fact.PackageDigest);
        (await AmendAsync(clearance, request)).ShouldBe(200);
        var amended = await AppliedAsync(clearance, request);

        await clearance.Service.Publish(fact); // Once more, in another message.
        (await clearance.Service.Db<ClearanceDb, int>(db => db.Requests.CountAsync())).ShouldBe(1);
        await clearance.Service.Publish(new WithdrawalAsked(fact.DraftId, 3, fact.PackageDigest, fact.Mission, new Capacity("author", fact.Mission), Noon));
        (await clearance.RequestAsync(amended.PackageDigest)).Status.ShouldBe(ClearanceStatus.Withdrawn);
        await clearance.Service.Publish(new WithdrawalAsked(fact.DraftId, 5, amended.PackageDigest, fact.Mission, new Capacity("author", fact.Mission), Noon));
        (await clearance.Service.Db<ClearanceDb, int>(db => db.DeadLetters.CountAsync())).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task The_database_itself_refuses_a_contributors_decision_on_the_bytes_that_they_changed(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var request = await clearance.SubmittedAsync();
        (await AmendAsync(clearance, request)).ShouldBe(200);
        var amended = await AppliedAsync(clearance, request);
        (await Should.ThrowAsync<Exception>(() => clearance.Service.Db<ClearanceDb>(async db =>
        {
            var row = await db.Requests.SingleAsync();
            db.Entry(row).CurrentValues.SetValues(row with { Decisions = [.. row.Decisions, Decision(amended)] });
            await db.SaveChangesAsync();
        }))).GetBaseException().Message.ShouldContain("a contributor decided");
    }

    private static Task<Answer> AmendAsync(ClearanceUnderTest clearance, ClearanceRequest request, object? body = null, string by = "officer") => clearance.Service.Client(by).Post(
        $"api/clearance/requests/{request.Id}/amendments", body ?? new { packageDigest = request.PackageDigest, text = Better, comment = "The hour was wrong." }, null, request.Version);

    private static async Task<ClearanceRequest> AppliedAsync(ClearanceUnderTest clearance, ClearanceRequest request)
    {
        Task<ClearanceRequest> Read() => clearance.Service.Db<ClearanceDb, ClearanceRequest>(db => db.Requests.AsNoTracking().SingleAsync(r => r.Id == request.Id));
        await clearance.LaterAsync(TimeSpan.FromSeconds(21), async () => (await Read()).EarlierDigests.Count == 1);
        return await Read();
    }

    private static async Task<Answer> SheetAsync(ClearanceUnderTest clearance, ClearanceRequest request, string person) =>
        (await clearance.Service.Client(person).Get($"api/clearance/requests/{request.Id}")).ShouldBe(200);
}
