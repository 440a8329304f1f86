using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Registry.Tests.Features;

public sealed class ImportingPeople
{
    private const string Amina = "1101,Amina Yusuf,https://issuer.test,amina,KBL,drafting-officer,2020-01-01,";
    private const string Hina = "2201,Hina Malik,https://issuer.test,hina,CENTRAL,clearing-officer,2020-01-01,2090-01-01";

    [Theory, OnBothDatabases]
    public async Task Gives_people_their_rights_at_once_and_changes_nothing_the_second_time(Store store)
    {
        await using var host = await StartAsync(store);

        (await host.Import("people", RegistryHost.PeopleHeader, Amina, Hina)).Counts().ShouldBe((2, 0, 0, 0));
        var me = (await host.Client("amina").Get("/api/registry/me")).ShouldBe(200);
        (me["person"].GetString(), me["name"].GetString()).ShouldBe(("1101", "Amina Yusuf"));
        var held = me["appointments"].EnumerateArray().ShouldHaveSingleItem();
        (held.GetProperty("office").GetString(), held.GetProperty("role").GetString()).ShouldBe(("KBL", Roles.DraftingOfficer));
        held.GetProperty("from").GetDateTimeOffset().ShouldBe(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));

        var facts = await Facts(host);
        (await host.Import("people", RegistryHost.PeopleHeader, Amina, Hina)).Counts().ShouldBe((0, 0, 2, 0));
        (await Facts(host)).ShouldBe(facts);
    }

    [Theory, OnBothDatabases]
    public async Task Ends_the_same_appointment_when_it_comes_again_with_an_end(Store store)
    {
        await using var host = await StartAsync(store);
        await host.Import("people", RegistryHost.PeopleHeader, Amina);
        var id = await host.Db<RegistryDb, Guid>(db => db.AppointmentRecords.Select(a => a.Id).SingleAsync());

        (await host.Import("people", RegistryHost.PeopleHeader, Amina + "2021-01-01")).Counts().ShouldBe((0, 1, 0, 0));

        var appointment = await host.Db<RegistryDb, AppointmentRecord>(db => db.AppointmentRecords.SingleAsync());
        (appointment.Id, appointment.Version, appointment.To).ShouldBe((id, 2, new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        (await host.Client("amina").Get("/api/registry/me")).ShouldBe(200)["appointments"].GetArrayLength().ShouldBe(0);
        (await host.Client("amina").Get("/api/registry/missions")).ShouldBe(403, "rights.no-appointment");
    }

    [Theory, OnBothDatabases]
    public async Task Takes_another_name_for_a_change_of_each_line_about_the_person(Store store)
    {
        await using var host = await StartAsync(store);
        var second = Amina.Replace("KBL", "TYO");
        await host.Import("people", RegistryHost.PeopleHeader, Amina, second);

        (await host.Import("people", RegistryHost.PeopleHeader, Amina.Replace("Yusuf", "Youssouf"), second.Replace("Yusuf", "Youssouf"))).Counts().ShouldBe((0, 2, 0, 0));

        var person = await host.Db<RegistryDb, Person>(db => db.Persons.SingleAsync());
        (person.Name, person.Version).ShouldBe(("Amina Youssouf", 2));
    }

    [Theory, OnBothDatabases]
    public async Task Lets_an_identity_change_hands_only_when_its_owner_has_let_go(Store store)
    {
        await using var host = await StartAsync(store);
        await host.Import("people", RegistryHost.PeopleHeader, Amina);
        var successor = Amina.Replace("1101,Amina Yusuf", "1102,Bilal Karim");

        (await host.Import("people", RegistryHost.PeopleHeader, successor)).Rejected().ShouldHaveSingleItem().Reason.ShouldContain("1101's");
        (await host.Import("people", RegistryHost.PeopleHeader, Amina.Replace(",amina,", ",amina.yusuf,"))).Counts().ShouldBe((0, 1, 0, 0));
        (await host.Import("people", RegistryHost.PeopleHeader, successor)).Counts().ShouldBe((1, 0, 0, 0));

        (await host.Client("amina").Get("/api/registry/me")).ShouldBe(200)["person"].GetString().ShouldBe("1102");
        (await host.Client("amina.yusuf").Get("/api/registry/me")).ShouldBe(200)["person"].GetString().ShouldBe("1101");
    }

    [Theory, OnBothDatabases]
    public async Task Lands_the_good_lines_and_tells_the_bad_ones_by_line_and_reason(Store store)
    {
        await using var host = await StartAsync(store);

        var answer = await host.Import("people", RegistryHost.PeopleHeader,
            Amina, Amina.Replace("KBL", "XXX"), Hina.Replace("clearing-officer", "king"), "1101,Amina", Hina, Amina, Hina.Replace("2201", "2202").Replace("2090", "1990"));

        answer.Counts().ShouldBe((2, 0, 0, 5));
        answer.Rejected().Select(r => r.Line).ShouldBe([3, 4, 5, 7, 8]);
        answer.Rejected()[0].Reason.ShouldStartWith("Office \"XXX\" is not known");
        answer.Rejected()[1].Reason.ShouldStartWith("Role \"king\" is not known");
        answer.Rejected()[2].Reason.ShouldStartWith("The number of columns is 2 instead of 8.");
        answer.Rejected()[3].Reason.ShouldBe("The same appointment stands in line 2 already.");
        answer.Rejected()[4].Reason.ShouldStartWith("The appointment ends before it begins");
    }

    [Fact]
    public async Task Gives_no_local_identity_while_the_local_issuer_is_off()
    {
        await using var host = await StartAsync(Store.Sqlite);

        await host.Import("people", RegistryHost.PeopleHeader, Amina.Replace("https://issuer.test,amina", ","));

        (await host.Db<RegistryDb, Person>(db => db.Persons.SingleAsync())).Identities.ShouldBeEmpty();
    }

    [Fact]
    public async Task Writes_no_name_where_facts_are_written()
    {
        await using var host = await StartAsync(Store.Sqlite);

        await host.Import("people", RegistryHost.PeopleHeader, Amina, Hina);

        var bodies = await host.Db<RegistryDb, List<byte[]>>(db => db.Outbox.Select(row => row.Body).ToListAsync());
        bodies.ShouldNotBeEmpty();
        bodies.Select(System.Text.Encoding.UTF8.GetString).ShouldAllBe(body => !body.Contains("Yusuf") && !body.Contains("Malik"));
    }

    private static async Task<ServiceUnderTest> StartAsync(Setup setup)
    {
        var host = await RegistryHost.StartAsync(setup);
        (await host.Import("missions", RegistryHost.MissionsHeader, RegistryHost.Kabul, RegistryHost.Tokyo)).ShouldBe(200);
        return host;
    }

    private static Task<List<string>> Facts(ServiceUnderTest host) =>
        host.Db<RegistryDb, List<string>>(db => db.Outbox.OrderBy(row => row.Id).Select(row => row.Type + " " + row.AggregateId).ToListAsync());
}
