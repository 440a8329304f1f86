using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Drafting.Tests.Features;

/// <summary>Who sees what, and where it stands.</summary>
public sealed class Seeing
{
    [Theory, OnBothDatabases]
    public async Task Another_missions_draft_is_not_there(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var round = await Desk.SubmitAsync(desk.Amina);
        await desk.HeardAsync(round.Opened());
        await desk.HeardAsync(round.Cleared());

        (await desk.Chie.Get($"api/drafting/drafts/{round.Draft}")).ShouldBe(404, "not-found");
        foreach (var (path, body) in new[] { ("revisions", Desk.Revision("Mine.")), ("submissions", new { }), ("withdrawals", new { }) })
            (await desk.Chie.Post($"api/drafting/drafts/{round.Draft}/{path}", body, version: 2)).ShouldBe(404, "not-found");
        (await Desk.ListAsync(desk.Chie, "drafts")).ShouldBeEmpty();
        (await Desk.ListAsync(desk.Chie, "drafts?mission=PAR")).ShouldBeEmpty();
        (await Desk.ListAsync(desk.Chie, "happenings")).ShouldBeEmpty();
        (await Desk.ListAsync(desk.Bilal, "drafts")).Count.ShouldBe(1);
        (await Desk.ListAsync(desk.Bilal, "happenings")).Count.ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Not_even_the_centre_sees_a_missions_drafts(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var round = await Desk.SubmitAsync(desk.Amina);
        (await desk.Clearing.Get($"api/drafting/drafts/{round.Draft}")).ShouldBe(403, "rights.role");
        (await desk.Clearing.Get("api/drafting/drafts")).ShouldBe(403, "rights.role");

        // Somebody who sees everything elsewhere, and writes for one mission, sees that mission's drafts here.
        await desk.Service.Given.PersonAsync("2002", (Offices.Central, Roles.ClearingOfficer), (Offices.Central, Roles.Auditor), (Desk.Tokyo, Roles.DraftingOfficer));
        var both = desk.Service.Client("2002");
        (await both.Get($"api/drafting/drafts/{round.Draft}")).ShouldBe(404);
        (await Desk.ListAsync(both, "drafts")).ShouldBeEmpty();
        await Desk.WriteAsync(both, Desk.Draft(mission: Desk.Tokyo));
        (await both.Post("api/drafting/drafts", Desk.Draft())).ShouldBe(403, "rights.role");
    }

    /// <summary>A front office's officers clear what their mission submitted; what it still writes is not theirs by that.</summary>
    [Theory, OnBothDatabases]
    public async Task Who_clears_for_one_mission_and_writes_for_another_sees_no_draft_of_the_first(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var round = await Desk.SubmitAsync(desk.Amina);
        await desk.HeardAsync(round.Opened());
        await desk.HeardAsync(round.Cleared());
        await desk.Service.Given.PersonAsync("2003", (Desk.Paris, Roles.ClearingOfficer), (Desk.Paris, Roles.HeadOfUnit), (Desk.Tokyo, Roles.DraftingOfficer));
        var both = desk.Service.Client("2003");

        (await both.Get($"api/drafting/drafts/{round.Draft}")).ShouldBe(404, "not-found");
        (await both.Post($"api/drafting/drafts/{round.Draft}/withdrawals", new { }, version: 2)).ShouldBe(404, "not-found");
        (await Desk.ListAsync(both, "drafts")).ShouldBeEmpty();
        (await Desk.ListAsync(both, "happenings")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_right_that_is_over_is_no_right()
    {
        await using var desk = await Desk.OpenAsync(new Setup(Store.Sqlite) { Clock = new ManualClock() });
        var round = await Desk.SubmitAsync(desk.Amina);
        await desk.Service.Given.EndedAsync("1001", Desk.Paris, Roles.DraftingOfficer);

        (await desk.Amina.Get($"api/drafting/drafts/{round.Draft}")).ShouldBe(403, "rights.no-appointment");
        (await desk.Service.ClientWith().Get($"api/drafting/drafts/{round.Draft}")).ShouldBe(401, "token.missing");
    }

    [Theory, OnBothDatabases]
    public async Task The_list_is_cut_in_pages_newest_change_first(Store store)
    {
        var clock = new ManualClock();
        await using var desk = await Desk.OpenAsync(new Setup(store) { Clock = clock });
        var ids = new List<Guid>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add((await Desk.WriteAsync(desk.Amina, Desk.Draft($"Number {i}.")))["id"].GetGuid());
            if (i % 3 == 0) clock.Advance(TimeSpan.FromSeconds(1)); // Some share an instant.
        }
        clock.Advance(TimeSpan.FromMinutes(1));
        var moved = await Desk.SubmitAsync(desk.Amina, ids[0], 1);
        clock.Advance(TimeSpan.FromMinutes(1));
        await desk.HeardAsync(moved.Opened());

        var (seen, next) = (new List<Guid>(), "");
        do
        {
            var page = (await desk.Bilal.Get($"api/drafting/drafts?limit=3&cursor={next}")).ShouldBe(200);
            seen.AddRange(page["items"].EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
            next = page["next"].GetString();
        }
        while (next is not null);

        seen.Count.ShouldBe(7);
        seen.Order().ShouldBe(ids.Order());
        seen[0].ShouldBe(ids[0], "a fact about it is its newest change");
        (await desk.Amina.Get("api/drafting/drafts?cursor=nonsense")).ShouldBe(400, "cursor.unreadable");
    }

    [Theory, OnBothDatabases]
    public async Task Every_standing_can_be_listed_and_is_the_one_that_is_read(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var ways = new Dictionary<string, Func<Round, IFact[]>>
        {
            ["InClearance"] = r => [r.Opened(), r.ReturnDecided()],
            ["Cleared"] = r => [r.Opened(), r.Cleared(), r.Permitted()],
            ["Returned"] = r => [r.Opened(), r.ReturnDecided(), r.Returned()],
            ["Refused"] = r => [r.Opened(), r.RefusalDecided(), r.Refused()],
            ["Lapsed"] = r => [r.Opened(), r.Lapsed()],
            ["Withdrawn"] = r => [r.Opened(), r.Withdrawn()],
            ["Scheduled"] = r => [.. r.ToSchedule()],
            ["Releasing"] = r => [.. r.ToSchedule(), r.Started()],
            ["Released"] = r => [.. r.ToSchedule(), r.Started(), r.Completed()],
            ["OutcomeUnknown"] = r => [.. r.ToSchedule(), r.Started(), r.OutcomeUnknown()],
            ["Held"] = r => [.. r.ToSchedule(), r.Held()],
            ["Rejected"] = r => [.. r.ToSchedule(), r.Started(), r.Rejected()],
            ["Revoked"] = r => [.. r.ToSchedule(), r.RevocationAsked(), r.StoppedByRevocation()],
            ["WithdrawalAsked"] = r => [.. r.ToSchedule()],
        };
        var drafts = new Dictionary<string, Guid> { ["Crafting"] = (await Desk.WriteAsync(desk.Amina))["id"].GetGuid() };
        foreach (var (standing, way) in ways)
        {
            var round = await Desk.SubmitAsync(desk.Amina);
            foreach (var fact in way(round)) await desk.HeardAsync(fact);
            if (standing == "WithdrawalAsked") (await desk.Amina.Post($"api/drafting/drafts/{round.Draft}/withdrawals", version: 2)).ShouldBe(202);
            drafts[standing] = round.Draft;
        }

        Enum.GetNames<Domain.Standing>().Order().ShouldBe(drafts.Keys.Order());
        foreach (var (standing, id) in drafts)
        {
            (await Desk.ReadAsync(desk.Amina, id))["standing"].GetString().ShouldBe(standing);
            var listed = await Desk.ListAsync(desk.Amina, $"drafts?standing={standing}");
            listed.Select(item => (item.GetProperty("id").GetGuid(), item.GetProperty("standing").GetString())).ShouldBe([(id, (string?)standing)]);
        }
        (await desk.Amina.Get("api/drafting/drafts?standing=Lost")).ShouldBe(400);
    }

    [Theory, OnBothDatabases]
    public async Task What_happened_is_told_newest_first_and_without_what_an_officer_may_still_undo(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var round = await Desk.SubmitAsync(desk.Bilal, Desk.Draft("Closed on Friday. " + string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 20))));
        foreach (var fact in new IFact[] { round.Opened(), round.ReturnDecided(), round.Undone(), round.Cleared(), round.Undone(), round.Cleared(), round.Permitted(), round.Scheduled(), round.Started(), round.Completed() })
            await desk.HeardAsync(fact);

        var told = await Desk.ListAsync(desk.Amina, "happenings");
        told.Select(h => h.GetProperty("standing").GetString()).ShouldBe(["Released", "Scheduled", "Cleared", "InClearance", "Cleared"]);
        var excerpt = told[0].GetProperty("excerpt").GetString()!;
        excerpt.Length.ShouldBeInRange(70, 80);
        excerpt.ShouldEndWith("👩‍👩‍👧‍👦");

        (await Desk.ListAsync(desk.Amina, "happenings?mine=true")).ShouldBeEmpty();
        (await Desk.ListAsync(desk.Bilal, "happenings?mine=true")).Count.ShouldBe(5);
        var since = told[2].GetProperty("at").GetString()!;
        (await Desk.ListAsync(desk.Amina, $"happenings?since={Uri.EscapeDataString(since)}")).Count.ShouldBe(2);
        var first = (await desk.Amina.Get("api/drafting/happenings?limit=2")).ShouldBe(200);
        (await Desk.ListAsync(desk.Amina, $"happenings?cursor={first["next"].GetString()}")).Count.ShouldBe(3);
    }

    [Theory, OnBothDatabases]
    public async Task A_returned_text_tells_its_reason_and_its_request_and_can_be_written_on(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var round = await Desk.SubmitAsync(desk.Amina);
        foreach (var fact in new IFact[] { round.Opened(), round.ReturnDecided(), round.Returned() }) await desk.HeardAsync(fact);

        var read = await Desk.ReadAsync(desk.Amina, round.Draft);
        (read["standing"].GetString(), read["reasonCode"].GetString(), read["requestId"].GetGuid(), read["state"].GetString()).ShouldBe(("Returned", "tone", round.Request, "Crafting"));
        (await desk.Amina.Post($"api/drafting/drafts/{round.Draft}/revisions", Desk.Revision("Better."), version: read.Version)).ShouldBe(200);
        (await Desk.ReadAsync(desk.Amina, round.Draft))["standing"].GetString().ShouldBe("Crafting");
    }
}
