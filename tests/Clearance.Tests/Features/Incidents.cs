using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Features;

/// <summary>What went wrong elsewhere, played through here.</summary>
public sealed class Incidents
{
    [Theory, OnBothDatabases]
    public async Task The_screen_still_shows_the_text_of_yesterday(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var yesterdays = await clearance.SubmittedAsync(Package(text: "The talks were frank."));
        var todays = await clearance.SubmittedAsync(Package(text: "The talks failed.") with { DraftId = yesterdays.DraftId, Revision = 2 });

        (await clearance.DecideAsync(todays, new { decision = "Cleared", packageDigest = yesterdays.PackageDigest })).ShouldBe(409, "clearance.text-changed");
        (await clearance.RequestAsync(todays.PackageDigest)).Decisions.ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    public async Task Who_cleared_it_edited_it_afterwards(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var first = await clearance.SubmittedAsync();
        (await clearance.DecideAsync(first)).ShouldBe(200);

        var second = await clearance.SubmittedAsync(Package(text: "As the officer would have it.", contributors: ["author", "officer"]) with { DraftId = first.DraftId, Revision = 2 });
        (await clearance.DecideAsync(second)).ShouldBe(403, "clearance.contributor");
        // What they said of the text before does not come along.
        second.Decisions.ShouldBeEmpty();
        var carried = second with { Status = ClearanceStatus.Cleared, Decisions = (await clearance.RequestAsync(first.PackageDigest)).Decisions };
        PermitOffice.Issue(carried, Guid.CreateVersion7(Noon), Noon.AddMinutes(1), _ => "envelope").Allows(out _, out var no).ShouldBeFalse();
        no.ShouldNotBeNull();
        (await clearance.DecideAsync(second, by: clearance.Service.Client("colleague"))).ShouldBe(200);
    }

    [Theory, OnBothDatabases]
    public async Task One_person_with_two_accounts_votes_twice(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        await clearance.Service.Given.IdentityAsync("officer", new(TestIssuer.Name, "officer"), new(TestIssuer.Name, "officer-second-account"));
        var request = await TwoMustClearAsync(clearance, await clearance.SubmittedAsync());

        (await clearance.DecideAsync(request)).ShouldBe(200)["status"].GetString().ShouldBe("InClearance");
        (await clearance.DecideAsync(request, by: clearance.Service.Client("officer-second-account"), version: 2)).ShouldBe(409, "clearance.already-decided");
        (await clearance.DecideAsync(request, by: clearance.Service.Client("colleague"), version: 2)).ShouldBe(200)["status"].GetString().ShouldBe("Cleared");
        (await clearance.RequestAsync(request.PackageDigest)).Decisions.Select(d => d.By.Person).ShouldBe(["officer", "colleague"]);
    }

    [Theory, OnBothDatabases]
    public async Task The_author_s_deputy_clears_it(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        await clearance.Service.Given.AppointmentAsync("author", "CENTRAL", Roles.ClearingOfficer);
        await clearance.Service.Given.PersonAsync("deputy", ("HUB-ASIA", Roles.ClearingOfficer));
        foreach (var absent in new[] { "author", "colleague" })
            await clearance.Service.Publish(new DelegationRecorded(
                Guid.CreateVersion7(Noon), 1, absent, "deputy", "CENTRAL", Roles.ClearingOfficer, Noon.AddDays(-1), Noon.AddDays(1), "deputy", Noon));
        var request = await clearance.SubmittedAsync();
        var deputy = clearance.Service.Client("deputy");

        (await clearance.DecideAsync(request, ActingFor(request, "author"), deputy)).ShouldBe(403, "clearance.contributor");
        (await clearance.DecideAsync(request, by: clearance.Service.Client("author"))).ShouldBe(403, "clearance.contributor");
        (await clearance.DecideAsync(request, ActingFor(request, "colleague"), deputy)).ShouldBe(200);
        (await clearance.RequestAsync(request.PackageDigest)).Decisions.ShouldHaveSingleItem().By.ShouldBe(new Capacity("deputy", "CENTRAL", "colleague"));
    }

    [Theory, OnBothDatabases]
    public async Task A_minister_s_remark_on_two_states_goes_out_in_haste(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        foreach (var (desk, state) in new[] { ("DESK-CN", "CN"), ("DESK-IN", "IN") })
        {
            await clearance.Service.Publish(new OfficeRecorded(desk, 1, desk, OfficeKinds.CountryDesk, "CENTRAL", "UTC", "09:00-17:00", [], [], [state], Noon));
            await clearance.Service.Given.PersonAsync(desk, (desk, Roles.ClearingOfficer));
        }
        await clearance.Service.Given.PersonAsync("duty", ("CENTRAL", Roles.DutyOfficer));
        await clearance.AdoptAsync("country-desks");
        var remark = await clearance.SubmittedAsync(Package(text: "The minister said that what China and India agree on is theirs to agree on.", lane: Lane.Immediate));
        object clears = new { decision = "Cleared", packageDigest = remark.PackageDigest };

        var sheet = await clearance.SheetAsync(remark);
        sheet["offices"].EnumerateArray().Select(o => (o.GetProperty("office").GetString(), o.GetProperty("stage").GetInt32())).ShouldBe([("DESK-CN", 1), ("DESK-IN", 1), ("CENTRAL", 2)]);
        foreach (var desk in new[] { "DESK-CN", "DESK-IN" }) (await clearance.Service.Client(desk).Get("api/clearance/queue"))["items"].GetArrayLength().ShouldBe(1, desk);
        (await clearance.ActAsync(remark, "duty", "immediate-releases", new { packageDigest = remark.PackageDigest, reason = "The cameras wait." })).ShouldBe(403, "clearance.immediate-forbidden");

        // Neither desk speaks for the other, and the central unit not for both.
        (await clearance.ActAsync(remark, "officer", "decisions", clears)).ShouldBe(409, "clearance.not-your-turn");
        (await clearance.ActAsync(remark, "DESK-CN", "decisions", clears)).ShouldBe(200)["status"].GetString().ShouldBe("InClearance");
        (await clearance.ActAsync(remark, "DESK-CN", "decisions", new { decision = "Cleared", packageDigest = remark.PackageDigest, office = "DESK-IN" })).ShouldBe(403, "clearance.role");
        (await clearance.ActAsync(remark, "officer", "decisions", clears)).ShouldBe(409, "clearance.not-your-turn");
        (await clearance.ActAsync(remark, "DESK-IN", "decisions", clears)).ShouldBe(200)["status"].GetString().ShouldBe("InClearance");
        (await clearance.ActAsync(remark, "officer", "decisions", clears)).ShouldBe(200)["status"].GetString().ShouldBe("Cleared");
        await clearance.UntilToldAsync<PermitIssued>(remark, TimeSpan.FromSeconds(21));
        (await clearance.PermitAsync(remark)).Decisions.Select(d => (d.Person, d.Office)).ShouldBe([("DESK-CN", "DESK-CN"), ("DESK-IN", "DESK-IN"), ("officer", "CENTRAL")]);
    }

    /// <summary>Afterwards nobody of the office will have known. Who had it open, when, and by which clock, is kept, and no later change of the register moves it.</summary>
    [Theory, OnBothDatabases]
    public async Task An_office_disowns_its_silence(Store store)
    {
        await using var clearance = await OnRoute.StartAsync(store);
        var post = await clearance.OpenOnAsync(OnRoute.SilentDesk);
        clearance.Clock.Advance(TimeSpan.FromMinutes(5));
        (await clearance.SheetAsync(post, "desk")).ShouldBe(200);
        var (opened, end) = (Noon.AddMinutes(5), new DateTimeOffset(2026, 12, 2, 1, 0, 0, TimeSpan.Zero)); // An hour of Tokyo's, which opens at midnight UTC.

        var counted = await clearance.UntilToldAsync<SilenceCounted>(post, end - opened);
        counted.Notice.ShouldBe(new SilenceNotice("desk", opened, end) { BegunAt = Noon, Zone = "Asia/Tokyo", OfficeVersion = 1 });
        (await clearance.ActAsync(post, "officer", "decisions", new { decision = "Cleared", packageDigest = post.PackageDigest })).ShouldBe(200)["status"].GetString().ShouldBe("Cleared");
        await clearance.UntilToldAsync<PermitIssued>(post, TimeSpan.FromSeconds(21));

        await clearance.OfficeAsync("DESK", "HUB", "America/Lima", version: 2);
        await clearance.Service.Given.EndedAsync("desk", "DESK", Roles.ClearingOfficer);
        await clearance.Service.Given.PersonAsync("desk-new", ("DESK", Roles.ClearingOfficer));
        (await clearance.ActAsync(post, "desk-new", "decisions", new { decision = "Objected", packageDigest = post.PackageDigest, comment = "We were never told." })).ShouldBe(409, "clearance.not-in-clearance");
        foreach (var reader in new[] { "desk-new", "officer", "author" })
        {
            var sheet = await clearance.SheetAsync(post, reader);
            sheet.Line("DESK").GetProperty("state").GetString().ShouldBe(nameof(LineState.Deemed));
            var silence = sheet["decisions"][0];
            (silence.GetProperty("kind").GetString(), silence.GetProperty("person").GetString()).ShouldBe((nameof(DecisionKind.DeemedCleared), "silence:desk"));
            (silence.GetProperty("notice").GetProperty("by").GetProperty("person").GetString(), silence.GetProperty("notice").GetProperty("at").GetDateTimeOffset()).ShouldBe(("desk", opened));
            var clock = silence.GetProperty("clock");
            (clock.GetProperty("begunAt").GetDateTimeOffset(), clock.GetProperty("dueAt").GetDateTimeOffset()).ShouldBe((Noon, end));
            (clock.GetProperty("calendar").GetProperty("version").GetInt32(), clock.GetProperty("calendar").GetProperty("zone").GetString(), clock.GetProperty("calendar").GetProperty("hours").GetString()).ShouldBe((1, "Asia/Tokyo", "09:00-17:00"));
        }
        (await clearance.PermitAsync(post)).Decisions[0].ShouldSatisfyAllConditions(d => d.Kind.ShouldBe(DecisionKind.DeemedCleared), d => d.Person.ShouldBe("silence:desk"));
    }

    [Theory, OnBothDatabases]
    public async Task An_office_disowns_its_silence_while_it_can_still_be_undone(Store store)
    {
        await using var clearance = await OnRoute.StartAsync(store);
        var post = await clearance.OpenOnAsync(OnRoute.SilentDesk, Lane.Immediate);
        (await clearance.SheetAsync(post, "desk")).ShouldBe(200);
        await clearance.UntilToldAsync<SilenceCounted>(post, TimeSpan.FromHours(1));
        (await clearance.ActAsync(post, "officer", "decisions", new { decision = "Cleared", packageDigest = post.PackageDigest })).ShouldBe(200)["status"].GetString().ShouldBe("Cleared");
        (await clearance.ActAsync(post, "desk", "decisions", new { decision = "Objected", packageDigest = post.PackageDigest, comment = "We were at lunch." })).ShouldBe(200)["status"].GetString().ShouldBe("InClearance");

        clearance.Clock.Advance(TimeSpan.FromMinutes(5));
        var sheet = await clearance.SheetAsync(post);
        sheet.Line("DESK").GetProperty("state").GetString().ShouldBe(nameof(LineState.Objected));
        sheet["decisions"][0].GetProperty("kind").GetString().ShouldBe(nameof(DecisionKind.DeemedCleared), "that it was silent stays told");
        (await clearance.ToldAsync(post)).ShouldNotContain(nameof(PermitIssued));
    }

    private static object ActingFor(ClearanceRequest request, string absent) => new { decision = "Cleared", packageDigest = request.PackageDigest, actingFor = absent };

    private static async Task<ClearanceRequest> TwoMustClearAsync(ClearanceUnderTest clearance, ClearanceRequest request)
    {
        await clearance.Service.Db<ClearanceDb>(async db =>
        {
            var row = await db.Requests.SingleAsync(r => r.Id == request.Id);
            db.Entry(row).CurrentValues.SetValues(row with { Route = Route(("CENTRAL", 1, 2)) });
            await db.SaveChangesAsync();
        });
        return await clearance.RequestAsync(request.PackageDigest);
    }
}
