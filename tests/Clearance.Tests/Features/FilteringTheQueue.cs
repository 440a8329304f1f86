using WorkflowPlatform.Contracts;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Features;

public sealed class FilteringTheQueue
{
    [Theory, OnBothDatabases]
    public async Task The_queue_is_narrowed_by_mission_region_lane_language_matrix_finding_and_words(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        await clearance.SubmittedAsync(Package(text: "kabul"));
        await clearance.SubmittedAsync(Package("TYO", "tokyo: ÉCOLE 100%", lane: Lane.Priority) with { Brief = new(null, null, null, null, ["D", "E"], []) });
        await clearance.SubmittedAsync(Package("TYO", "tokyo and France", Noon.AddHours(3)) with
        {
            Language = "fr", Media = [clearance.Shelf.Hang(Pictures.Png(), "")], Brief = new(null, null, null, null, ["C"], []),
        });

        async Task<IEnumerable<string>> Found(string query) =>
            (await clearance.Officer.Get($"api/clearance/queue?{query}")).ShouldBe(200)["items"].EnumerateArray().Select(item => item.GetProperty("excerpt").GetString()!.Split(' ', ':')[0] + item.GetProperty("language").GetString());

        (await Found("mission=KBL")).ShouldBe(["kabulen"]);
        (await Found("mission=KBL&mission=TYO")).Count().ShouldBe(3);
        (await Found("region=East Asia")).ShouldBe(["tokyoen", "tokyofr"]);
        (await Found("mission=TYO&lane=Priority")).ShouldBe(["tokyoen"]);
        (await Found("mission=KBL&lane=Priority")).ShouldBeEmpty();
        (await Found("language=fr")).ShouldBe(["tokyofr"]);
        (await Found("dimec=E&dimec=M")).ShouldBe(["tokyoen"]);
        (await Found("finding=alt-text-missing")).ShouldBe(["tokyofr"]);
        (await Found("finding=third-state-named&mission=TYO")).ShouldBe(["tokyofr"]);
        (await Found("finding=none")).ShouldNotContain("tokyofr");
        (await Found("q=école")).ShouldBe(["tokyoen"]);
        (await Found("q=100%25")).ShouldBe(["tokyoen"]); // A sign that means "anything" to databases, and here itself.
        (await Found("q=_")).ShouldBeEmpty();
        (await Found("office=CENTRAL&q=KABUL")).ShouldBe(["kabulen"]);
        (await Found("office=HUB")).ShouldBeEmpty();
        (await clearance.Officer.Get($"api/clearance/queue?q={new string('x', 101)}")).ShouldBe(400, "queue.filter");
        (await clearance.Officer.Get("api/clearance/queue?lane=Slow")).ShouldBe(400);

        var counts = (await clearance.Officer.Get("api/clearance/queue/counts")).ShouldBe(200);
        counts["all"].GetInt32().ShouldBe(3);
        counts["mission"].EnumerateArray().Select(c => (c.GetProperty("value").GetString(), c.GetProperty("requests").GetInt32())).ShouldBe([("KBL", 1), ("TYO", 2)]);
        counts["dimec"].EnumerateArray().Select(c => c.GetProperty("value").GetString()).ShouldBe(["C", "D", "E"]);
        (await clearance.Service.Client("author").Get("api/clearance/queue/counts")).ShouldBe(403, "rights.role");
    }

    [Theory, OnBothDatabases]
    public async Task A_text_whose_decision_is_undone_is_found_again_and_one_that_is_done_leaves_nothing_behind(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var request = await clearance.SubmittedAsync(Package(text: "Found again."));
        (await clearance.DecideAsync(request)).ShouldBe(200);
        (await clearance.Officer.Get("api/clearance/queue?q=again"))["items"].GetArrayLength().ShouldBe(0);
        (await clearance.Officer.Post($"api/clearance/requests/{request.Id}/reversals", version: 2)).ShouldBe(200);
        (await clearance.Officer.Get("api/clearance/queue?q=again"))["items"].GetArrayLength().ShouldBe(1);

        (await clearance.DecideAsync(request, version: 3)).ShouldBe(200);
        await clearance.LaterAsync(TimeSpan.FromSeconds(21), () => clearance.Service.Db<Data.ClearanceDb, bool>(db => Task.FromResult(!db.Waiting.Any() && !db.Marks.Any())));
    }

    [Theory, OnBothDatabases]
    public async Task Views_are_kept_by_name_up_to_twenty_and_are_ones_own(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        Task<Answer> Keep(string name, object filter) => clearance.Officer.Post("api/clearance/views", new { name, filter });

        (await Keep("Asia", new { region = new[] { "Asia" } })).ShouldBe(200);
        var kept = (await Keep("Asia", new { region = new[] { "Asia Pacific" }, q = "hall" })).ShouldBe(200);
        var views = (await clearance.Officer.Get("api/clearance/views")).ShouldBe(200)["items"];
        views.GetArrayLength().ShouldBe(1);
        views[0].GetProperty("filter").GetProperty("region")[0].GetString().ShouldBe("Asia Pacific");
        (await clearance.Service.Client("colleague").Get("api/clearance/views"))["items"].GetArrayLength().ShouldBe(0);
        (await clearance.Service.Client("colleague").Send(HttpMethod.Delete, $"api/clearance/views/{kept["id"].GetGuid()}")).ShouldBe(404);

        for (var n = 2; n <= 20; n++) (await Keep($"View {n}", new { })).ShouldBe(200);
        (await Keep("One more", new { })).ShouldBe(409, "view.too-many");
        (await clearance.Officer.Send(HttpMethod.Delete, $"api/clearance/views/{kept["id"].GetGuid()}")).ShouldBe(204);
        (await Keep("One more", new { })).ShouldBe(200);
        (await clearance.Service.Client("author").Post("api/clearance/views", new { name = "x", filter = new { } })).ShouldBe(403, "rights.role");
    }
}
