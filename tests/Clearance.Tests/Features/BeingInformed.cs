using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.OnRoute;

namespace WorkflowPlatform.Clearance.Tests.Features;

public sealed class BeingInformed
{
    [Theory, OnBothDatabases]
    public async Task An_office_that_is_only_informed_finds_the_text_in_a_list_of_its_own(Store store)
    {
        await using var clearance = await StartAsync(store);
        await clearance.Service.Given.PersonAsync("hub-head", ("HUB", Roles.HeadOfUnit));
        var told = await clearance.OpenOnAsync(DeskThenCentral with { Informed = ["HUB"] });
        await clearance.OpenOnAsync(DeskThenCentral with { Informed = [] });
        foreach (var officer in new[] { "hub", "hub-head" })
        {
            var item = (await clearance.Service.Client(officer).Get("api/clearance/informed")).ShouldBe(200)["items"].EnumerateArray().Single();
            (item.GetProperty("id").GetGuid(), item.GetProperty("excerpt").GetString(), item.GetProperty("status").GetString()).ShouldBe((told.Id, told.Excerpt, "InClearance"));
            item.GetProperty("offices").EnumerateArray().Select(office => office.GetString()).ShouldBe(["HUB"]);
            (await clearance.SheetAsync(told, officer)).ShouldBe(200);
        }
        (await clearance.Service.Client("hub").Get("api/clearance/queue")).ShouldBe(200)["items"].GetArrayLength().ShouldBe(0);
        (await IdsAsync(clearance, "desk")).ShouldBeEmpty("it is asked, and not only informed");
        (await IdsAsync(clearance, "officer")).ShouldBeEmpty("the centre sees everything, and is informed of nothing");
        (await clearance.Service.Client("author").Get("api/clearance/informed")).ShouldBe(403, "rights.role");
    }

    [Theory, OnBothDatabases]
    public async Task What_an_office_is_informed_of_stays_listed_the_latest_first_and_page_by_page(Store store)
    {
        await using var clearance = await StartAsync(store);
        var requests = new List<ClearanceRequest>();
        foreach (var minute in Enumerable.Range(0, 3))
        {
            clearance.Clock.Advance(TimeSpan.FromMinutes(minute));
            requests.Add(await clearance.OpenOnAsync(DeskThenCentral with { Informed = ["HUB"] }, minute == 0 ? Lane.Immediate : Lane.Routine));
        }
        (await clearance.ActAsync(requests[0], "desk", "decisions", new { decision = "Returned", packageDigest = requests[0].PackageDigest, reasonCode = "facts", comment = "It is at noon." })).ShouldBe(200);

        var first = (await clearance.Service.Client("hub").Get("api/clearance/informed?limit=2")).ShouldBe(200);
        first["items"].EnumerateArray().Select(item => item.GetProperty("id").GetGuid()).ShouldBe([requests[2].Id, requests[1].Id]);
        (await IdsAsync(clearance, "hub", $"?limit=2&cursor={first["next"].GetString()}")).ShouldBe([requests[0].Id]);
        (await clearance.Service.Client("hub").Get("api/clearance/informed?cursor=none-of-ours")).ShouldBe(400, "cursor.unreadable");
    }

    [Theory, OnBothDatabases]
    public async Task An_office_that_is_asked_after_all_is_no_longer_only_informed(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await clearance.OpenOnAsync(DeskThenCentral with { Informed = ["HUB"] });
        (await clearance.ActAsync(request, "desk", "decisions", new { decision = "Referred", packageDigest = request.PackageDigest, comment = "It concerns the region." })).ShouldBe(200);
        (await IdsAsync(clearance, "hub")).ShouldBeEmpty();
        (await clearance.Service.Client("hub").Get("api/clearance/queue")).ShouldBe(200)["items"][0].GetProperty("id").GetGuid().ShouldBe(request.Id);
    }

    private static async Task<IReadOnlyList<Guid>> IdsAsync(ClearanceUnderTest clearance, string by, string query = "") =>
        [.. (await clearance.Service.Client(by).Get($"api/clearance/informed{query}")).ShouldBe(200)["items"].EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];
}
