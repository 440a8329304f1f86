using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Registry.Tests.Features;

/// <summary>Who stands in for whom, and who has the duty.</summary>
public sealed class ImportingTurns
{
    private const string Delegations = "absent,deputy,office,role,from,to,kind";
    private const string Duties = "office,person,from,to,zone";
    private const string OmarForHina = "hina,omar,CENTRAL,clearing-officer,2090-07-01,2090-07-15,deputy";
    private static readonly DateTimeOffset Noon = new(2090, 7, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory, OnBothDatabases]
    public async Task Brings_deputies_and_changes_only_what_is_new(Store store)
    {
        await using var host = await StartAsync(store);

        (await host.Import("delegations", Delegations, OmarForHina, "omar,lena,CENTRAL,clearing-officer,2090-07-01,2090-07-15,acting")).Counts().ShouldBe((1, 0, 0, 1));
        (await host.Import("delegations", Delegations, OmarForHina)).Counts().ShouldBe((0, 0, 1, 0));
        (await host.Import("delegations", Delegations, OmarForHina.Replace("07-15", "07-20"))).Counts().ShouldBe((0, 1, 0, 0));

        var officer = host.Client(await host.Given.ClearingOfficerAsync("C-1"));
        var listed = (await officer.Get("/api/registry/delegations?office=CENTRAL")).ShouldBe(200)["items"].EnumerateArray().ShouldHaveSingleItem();
        (listed.GetProperty("absent").GetString(), listed.GetProperty("deputy").GetString(), listed.GetProperty("version").GetInt32()).ShouldBe(("hina", "omar", 2));
        listed.GetProperty("to").GetDateTimeOffset().ShouldBe(new(2090, 7, 20, 0, 0, 0, TimeSpan.Zero));
        (await officer.Get("/api/registry/delegations?office=HUB-SOUTH-ASIA")).ShouldBe(200)["items"].GetArrayLength().ShouldBe(0);

        (await host.Import("delegations", Delegations, OmarForHina.Replace("07-15", "07-01"))).Counts().ShouldBe((0, 1, 0, 0)); // Struck out.
        (await officer.Get("/api/registry/delegations")).ShouldBe(200)["items"].GetArrayLength().ShouldBe(0);
        (await host.Db<RegistryDb, List<string>>(db => db.Outbox.Where(o => o.Aggregate == "delegation").OrderBy(o => o.Version).Select(o => o.Type).ToListAsync()))
            .ShouldBe(Enumerable.Repeat(typeof(DelegationRecorded).FullName!, 3));
    }

    [Theory, OnBothDatabases]
    public async Task Brings_the_roster_and_tells_its_gaps_and_overlaps(Store store)
    {
        await using var host = await StartAsync(store);
        string[] roster = [Duties, "CENTRAL,lena,2090-07-02T00:00:00Z,2090-07-02T08:00:00Z,", "HUB-SOUTH-ASIA,omar,2090-07-02T12:00,2090-07-02T20:00,Asia/Karachi", "CENTRAL,lena,2090-07-02T16:00:00Z,2090-07-03T00:00:00Z,"];

        var report = await host.Import("duties", roster);
        report.Counts().ShouldBe((3, 0, 0, 0));
        report["remarks"].EnumerateArray().Select(r => r.GetString()).ShouldBe(
        [
            "CENTRAL lena and HUB-SOUTH-ASIA omar have the duty at once from 2090-07-02T07:00:00Z to 2090-07-02T08:00:00Z.",
            "Nobody has the duty from 2090-07-02T15:00:00Z to 2090-07-02T16:00:00Z.",
        ]);
        (await host.Import("duties", roster)).Counts().ShouldBe((0, 0, 3, 0));

        var listed = (await host.Client(RegistryHost.Registrar).Get("/api/registry/duties")).ShouldBe(200);
        listed["items"].EnumerateArray().Select(d => d.GetProperty("office").GetString()).ShouldBe(["CENTRAL", "HUB-SOUTH-ASIA", "CENTRAL"]);
        listed["remarks"].EnumerateArray().Select(r => r.GetProperty("duties").GetArrayLength()).ShouldBe([2, 0]);
    }

    [Theory, OnBothDatabases]
    public async Task Shows_what_is_on_and_what_is_to_come_and_nothing_that_is_over(Store store)
    {
        var clock = new ManualClock(Noon);
        await using var host = await StartAsync(new Setup(store) { Clock = clock });
        await host.Import("delegations", Delegations, OmarForHina);
        await host.Import("duties", Duties, "CENTRAL,lena,2090-07-02T00:00:00Z,2090-07-02T13:00:00Z,");
        var registrar = host.Client(RegistryHost.Registrar);
        (await registrar.Get("/api/registry/duties")).ShouldBe(200)["items"].GetArrayLength().ShouldBe(1);

        clock.Advance(TimeSpan.FromDays(20));

        (await registrar.Get("/api/registry/duties")).ShouldBe(200)["items"].GetArrayLength().ShouldBe(0);
        (await registrar.Get("/api/registry/delegations")).ShouldBe(200)["items"].GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Is_shown_to_the_registrar_and_to_clearing_officers_alone()
    {
        await using var host = await StartAsync(Store.Sqlite);
        await host.Given.PersonAsync("desk", ("HUB-SOUTH-ASIA", Roles.ClearingOfficer));
        await host.Given.DraftingOfficerAsync("author", "KBL");

        foreach (var path in new[] { "/api/registry/delegations", "/api/registry/duties" })
        {
            (await host.Client("desk").Get(path)).ShouldBe(200);
            (await host.Client("author").Get(path)).ShouldBe(403, "rights.role");
            (await host.ClientWith().Get(path)).ShouldBe(401, "token.missing");
        }
    }

    private static async Task<ServiceUnderTest> StartAsync(Setup setup)
    {
        var host = await RegistryHost.StartAsync(setup);
        (await host.Import("offices", "code,name,kind,parent,zone,hours,rest_days,holidays,covers", "HUB-SOUTH-ASIA,Hub,regional-hub,CENTRAL,Asia/Karachi,09:00-17:00,sun,,South Asia")).Counts().ShouldBe((1, 0, 0, 0));
        (await host.Import("people", RegistryHost.PeopleHeader, "hina,Hina,,,CENTRAL,clearing-officer,2020-01-01,", "omar,Omar,,,HUB-SOUTH-ASIA,duty-officer,2020-01-01,", "lena,Lena,,,CENTRAL,duty-officer,2020-01-01,"))
            .Counts().ShouldBe((3, 0, 0, 0));
        return host;
    }
}
