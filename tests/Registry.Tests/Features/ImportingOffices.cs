using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Registry.Tests.Features;

public sealed class ImportingOffices
{
    private const string Header = "code,name,kind,parent,zone,hours,rest_days,holidays,covers";
    private const string Hub = "HUB-SOUTH-ASIA,Hub South Asia,regional-hub,CENTRAL,Asia/Karachi,09:00-17:00,sat;sun,2026-12-25,South Asia";
    private const string Front = "KBL,Front office Kabul,front-office,HUB-SOUTH-ASIA,Asia/Kabul,08:00-16:00,fri,,";

    [Theory, OnBothDatabases]
    public async Task Brings_the_example_and_changes_nothing_the_second_time(Store store)
    {
        await using var host = await RegistryHost.StartAsync(store);
        var file = await File.ReadAllTextAsync(Path.Combine(Generated.Root, "services/Registry/offices.csv"), TestContext.Current.CancellationToken);
        var lines = file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
        var registrar = host.Client(RegistryHost.Registrar);

        (await registrar.Import("offices", file)).Counts().ShouldBe((lines - 1, 1, 0, 0)); // The central unit is there before.
        var facts = await Facts(host);
        facts.ShouldBe(lines + 1);

        (await registrar.Import("offices", file)).Counts().ShouldBe((0, 0, lines, 0));
        (await Facts(host)).ShouldBe(facts);
    }

    /// <summary>Else a mission's text would find no hub.</summary>
    [Fact]
    public void Has_in_its_example_a_hub_for_each_region_and_an_office_for_each_letter_of_the_matrix()
    {
        var offices = Lines("offices.csv");
        IEnumerable<string> Covered(string kind) => offices.Where(o => o[2] == kind).SelectMany(o => o[8].Split(';'));

        Covered("regional-hub").Order().ShouldBe(Lines("missions.csv").Select(m => m[5]).Distinct().Order());
        Covered("thematic-office").Order().ShouldBe(["C", "D", "E", "I", "M"]);

        static List<string[]> Lines(string name) => [.. File.ReadLines(Path.Combine(Generated.Root, "services/Registry", name)).Skip(1).Select(line => line.Split(','))];
    }

    [Theory, OnBothDatabases]
    public async Task Lands_the_good_lines_and_tells_those_of_a_circle_by_line(Store store)
    {
        await using var host = await StartAsync(store);

        var answer = await host.Import("offices", Header, Hub, Front,
            Hub.Replace("HUB-SOUTH-ASIA", "HUB-A").Replace("CENTRAL", "HUB-B").Replace("South Asia", "Asia"), Hub.Replace("HUB-SOUTH-ASIA", "HUB-B").Replace("CENTRAL", "HUB-A").Replace("South Asia", "Africa"));

        answer.Counts().ShouldBe((2, 0, 0, 2));
        answer.Rejected().ShouldBe([(4, "Its parents go round in a circle: HUB-A, HUB-B, HUB-A."), (5, "Its parents go round in a circle: HUB-B, HUB-A, HUB-B.")]);
        var items = (await host.Client(RegistryHost.Registrar).Get("/api/registry/offices")).ShouldBe(200)["items"];
        items.EnumerateArray().Select(o => o.GetProperty("code").GetString()).ShouldBe(["CENTRAL", "HUB-SOUTH-ASIA", "KBL"]);
        items[1].GetProperty("covers")[0].GetString().ShouldBe("South Asia");
        (items[2].GetProperty("parent").GetString(), items[2].GetProperty("hours").GetString(), items[2].GetProperty("restDays")[0].GetString()).ShouldBe(("HUB-SOUTH-ASIA", "08:00-16:00", "fri"));
    }

    [Theory, OnBothDatabases]
    public async Task Has_the_central_unit_from_the_start_and_a_file_may_say_more_of_it(Store store)
    {
        await using var host = await RegistryHost.StartAsync(store);
        (await host.Client(RegistryHost.Registrar).Get("/api/registry/offices")).ShouldBe(200)["items"][0].GetProperty("kind").GetString().ShouldBe("central-unit");

        (await host.Import("offices", Header, "CENTRAL,Digital unit,central-unit,,Asia/Karachi,08:00-20:00,sun,,")).Counts().ShouldBe((0, 1, 0, 0));

        var central = (await host.Client(RegistryHost.Registrar).Get("/api/registry/offices")).ShouldBe(200)["items"].EnumerateArray().ShouldHaveSingleItem();
        (central.GetProperty("version").GetInt32(), central.GetProperty("zone").GetString()).ShouldBe((2, "Asia/Karachi"));
    }

    [Theory, OnBothDatabases]
    public async Task Makes_room_for_appointments_in_it(Store store)
    {
        await using var host = await StartAsync(store);
        string[] people =
        [
            RegistryHost.PeopleHeader, "1,Hub,,,HUB-SOUTH-ASIA,clearing-officer,2020-01-01,", "2,Head,,,KBL,head-of-unit,2020-01-01,", "3,Duty,,,CENTRAL,duty-officer,2020-01-01,",
            "4,Registrar,,,HUB-SOUTH-ASIA,registrar,2020-01-01,", "5,Drafting,,,HUB-SOUTH-ASIA,drafting-officer,2020-01-01,",
        ];
        (await host.Import("people", people)).Counts().ShouldBe((1, 0, 0, 4));

        await host.Import("offices", Header, Hub, Front);
        (await host.Import("people", people)).Counts().ShouldBe((2, 0, 1, 2));
    }

    [Theory, OnBothDatabases]
    public async Task Says_of_accounts_which_are_flagships_and_which_are_live(Store store)
    {
        await using var host = await StartAsync(store);

        (await host.Import("accounts", "account,flagship,live", "noticeboard:KBL,yes,yes", "noticeboard:XXX,no,yes", "noticeboard:TYO,no,maybe")).Counts().ShouldBe((0, 1, 0, 2));
        (await host.Import("accounts", "account,flagship,live", "noticeboard:KBL,yes,yes", "noticeboard:TYO,no,no")).Counts().ShouldBe((0, 1, 1, 0));

        var accounts = (await host.Client(RegistryHost.Registrar).Get("/api/registry/accounts")).ShouldBe(200)["items"];
        accounts.EnumerateArray().Select(a => (a.GetProperty("id").GetString(), a.GetProperty("version").GetInt32(), a.GetProperty("flagship").GetBoolean(), a.GetProperty("live").GetBoolean()))
            .ShouldBe([("noticeboard:KBL", 2, true, true), ("noticeboard:TYO", 2, false, false)]);
        await host.Import("missions", RegistryHost.MissionsHeader, RegistryHost.Kabul); // The mission again opens nothing anew.
        (await host.Client(RegistryHost.Registrar).Get("/api/registry/accounts?mission=KBL")).ShouldBe(200)["items"][0].GetProperty("version").GetInt32().ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    public async Task Lies_in_the_tables_that_the_scripts_make(Store store)
    {
        await using var host = await RegistryHost.StartAsync(store);
        await SchemaComparison.ShouldMatchAsync<RegistryDb>(host);
    }

    private static async Task<ServiceUnderTest> StartAsync(Store store)
    {
        var host = await RegistryHost.StartAsync(store);
        (await host.Import("missions", RegistryHost.MissionsHeader, RegistryHost.Kabul, RegistryHost.Tokyo)).ShouldBe(200);
        return host;
    }

    private static Task<int> Facts(ServiceUnderTest host) => host.Db<RegistryDb, int>(db => db.Outbox.CountAsync(row => row.Type.EndsWith(nameof(OfficeRecorded))));
}
