using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Http;

public sealed class RightsTests
{
    [Fact]
    public void Who_decides_heads_or_audits_at_the_centre_sees_everything_and_the_same_role_elsewhere_does_not()
    {
        foreach (var role in Roles.All)
            foreach (var office in new[] { Offices.Central, "HUB-EUROPE", "KBL" })
                new Actor("P", [new Appointment("TYO", Roles.DraftingOfficer), new Appointment(office, role)]).SeesEverything
                    .ShouldBe(office == Offices.Central && (role is Roles.ClearingOfficer or Roles.HeadOfUnit or Roles.Auditor), $"{role} in {office}");
    }

    [Theory, OnBothDatabases]
    public async Task Who_may_not_is_told_why_and_who_may_not_see_finds_nothing(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        await sample.Given.DraftingOfficerAsync("P1", "KBL");
        await sample.Given.DraftingOfficerAsync("P2", "TYO");
        await sample.Given.ClearingOfficerAsync("C1");
        await sample.Given.PersonAsync("AUDITOR", (Offices.Central, Roles.Auditor));
        await sample.Given.PersonAsync("NOBODY");
        var path = $"/api/sample/notes/{(await sample.Client("P1").Post("/api/sample/notes", new { mission = "KBL", text = "a" })).ShouldBe(201)["id"]}";

        (await sample.Client("P1").Get(path)).ShouldBe(200);
        (await sample.Client("C1").Get(path)).ShouldBe(200);
        (await sample.Client("P2").Get(path)).ShouldBe(404, "not-found");
        (await sample.Client("P2").Post(path + "/revisions", new { mission = "KBL", text = "b" }, version: 1)).ShouldBe(404, "not-found");
        (await sample.Client("AUDITOR").Get(path)).ShouldBe(403, "rights.role");
        (await sample.Client("NOBODY").Get(path)).ShouldBe(403, "rights.no-appointment");
        (await sample.Client("STRANGER").Get(path)).ShouldBe(403, "rights.no-appointment");
        (await sample.Client("C1").Post("/api/sample/notes", new { mission = "KBL", text = "a" })).ShouldBe(403, "rights.role");

        (await sample.Client("P1").Get("/api/sample/notes")).ShouldBe(200)["items"].GetArrayLength().ShouldBe(1);
        (await sample.Client("P2").Get("/api/sample/notes")).ShouldBe(200)["items"].GetArrayLength().ShouldBe(0);
        // A public endpoint sees nothing that is not public, whoever asks.
        (await sample.ClientWith().Get("/api/sample/unfiltered")).ShouldBe(200).Body.ShouldBe("0");
    }

    [Fact]
    public async Task A_service_may_what_its_name_allows_and_nothing_a_role_allows()
    {
        await using var sample = await ServiceUnderTest.StartAsync(Store.Sqlite, new SampleModule());
        await sample.Given.DraftingOfficerAsync("P1", "KBL");

        (await sample.ServiceClient("publishing").Get("/api/sample/for-publishing")).ShouldBe(200);
        (await sample.ServiceClient("clearance").Get("/api/sample/for-publishing")).ShouldBe(403);
        (await sample.Client("P1").Get("/api/sample/for-publishing")).ShouldBe(403);
        (await sample.ServiceClient("publishing").Get("/api/sample/notes")).ShouldBe(403);
        (await sample.ServiceClient("publishing").Post("/api/sample/notes", new { mission = "KBL", text = "a" })).ShouldBe(403);
    }

    [Fact]
    public async Task A_person_cannot_be_called_like_a_service()
    {
        await using var sample = await ServiceUnderTest.StartAsync(new Setup(Store.Sqlite) { Settings = { ["Identity:ServiceSubjects:Publishing"] = "b7d1" } }, new SampleModule());

        (await sample.Client("b7d1").Get("/api/sample/for-publishing")).ShouldBe(200);
    }

    [Theory, OnBothDatabases]
    public async Task An_appointment_counts_from_its_first_instant_to_its_last(Store store)
    {
        var clock = new ManualClock();
        await using var sample = await ServiceUnderTest.StartAsync(new Setup(store) { Clock = clock }, new SampleModule());
        var now = clock.GetUtcNow();
        await sample.Given.PersonAsync("P1");
        await sample.Given.AppointmentAsync("P1", "KBL", Roles.DraftingOfficer, from: now.AddHours(1), to: now.AddHours(2));
        var client = sample.Client("P1");

        (await client.Get("/api/sample/notes")).ShouldBe(403);
        clock.Advance(TimeSpan.FromHours(1));
        (await client.Get("/api/sample/notes")).ShouldBe(200);
        clock.Advance(TimeSpan.FromHours(1));
        (await client.Get("/api/sample/notes")).ShouldBe(403);
    }

    [Theory, OnBothDatabases]
    public async Task Registrys_facts_give_rights_and_take_them_in_whatever_order_they_come(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        var (now, id) = (DateTimeOffset.UnixEpoch.AddYears(56), Guid.CreateVersion7(DateTimeOffset.UnixEpoch));
        var given = new AppointmentRecorded(id, 1, "P1", "KBL", Roles.DraftingOfficer, now, null, now);
        var client = sample.Client("sub-1");

        await sample.Publish(given);
        (await client.Get("/api/sample/notes")).ShouldBe(403, "rights.no-appointment");
        await sample.Publish(new PersonRecorded("P1", 1, [new PersonIdentity(TestIssuer.Name, "sub-1")], now));
        (await client.Get("/api/sample/notes")).ShouldBe(200);

        await sample.Publish(given with { Version = 3, To = now });
        await sample.Publish(given with { Version = 2, To = null });
        (await client.Get("/api/sample/notes")).ShouldBe(403, "rights.no-appointment");

        await sample.Publish(given with { Version = 4, To = null });
        await sample.Publish(new PersonRecorded("P1", 2, [new PersonIdentity(TestIssuer.Name, "sub-2")], now));
        (await client.Get("/api/sample/notes")).ShouldBe(403, "rights.no-appointment");
        (await sample.Client("sub-2").Get("/api/sample/notes")).ShouldBe(200);
    }

    [Theory, OnBothDatabases]
    public async Task Who_has_lost_every_identity_does_not_get_an_older_one_back_by_a_late_fact(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        await sample.Given.AppointmentAsync("P1", "KBL", Roles.DraftingOfficer);
        var (now, identity) = (DateTimeOffset.UnixEpoch.AddYears(56), new PersonIdentity(TestIssuer.Name, "sub-1"));
        var client = sample.Client("sub-1");

        await sample.Publish(new PersonRecorded("P1", 1, [identity], now));
        await sample.Publish(new PersonRecorded("P1", 3, [], now));
        await sample.Publish(new PersonRecorded("P1", 2, [identity], now));
        (await client.Get("/api/sample/notes")).ShouldBe(403, "rights.no-appointment");

        await sample.Publish(new PersonRecorded("P1", 4, [identity], now));
        (await client.Get("/api/sample/notes")).ShouldBe(200);
    }
}
