using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Features;

public sealed class WorkingSideBySide
{
    [Theory, OnBothDatabases]
    public async Task A_claim_is_shown_and_runs_out_and_makes_nobodys_screen_stale(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var request = await clearance.SubmittedAsync();
        var (officer, colleague) = (clearance.Officer, clearance.Service.Client("colleague"));

        (await officer.Post($"api/clearance/requests/{request.Id}/claims")).ShouldBe(200)["until"].GetDateTimeOffset().ShouldBe(Noon.AddMinutes(10));
        var item = (await colleague.Get("api/clearance/queue"))["items"][0];
        item.GetProperty("claim").GetProperty("person").GetString().ShouldBe("officer");
        item.GetProperty("mayDecide").GetBoolean().ShouldBeTrue();
        item.GetProperty("version").GetInt32().ShouldBe(1);

        var taken = (await colleague.Post($"api/clearance/requests/{request.Id}/claims")).ShouldBe(409, "claim.taken");
        taken["person"].GetString().ShouldBe("officer");
        clearance.Clock.Advance(TimeSpan.FromMinutes(5));
        (await officer.Post($"api/clearance/requests/{request.Id}/claims")).ShouldBe(200)["until"].GetDateTimeOffset().ShouldBe(Noon.AddMinutes(15));
        (await colleague.Post($"api/clearance/requests/{request.Id}/claims", new { takeOver = true })).ShouldBe(200);
        (await officer.Get($"api/clearance/requests/{request.Id}"))["atWork"].GetProperty("claim").GetProperty("person").GetString().ShouldBe("colleague");

        (await officer.Post($"api/clearance/requests/{request.Id}/claim-releases")).ShouldBe(200); // Not theirs: nothing happens.
        (await officer.Get("api/clearance/queue"))["items"][0].GetProperty("claim").GetProperty("person").GetString().ShouldBe("colleague");
        (await colleague.Post($"api/clearance/requests/{request.Id}/claim-releases")).ShouldBe(200);
        (await officer.Get("api/clearance/queue"))["items"][0].GetProperty("claim").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);

        (await colleague.Post($"api/clearance/requests/{request.Id}/claims")).ShouldBe(200);
        clearance.Clock.Advance(TimeSpan.FromMinutes(10));
        (await officer.Get("api/clearance/queue"))["items"][0].GetProperty("claim").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await colleague.Post($"api/clearance/requests/{request.Id}/claims")).ShouldBe(200);
        (await clearance.DecideAsync(request)).ShouldBe(200); // On version 1, and although a colleague has it open.
        (await officer.Post($"api/clearance/requests/{request.Id}/claims")).ShouldBe(409, "clearance.not-in-clearance");
        (await clearance.FactsAsync(request.Id)).Count.ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    public async Task The_next_to_open_is_one_that_nobody_else_has_open(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var first = await clearance.SubmittedAsync();
        var second = await clearance.SubmittedAsync(Package(notBefore: Noon.AddHours(3)));
        var third = await clearance.SubmittedAsync(Package(notBefore: Noon.AddHours(4)));
        var colleague = clearance.Service.Client("colleague");
        (await colleague.Post($"api/clearance/requests/{second.Id}/claims")).ShouldBe(200);

        (await clearance.DecideAsync(first))["next"].GetGuid().ShouldBe(third.Id);
        (await clearance.DecideAsync(third))["next"].GetGuid().ShouldBe(second.Id); // Rather theirs than none.
    }

    [Theory, OnBothDatabases]
    public async Task An_office_gives_a_request_to_one_of_its_people(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var service = clearance.Service;
        await service.Given.PersonAsync("head", (Offices.Central, Roles.HeadOfUnit));
        await service.Given.PersonAsync("outsider", ("HUB", Roles.ClearingOfficer));
        var request = await clearance.SubmittedAsync(Package(contributors: ["author", "officer"]));
        Task<Answer> Give(HttpClient by, string? person) => by.Post($"api/clearance/requests/{request.Id}/assignments", new { person });

        (await Give(service.Client("head"), "colleague")).ShouldBe(200)["office"].GetString().ShouldBe(Offices.Central);
        var mine = (await service.Client("colleague").Get("api/clearance/queue?assigned=me"))["items"];
        mine[0].GetProperty("assigned")[0].GetProperty("by").GetString().ShouldBe("head");
        (await clearance.Officer.Get("api/clearance/queue?assigned=me"))["items"].GetArrayLength().ShouldBe(0);
        (await Give(service.Client("head"), "outsider")).ShouldBe(409, "assignment.office");
        (await Give(service.Client("head"), "officer")).ShouldBe(409, "assignment.contributor");
        (await Give(service.Client("outsider"), "outsider")).ShouldBe(404);
        (await Give(service.Client("author"), "colleague")).ShouldBe(403, "clearance.role");
        (await service.Client("author").Get($"api/clearance/requests/{request.Id}"))["atWork"].GetProperty("assigned").GetArrayLength().ShouldBe(0);

        // It outlives what happens to the request, and is taken back by giving it to nobody.
        (await clearance.DecideAsync(request, by: service.Client("colleague"))).ShouldBe(200);
        (await service.Client("colleague").Post($"api/clearance/requests/{request.Id}/reversals", version: 2)).ShouldBe(200);
        (await service.Client("colleague").Get("api/clearance/queue?assigned=me"))["items"].GetArrayLength().ShouldBe(1);
        (await Give(service.Client("head"), null)).ShouldBe(200);
        (await service.Client("colleague").Get("api/clearance/queue?assigned=me"))["items"].GetArrayLength().ShouldBe(0);
        (await clearance.FactsAsync(request.Id)).Count.ShouldBe(3);
    }
}
