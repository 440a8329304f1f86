using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Contracts;
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

    [Fact]
    public void A_minister_s_remark_on_two_states_goes_out_in_haste()
    {
        var book = new OfficeBook(
        [
            new("CENTRAL", OfficeKinds.CentralUnit, null, []), new("DESK-CN", OfficeKinds.CountryDesk, "CENTRAL", ["CN"]), new("DESK-IN", OfficeKinds.CountryDesk, "CENTRAL", ["IN"]),
        ]);
        var pack = Presets.Pack("country-desks");
        var mission = new MissionFacts("KBL", "embassy", "Asia", "AF", Flagship: false, Home: ["PK"]);
        var remark = Package(text: "The minister said that what China and India agree on is theirs to agree on.", lane: Lane.Immediate);
        var findings = Findings.Of(remark, pack, mission, new Dictionary<string, NetworkLimit>(), States.Gazetteer);
        var route = Policies.Route(new SealedPack(pack, new string('d', 64)), Findings.Subject(remark, mission, findings, Noon), book);

        route.Required.Select(r => (r.Office, r.Stage)).ShouldBe([("DESK-CN", 1), ("DESK-IN", 1), ("CENTRAL", 2)]);
        route.ImmediateAllowed.ShouldBeFalse();
        // Neither desk speaks for the other, and the central unit not for both.
        var request = OpenOn(route);
        ClearanceRules.Decide(request, Decision(request)).Allows(out _, out var no).ShouldBeFalse();
        no.ShouldBe(DecisionGuards.NotYourTurn);
        foreach (var (person, office, status) in new[] { ("china", "DESK-CN", ClearanceStatus.InClearance), ("india", "DESK-IN", ClearanceStatus.InClearance), ("officer", "CENTRAL", ClearanceStatus.Cleared) })
        {
            PermitOffice.Issue(request, Guid.CreateVersion7(Noon), Noon.AddMinutes(1), _ => "envelope").Allows(out _, out _).ShouldBeFalse();
            ClearanceRules.Decide(request, Decision(request, person, office: office)).Allows(out var accepted, out var refusal).ShouldBeTrue(refusal?.Code);
            request = accepted!.State;
            request.Status.ShouldBe(status);
        }
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
