using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Features;

public sealed class LookingBack
{
    /// <summary>Replay: a text came back looking the same, with another address behind a link and a sign that turns the reading round.</summary>
    [Theory, OnBothDatabases]
    public async Task What_changed_since_ones_own_last_decision_is_shown_even_where_nothing_is_seen(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var before = Package(text: "Pay the fee at the counter.") with { Media = [clearance.Shelf.Hang(Pictures.Png(), "The counter")], Links = ["https://example.org/fees"] };
        var first = await clearance.SubmittedAsync(before);
        await ReturnAsync(clearance, first, "facts", "Name the counter.");

        var second = await clearance.SubmittedAsync(before with
        {
            Revision = 2, Salt = new string('a', 32), Text = "Pay the fee at the \u202Ecounter.", Media = [before.Media[0] with { Alt = "The counter, closed" }], Links = ["https://example.0rg/fees"],
            SubmittedAt = Noon.AddHours(1),
        });
        var changes = (await clearance.Officer.Get($"api/clearance/requests/{second.Id}/changes?since=mine")).ShouldBe(200);

        changes["since"].GetProperty("requestId").GetGuid().ShouldBe(first.Id);
        changes["since"].GetProperty("comment").GetString().ShouldBe("Name the counter.");
        var shown = changes["changes"];
        shown.GetProperty("text").EnumerateArray().ShouldContain(s => s.GetProperty("kind").GetString() == "Added" && s.GetProperty("sign").GetString() == "U+202E right-to-left override");
        shown.GetProperty("pictures")[0].GetProperty("change").GetString().ShouldBe("Changed");
        shown.GetProperty("links")[0].GetProperty("text").EnumerateArray().ShouldContain(s => s.GetProperty("text").GetString() == "0rg");

        // Somebody else's last decision is not mine, and what I decided on last is not compared with itself.
        (await clearance.Service.Client("colleague").Get($"api/clearance/requests/{second.Id}/changes"))["since"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await clearance.Officer.Get($"api/clearance/requests/{first.Id}/changes"))["since"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await clearance.Service.Client("stranger").Get($"api/clearance/requests/{second.Id}/changes")).ShouldBe(404);
        (await clearance.Officer.Get($"api/clearance/requests/{second.Id}/changes?since=yesterday")).ShouldBe(400, "changes.since");
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_has_the_duty_sees_what_changed_of_what_cannot_wait_and_of_nothing_else(Store store)
    {
        await using var clearance = await OnRoute.StartAsync(store);
        await clearance.Service.Given.PersonAsync("night", ("HUB", Roles.DutyOfficer));
        await clearance.Service.Publish(new DutyRecorded(Guid.CreateVersion7(), 1, "HUB", "night", Noon.AddHours(-1), Noon.AddHours(7), Noon));
        var (urgent, other) = (await clearance.OpenOnAsync(OnRoute.DeskThenCentral, Lane.Immediate), await clearance.OpenOnAsync(OnRoute.DeskThenCentral));
        await Eventually.Be(async () => (await clearance.SheetAsync(urgent, "night")).Status == 200);
        (await clearance.Service.Client("night").Get($"api/clearance/requests/{urgent.Id}/changes")).ShouldBe(200);
        (await clearance.Service.Client("night").Get($"api/clearance/requests/{other.Id}/changes")).ShouldBe(404);
    }

    [Theory, OnBothDatabases]
    public async Task Reasons_for_returns_are_found_again_by_whom_the_texts_were_routed_to(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var service = clearance.Service;
        await service.Given.PersonAsync("hub", ("HUB", Roles.ClearingOfficer));
        await service.Given.PersonAsync("auditor", (Offices.Central, Roles.Auditor));
        var first = await clearance.SubmittedAsync(Package(text: "The pool closes."));
        await ReturnAsync(clearance, first, "facts", "Name the COMMITTEE.");
        var second = await clearance.SubmittedAsync(Package("TYO", "The hall opens.") with { Language = "fr" });
        await ReturnAsync(clearance, second, "tone", "Be kind.");
        var third = await clearance.SubmittedAsync(Package(text: "Just now."));
        (await clearance.DecideAsync(third, new { decision = "Returned", packageDigest = third.PackageDigest, reasonCode = "line", comment = "Not yet told." })).ShouldBe(200);

        async Task<IEnumerable<string>> Found(string person, string query = "") =>
            (await service.Client(person).Get($"api/clearance/precedents?{query}")).ShouldBe(200)["items"].EnumerateArray().Select(item => item.GetProperty("comment").GetString()!);

        (await Found("officer")).ShouldBe(["Be kind.", "Name the COMMITTEE."]); // What can still be undone is no precedent yet.
        (await Found("officer", "q=committee")).ShouldBe(["Name the COMMITTEE."]);
        (await Found("officer", "q=HALL")).ShouldBe(["Be kind."]); // In the text, too.
        (await Found("officer", "reason=tone&language=fr")).ShouldBe(["Be kind."]);
        (await Found("officer", "reason=tone&language=en")).ShouldBeEmpty();
        (await Found("author")).ShouldBe(["Name the COMMITTEE."]);
        (await Found("stranger")).ShouldBe(["Be kind."]);
        (await Found("hub")).ShouldBeEmpty();
        (await Found("auditor")).ShouldBeEmpty();
        var page = await clearance.Officer.Get("api/clearance/precedents?limit=1");
        (await Found("officer", $"limit=1&cursor={page["next"].GetString()}")).ShouldBe(["Name the COMMITTEE."]);
    }

    private static async Task ReturnAsync(ClearanceUnderTest clearance, ClearanceRequest request, string reasonCode, string comment)
    {
        (await clearance.DecideAsync(request, new { decision = "Returned", packageDigest = request.PackageDigest, reasonCode, comment })).ShouldBe(200);
        await clearance.LaterAsync(TimeSpan.FromSeconds(21), async () => (await clearance.RequestAsync(request.PackageDigest)).Status is ClearanceStatus.Returned);
    }
}
