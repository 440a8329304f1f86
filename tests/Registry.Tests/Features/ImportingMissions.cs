using System.Text;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Imports;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Registry.Tests.Features;

public sealed class ImportingMissions
{
    [Theory, OnBothDatabases]
    public async Task Brings_all_missions_each_with_its_noticeboard_and_changes_nothing_the_second_time(Store store)
    {
        await using var host = await RegistryHost.StartAsync(store);
        var file = await File.ReadAllTextAsync(Path.Combine(Generated.Root, "services/Registry/missions.csv"), TestContext.Current.CancellationToken);
        var registrar = host.Client(RegistryHost.Registrar);

        (await registrar.Import("missions", file)).Counts().ShouldBe((116, 0, 0, 0));
        var facts = await Facts(host);
        facts.Count(f => f.Contains(nameof(MissionRecorded))).ShouldBe(116);
        facts.Count(f => f.Contains(nameof(AccountRecorded))).ShouldBe(116);
        var accounts = (await registrar.Get("/api/registry/accounts?mission=KBL")).ShouldBe(200)["items"];
        accounts.GetArrayLength().ShouldBe(1);
        accounts[0].GetProperty("id").GetString().ShouldBe("noticeboard:KBL");

        (await registrar.Import("missions", file)).Counts().ShouldBe((0, 0, 116, 0));
        (await Facts(host)).Count.ShouldBe(facts.Count);
    }

    [Theory, OnBothDatabases]
    public async Task Lands_the_good_lines_and_tells_the_bad_ones_by_line_and_reason(Store store)
    {
        await using var host = await RegistryHost.StartAsync(store);

        var answer = await host.Import("missions",
            RegistryHost.MissionsHeader, RegistryHost.Kabul, "XXX,Nowhere,embassy,Nowhere,AF,South Asia,Mars/Olympus,en", "short,line", RegistryHost.Tokyo, RegistryHost.Kabul);

        answer.Counts().ShouldBe((2, 0, 0, 3));
        answer.Rejected().Select(r => r.Line).ShouldBe([3, 4, 6]);
        answer.Rejected()[0].Reason.ShouldStartWith("Zone \"Mars/Olympus\" is not known.");
        answer.Rejected()[1].Reason.ShouldStartWith("The number of columns is 2 instead of 8.");
        answer.Rejected()[2].Reason.ShouldBe("Code KBL stands in line 2 already.");
        (await host.Db<RegistryDb, List<string>>(db => db.Missions.OrderBy(m => m.Code).Select(m => m.Code).ToListAsync())).ShouldBe(["KBL", "TYO"]);
    }

    [Theory, OnBothDatabases]
    public async Task Makes_a_new_version_of_what_changed_and_only_of_that(Store store)
    {
        await using var host = await RegistryHost.StartAsync(store);
        await host.Import("missions", RegistryHost.MissionsHeader, RegistryHost.Kabul, RegistryHost.Tokyo);

        (await host.Import("missions", RegistryHost.MissionsHeader, RegistryHost.Kabul.Replace("Embassy Kabul", "Mission Kabul"), RegistryHost.Tokyo)).Counts().ShouldBe((0, 1, 1, 0));

        var mission = await host.Client(RegistryHost.Registrar).Get("/api/registry/missions/KBL");
        mission.ShouldBe(200).Version.ShouldBe(2);
        mission["name"].GetString().ShouldBe("Mission Kabul");
        (await host.Client(RegistryHost.Registrar).Get("/api/registry/missions/TYO")).Version.ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Answers_a_repeated_request_as_the_first_time(Store store)
    {
        await using var host = await RegistryHost.StartAsync(store);
        var registrar = host.Client(RegistryHost.Registrar);
        var text = $"{RegistryHost.MissionsHeader}\n{RegistryHost.Kabul}";

        var first = await registrar.Import("missions", text, key: "k");
        var again = await registrar.Import("missions", text, key: "k");

        first.Counts().ShouldBe((1, 0, 0, 0));
        again.Body.ShouldBe(first.Body);
        (await registrar.Import("missions", text + "\n", key: "k")).ShouldBe(422, "idempotency.differs");
        (await registrar.Import("missions", text, key: "")).ShouldBe(400, "idempotency.missing");
    }

    [Fact]
    public async Task Takes_two_imports_at_once_one_after_the_other()
    {
        await using var host = await RegistryHost.StartAsync(Store.Postgres);
        var text = string.Join('\n', RegistryHost.MissionsHeader, RegistryHost.Kabul, RegistryHost.Tokyo);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.Client(RegistryHost.Registrar).Import("missions", text)));

        answers.Select(a => a.Counts()).Order().ShouldBe([(0, 0, 2, 0), (0, 0, 2, 0), (0, 0, 2, 0), (0, 0, 2, 0), (0, 0, 2, 0), (2, 0, 0, 0)]);
    }

    [Fact]
    public async Task Refuses_a_file_whole_when_it_is_not_a_missions_file()
    {
        await using var host = await RegistryHost.StartAsync(Store.Sqlite);
        var registrar = host.Client(RegistryHost.Registrar);

        var wrong = await registrar.Import("missions", $"{RegistryHost.PeopleHeader}\n{RegistryHost.Kabul}");
        wrong.ShouldBe(400, "import.header")["detail"].GetString()!.ShouldContain(RegistryHost.MissionsHeader);
        (await registrar.Import("missions", "")).ShouldBe(400, "import.header");
        (await registrar.Import("missions", Encoding.Unicode.GetBytes(RegistryHost.MissionsHeader))).ShouldBe(400, "import.encoding");
        (await registrar.Import("missions", new byte[CsvUpload.MostBytes + 1])).ShouldBe(413, "request.too-large");
        (await registrar.Post("/api/registry/imports/missions", new { code = "KBL" })).ShouldBe(415, "request.media-type");
        (await Facts(host)).ShouldHaveSingleItem().ShouldContain(nameof(OfficeRecorded)); // The central unit is there from the start.
    }

    [Fact]
    public async Task Takes_a_file_that_is_larger_than_other_requests_may_be()
    {
        await using var host = await RegistryHost.StartAsync(Store.Sqlite);
        var text = new StringBuilder(RegistryHost.MissionsHeader);
        for (var i = 0; text.Length < 400_000; i++) text.Append($"\nM{i},{new string('x', 150)},embassy,Kabul,AF,South Asia,Asia/Kabul,en");

        (await host.Client(RegistryHost.Registrar).Import("missions", text.ToString())).Counts().Item4.ShouldBe(0);
    }

    [Fact]
    public async Task Is_the_registrar_s_alone()
    {
        await using var host = await RegistryHost.StartAsync(Store.Sqlite);
        var officer = await host.Given.ClearingOfficerAsync("C-1");

        foreach (var what in new[] { "missions", "offices", "accounts", "people", "delegations", "duties" })
        {
            (await host.ClientWith().Import(what, "")).ShouldBe(401, "token.missing");
            (await host.Client(officer).Import(what, "")).ShouldBe(403, "rights.role");
            (await host.Client("nobody").Import(what, "")).ShouldBe(403, "rights.no-appointment");
            (await host.ServiceClient("publishing").Import(what, "")).ShouldBe(403, "rights.no-appointment");
        }
    }

    private static Task<List<string>> Facts(ServiceUnderTest host) => host.Db<RegistryDb, List<string>>(db => db.Outbox.Select(row => row.Type).ToListAsync());
}
