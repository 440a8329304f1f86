using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Features;

public sealed class Queueing
{
    [Theory, OnBothDatabases]
    public async Task The_queue_is_ordered_by_the_time_left_and_read_page_by_page(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        for (var i = 0; i < 5; i++) await clearance.SubmittedAsync(Package(notBefore: Noon.AddHours(10 - i), text: $"Post {i}"));
        await clearance.SubmittedAsync(Package(notBefore: Noon.AddHours(10), text: "The same hour as the first"));

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await clearance.Officer.Get($"api/clearance/queue?limit=2&cursor={cursor}")).ShouldBe(200);
            seen.AddRange(page["items"].EnumerateArray().Select(item => item.GetProperty("excerpt").GetString()!));
            cursor = page["next"].GetString();
        } while (cursor is not null);

        seen.Count.ShouldBe(6);
        seen.Take(4).ShouldBe(["Post 4", "Post 3", "Post 2", "Post 1"]);
        (await clearance.Officer.Get("api/clearance/queue?cursor=none-of-ours")).ShouldBe(400, "cursor.unreadable");
    }

    [Theory, OnBothDatabases]
    public async Task A_contributor_sees_that_they_may_not_decide(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        await clearance.SubmittedAsync(Package(contributors: ["author", "officer"]));

        var item = (await clearance.Officer.Get("api/clearance/queue"))["items"][0];
        item.GetProperty("mayDecide").GetBoolean().ShouldBeFalse();
        item.GetProperty("whyNot").GetString()!.ShouldContain("wrote");
        (await clearance.Service.Client("colleague").Get("api/clearance/queue"))["items"][0].GetProperty("mayDecide").GetBoolean().ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    public async Task Only_the_central_unit_has_a_queue_and_a_mission_sees_only_its_own_sheets(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var request = await clearance.SubmittedAsync();
        var service = clearance.Service;

        (await service.Client("author").Get("api/clearance/queue")).ShouldBe(403, "rights.role");
        (await service.Client("author").Get($"api/clearance/requests/{request.Id}")).ShouldBe(200);
        (await service.Client("stranger").Get($"api/clearance/requests/{request.Id}")).ShouldBe(404);
        (await service.Client("stranger").Get($"api/clearance/requests?draft={request.DraftId}"))["items"].GetArrayLength().ShouldBe(0);
        (await service.Client("nobody").Get($"api/clearance/requests/{request.Id}")).ShouldBe(403, "rights.no-appointment");
        (await service.ClientWith().Get($"api/clearance/requests/{request.Id}")).ShouldBe(401, "token.missing");
    }

    [Theory, OnBothDatabases]
    public async Task The_sheet_shows_the_very_text_that_was_submitted(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        const string text = "«بِسمِ»\u200f — 👩‍👩‍👧‍👦\nline two & <b>no tag</b>";
        var request = await clearance.SubmittedAsync(Package(text: text));

        var sheet = (await clearance.Officer.Get($"api/clearance/requests/{request.Id}")).ShouldBe(200);
        sheet["text"].GetString().ShouldBe(text);
        sheet["packageDigest"].GetString().ShouldBe(request.PackageDigest);
        sheet.ETag.ShouldBe("\"1\"");
    }
}
