using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;
using static WorkflowPlatform.Clearance.Tests.OnRoute;

namespace WorkflowPlatform.Clearance.Tests.Features;

public sealed class WaitingOverHttp
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory, OnBothDatabases]
    public async Task An_office_has_its_time_by_its_own_clock_and_a_change_of_zone_moves_no_time_that_runs(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await clearance.OpenOnAsync(DeskThenCentral);
        var tomorrowAtTenInTokyo = new DateTimeOffset(2026, 12, 2, 1, 0, 0, TimeSpan.Zero);
        (await clearance.SheetAsync(request)).Line("DESK").GetProperty("dueAt").GetDateTimeOffset().ShouldBe(tomorrowAtTenInTokyo);

        await clearance.OfficeAsync("DESK", "HUB", "America/Lima", version: 2);
        (await clearance.ActAsync(request, "desk", "decisions", new { decision = "ClearedWithComment", comment = "Fine.", packageDigest = request.PackageDigest })).ShouldBe(200);
        (await clearance.ActAsync(request, "desk", "reversals")).ShouldBe(200);
        (await clearance.SheetAsync(request)).Line("DESK").GetProperty("dueAt").GetDateTimeOffset().ShouldBe(tomorrowAtTenInTokyo);
        (await clearance.SheetAsync(request)).Line("CENTRAL").GetProperty("dueAt").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Theory, OnBothDatabases]
    public async Task What_cannot_wait_does_not_wait_for_opening_time(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await clearance.OpenOnAsync(DeskThenCentral, Lane.Immediate);
        (await clearance.SheetAsync(request)).Line("DESK").GetProperty("dueAt").GetDateTimeOffset().ShouldBe(Noon + Hour);
    }

    [Theory, OnBothDatabases]
    public async Task A_late_office_is_reminded_twice_and_the_one_above_it_finds_the_text_in_its_queue(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await clearance.OpenOnAsync(DeskThenCentral, Lane.Immediate);
        (await clearance.Service.Client("hub").Get("api/clearance/queue"))["items"].GetArrayLength().ShouldBe(0);
        (await clearance.SheetAsync(request, "hub")).ShouldBe(404);
        var waiting = (await clearance.Service.Client("desk").Get("api/clearance/queue"))["items"][0];
        (waiting.GetProperty("dueAt").GetDateTimeOffset(), waiting.GetProperty("late").GetBoolean(), waiting.GetProperty("reminders").GetInt32()).ShouldBe((Noon + Hour, false, 0));

        (await clearance.UntilToldAsync<ClearanceReminded>(request, TimeSpan.FromMinutes(30))).Office.ShouldBe("DESK");
        (await clearance.UntilToldAsync<ClearanceEscalated>(request, TimeSpan.FromMinutes(30))).To.ShouldBe("HUB");
        (await clearance.ToldAsync(request)).ShouldBe([nameof(ClearanceOpened), nameof(ClearanceReminded), nameof(ClearanceReminded), nameof(ClearanceEscalated)]);
        var line = (await clearance.SheetAsync(request, "hub")).ShouldBe(200).Line("DESK");
        (line.GetProperty("reminders").GetInt32(), line.GetProperty("standIns")[0].GetString()).ShouldBe((2, "HUB"));
        (await clearance.Service.Client("hub").Get("api/clearance/queue"))["items"].GetArrayLength().ShouldBe(1);
        (await clearance.Service.Client("desk").Get("api/clearance/queue"))["items"].GetArrayLength().ShouldBe(1, "the late office may still decide");
        waiting = (await clearance.Service.Client("desk").Get("api/clearance/queue"))["items"][0];
        (waiting.GetProperty("dueAt").GetDateTimeOffset(), waiting.GetProperty("late").GetBoolean(), waiting.GetProperty("reminders").GetInt32()).ShouldBe((Noon + Hour, true, 2));
        (await clearance.Service.Client("hub").Get("api/clearance/queue"))["items"][0].GetProperty("late").GetBoolean().ShouldBeFalse("its own time has only begun");

        (await clearance.ActAsync(request, "hub", "decisions", new { decision = "Cleared", packageDigest = request.PackageDigest })).ShouldBe(200);
        (await clearance.ActAsync(request, "officer", "decisions", new { decision = "Cleared", packageDigest = request.PackageDigest })).ShouldBe(200)["status"].GetString().ShouldBe("Cleared");
        await clearance.UntilToldAsync<PermitIssued>(request, TimeSpan.FromSeconds(21));
    }

    [Theory, OnBothDatabases]
    public async Task Silence_counts_when_somebody_of_the_office_had_opened_it_and_the_sheet_says_so_for_ever(Store store)
    {
        await using var clearance = await StartAsync(store);
        await clearance.Service.Given.PersonAsync("second-author", ("DESK", Roles.ClearingOfficer));
        var opened = await clearance.OpenOnAsync(SilentDesk, Lane.Immediate);
        var acknowledged = await clearance.OpenOnAsync(SilentDesk, Lane.Immediate);
        var unseen = await clearance.OpenOnAsync(SilentDesk, Lane.Immediate, "author", "second-author");
        (await clearance.SheetAsync(opened, "desk")).ShouldBe(200);
        (await clearance.SheetAsync(unseen, "second-author")).ShouldBe(200); // Wrote some of it: their eyes are no notice.
        (await clearance.SheetAsync(unseen, "officer")).ShouldBe(200);
        clearance.Clock.Advance(TimeSpan.FromMinutes(1));
        (await clearance.Service.Client("desk").Post($"api/clearance/requests/{acknowledged.Id}/notices"))["offices"][0].GetString().ShouldBe("DESK");
        (await clearance.Service.Client("officer").Post($"api/clearance/requests/{acknowledged.Id}/notices")).ShouldBe(409, "clearance.not-waited-for");
        (await clearance.Service.Client("stranger").Post($"api/clearance/requests/{acknowledged.Id}/notices")).ShouldBe(404);

        var counted = await clearance.UntilToldAsync<SilenceCounted>(opened, Hour);
        (counted.Notice.NoticedBy, counted.Notice.NoticedAt, counted.Notice.DueAt).ShouldBe(("desk", Noon, Noon + Hour));
        (await clearance.UntilToldAsync<SilenceCounted>(acknowledged, TimeSpan.Zero)).Notice.NoticedAt.ShouldBe(Noon.AddMinutes(1));
        await clearance.UntilToldAsync<ClearanceEscalated>(unseen, TimeSpan.Zero);

        var sheet = await clearance.SheetAsync(opened, "author");
        sheet.Line("DESK").GetProperty("state").GetString().ShouldBe(nameof(LineState.Deemed));
        sheet["decisions"][0].GetProperty("notice").GetProperty("by").GetProperty("person").GetString().ShouldBe("desk");
        (await clearance.ActAsync(opened, "officer", "decisions", new { decision = "Cleared", packageDigest = opened.PackageDigest })).ShouldBe(200);
        await clearance.UntilToldAsync<PermitIssued>(opened, TimeSpan.FromSeconds(21));
    }

    [Theory, OnBothDatabases]
    public async Task Who_opened_the_text_before_it_was_changed_proves_nothing_of_the_text_after(Store store)
    {
        await using var clearance = await StartAsync(store);
        var open = SilentDesk with { Required = [.. SilentDesk.Required.Select(r => r with { Stage = 1 })], Amendable = ["text"] };
        var (unseen, seen) = (await clearance.OpenOnAsync(open, Lane.Immediate), await clearance.OpenOnAsync(open, Lane.Immediate));
        foreach (var request in new[] { unseen, seen }) (await clearance.SheetAsync(request, "desk")).ShouldBe(200);
        clearance.Clock.Advance(TimeSpan.FromMinutes(10));
        unseen = await AmendedAsync(unseen);
        seen = await AmendedAsync(seen);
        (await clearance.SheetAsync(seen, "desk")).Line("DESK").GetProperty("dueAt").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(Noon.AddMinutes(10) + Hour);

        (await clearance.UntilToldAsync<SilenceCounted>(seen, Hour)).PackageDigest.ShouldBe(seen.PackageDigest);
        await clearance.UntilToldAsync<ClearanceEscalated>(unseen, TimeSpan.Zero);
        (await clearance.ToldAsync(unseen)).ShouldNotContain(nameof(SilenceCounted));

        // By a policy that asks the same offices for the changed text as before.
        async Task<ClearanceRequest> AmendedAsync(ClearanceRequest request)
        {
            var digest = "";
            await clearance.Service.Db<ClearanceDb>(async db =>
            {
                var read = await db.Requests.SingleAsync(r => r.Id == request.Id);
                var package = CanonicalJson.Parse<ReleasePackage>((await db.Packages.SingleAsync(p => p.Digest == read.PackageDigest)).Bytes);
                var amending = new AmendmentRules.Amending(
                    read, Decision(read, kind: DecisionKind.ClearedAsAmended, at: clearance.Clock.GetUtcNow()), package, new Changes("The consular hall opens at ten."));
                var drawn = AmendmentRules.Draw(amending, new string('2', 32), out _)!;
                digest = DigestOf(drawn);
                AmendmentRules.Amend(amending, drawn, digest, 1, read.Route).Allows(out var accepted, out _).ShouldBeTrue();
                db.Packages.Add(new PackageCopy(digest, CanonicalJson.Serialize(drawn)));
                await db.RecordAsync(read, accepted!, TestContext.Current.CancellationToken);
                await db.SaveChangesAsync();
            });
            await clearance.LaterAsync(TimeSpan.FromSeconds(21), async () => (await clearance.ToldAsync(request)).Contains(nameof(PackageAmended)));
            return await clearance.RequestAsync(digest);
        }
    }

    [Theory, OnBothDatabases]
    public async Task An_office_that_says_it_is_cut_off_is_not_waited_for_and_its_silence_counts_for_nothing(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await clearance.OpenOnAsync(SilentDesk, Lane.Immediate);
        (await clearance.SheetAsync(request, "desk")).ShouldBe(200);
        (await clearance.Service.Client("hub").Post("api/clearance/offices/DESK/cut-offs")).ShouldBe(403, "clearance.not-your-office");
        (await clearance.Service.Client("duty").Post("api/clearance/offices/NOWHERE/cut-offs")).ShouldBe(404);
        (await clearance.Service.Client("duty").Post("api/clearance/offices/DESK/cut-offs")).ShouldBe(200)["cause"].GetString().ShouldBe("declared");

        (await clearance.UntilToldAsync<ClearanceEscalated>(request, TimeSpan.FromSeconds(5))).CutOff.ShouldBe("declared");
        (await clearance.SheetAsync(request))["decisions"][0].GetProperty("cutOff").GetString().ShouldBe("declared");
        (await clearance.SheetAsync(request)).Line("DESK").GetProperty("standInCause").GetString().ShouldBe("declared");
        (await clearance.SheetAsync(request)).Line("DESK").GetProperty("cutOff").GetBoolean().ShouldBeTrue();
        (await clearance.Service.Client("hub").Get("api/clearance/duty"))["cutOff"][0].GetProperty("office").GetString().ShouldBe("DESK");
        clearance.Clock.Advance(2 * Hour);
        (await clearance.ActAsync(request, "head", "bypasses", new { packageDigest = request.PackageDigest, office = "DESK", reason = "The cable is cut." })).ShouldBe(200);
        (await clearance.ToldAsync(request)).ShouldNotContain(nameof(SilenceCounted));
        (await clearance.SheetAsync(request))["decisions"][1].GetProperty("cutOff").GetString().ShouldBe("declared");
        (await clearance.Service.Client("desk").Post("api/clearance/offices/DESK/reconnections")).ShouldBe(200);
        (await clearance.Service.Client("desk").Post("api/clearance/offices/DESK/reconnections")).ShouldBe(409, "clearance.not-cut-off");
    }

    [Theory, OnBothDatabases]
    public async Task An_office_of_whom_nobody_is_seen_while_something_waits_is_cut_off_until_somebody_is(Store store)
    {
        await using var clearance = await StartAsync(store, new Dictionary<string, string?> { ["Clearance:CutOffAfterMinutes"] = "120" });
        using var reader = clearance.Service.Client("desk");
        reader.DefaultRequestHeaders.Add("Presence", "person");
        await reader.Get("api/clearance/queue");
        var request = await clearance.OpenOnAsync(DeskThenCentral with { Required = [.. DeskThenCentral.Required.Select(r => r with { ClockMinutes = null })] });

        // Two hours of a desk that opens at midnight UTC.
        clearance.Clock.AdvanceTo(new DateTimeOffset(2026, 12, 2, 1, 58, 0, TimeSpan.Zero));
        (await clearance.Service.Client("hub").Get("api/clearance/duty"))["cutOff"].GetArrayLength().ShouldBe(0);
        (await clearance.UntilToldAsync<ClearanceEscalated>(request, TimeSpan.FromMinutes(2))).CutOff.ShouldBe("unseen");
        (await clearance.SheetAsync(request))["decisions"][0].GetProperty("cutOff").GetString().ShouldBe("unseen");
        (await clearance.Service.Client("hub").Get("api/clearance/duty"))["cutOff"][0].GetProperty("cause").GetString().ShouldBe("unseen");
        // A program of the desk asks on and on, whether anybody is there or not.
        (await clearance.Service.Client("desk").Get("api/clearance/queue")).ShouldBe(200);
        (await clearance.SheetAsync(request, "desk")).ShouldBe(200);
        (await clearance.Service.Client("hub").Get("api/clearance/duty"))["cutOff"].GetArrayLength().ShouldBe(1);
        (await reader.Get("api/clearance/queue")).ShouldBe(200);
        (await clearance.Service.Client("hub").Get("api/clearance/duty"))["cutOff"].GetArrayLength().ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task An_office_that_somebody_has_reconnected_has_its_whole_time_again(Store store)
    {
        await using var clearance = await StartAsync(store, new Dictionary<string, string?> { ["Clearance:CutOffAfterMinutes"] = "120" });
        await clearance.OpenOnAsync(DeskThenCentral with { Required = [.. DeskThenCentral.Required.Select(r => r with { ClockMinutes = null })] });
        clearance.Clock.AdvanceTo(new DateTimeOffset(2026, 12, 2, 1, 58, 0, TimeSpan.Zero));
        var back = clearance.Clock.GetUtcNow();
        // Between two looks of the watcher, so that nobody was asked in its place.
        await clearance.Service.Db<ClearanceDb>(async db =>
        {
            db.Reaches.Add(new OfficeReach("DESK", 2, null, new Capacity("duty", "CENTRAL"), back));
            await db.SaveChangesAsync();
        });

        // Whoever reminds the desk has looked around before: by then its first two hours are over.
        var pressing = await clearance.OpenOnAsync(DeskThenCentral, Lane.Immediate);
        await clearance.UntilToldAsync<ClearanceReminded>(pressing, TimeSpan.FromMinutes(30));
        (await CutOffAsync()).GetArrayLength().ShouldBe(0);
        await clearance.LaterAsync(2 * Hour, async () => (await CutOffAsync()).GetArrayLength() == 1);
        (await CutOffAsync())[0].GetProperty("since").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(back + (2 * Hour));

        async Task<System.Text.Json.JsonElement> CutOffAsync() => (await clearance.Service.Client("hub").Get("api/clearance/duty"))["cutOff"];
    }

    [Theory, OnBothDatabases]
    public async Task The_roster_says_who_has_the_duty(Store store)
    {
        await using var clearance = await StartAsync(store);
        await clearance.Service.Publish(new DutyRecorded(Guid.CreateVersion7(), 1, "HUB", "hub", Noon.AddHours(-1), Noon.AddHours(7), Noon));
        await clearance.Service.Publish(new DutyRecorded(Guid.CreateVersion7(), 1, "DESK", "desk", Noon.AddHours(7), Noon.AddHours(15), Noon));
        (await clearance.Officer.Get("api/clearance/duty"))["onDuty"].EnumerateArray().Single().GetProperty("office").GetString().ShouldBe("HUB");
        clearance.Clock.Advance(7 * Hour);
        (await clearance.Officer.Get("api/clearance/duty"))["onDuty"].EnumerateArray().Single().GetProperty("person").GetString().ShouldBe("desk");
        (await clearance.Service.Client("author").Get("api/clearance/duty")).ShouldBe(403, "rights.role");
    }

    [Theory, OnBothDatabases]
    public async Task Two_watchers_at_once_tell_everything_once(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await clearance.OpenOnAsync(DeskThenCentral, Lane.Immediate);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                await clearance.Service.Db<ClearanceDb>(async db =>
                {
                    var read = await db.Requests.SingleAsync(r => r.Id == request.Id);
                    if (ClockRules.Strike(read, "DESK", Waiting.Look(Noon.AddMinutes(31))).Allows(out var accepted, out Platform.Decisions.Refusal? _)) await db.RecordAsync(read, accepted, default);
                    await db.SaveChangesAsync();
                });
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another was faster: that is the point.
            }
        }));
        (await clearance.ToldAsync(request)).ShouldBe([nameof(ClearanceOpened), nameof(ClearanceReminded)]);
    }
}
