using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Registry.Tests.Features;

public sealed class ReadingTheRegister
{
    private static readonly string[] Paths =
        ["/api/registry/missions", "/api/registry/missions/KBL", "/api/registry/accounts", "/api/registry/accounts?mission=KBL", "/api/registry/people/1101", "/api/registry/people?ids=1101"];

    [Theory, OnBothDatabases]
    public async Task Is_for_everybody_who_holds_an_appointment_and_for_nobody_else(Store store)
    {
        await using var host = await StartAsync(store);
        var officer = await host.Given.DraftingOfficerAsync("D-1", "TYO");
        await host.Given.PersonAsync("P-1");

        foreach (var path in Paths)
        {
            (await host.Client(officer).Get(path)).ShouldBe(200);
            (await host.ClientWith().Get(path)).ShouldBe(401, "token.missing");
            (await host.ClientWith(host.Issuer.Token(officer, wrongKey: true)).Get(path)).ShouldBe(401, "token.invalid");
            (await host.Client("P-1").Get(path)).ShouldBe(403, "rights.no-appointment");
            (await host.Client("stranger").Get(path)).ShouldBe(403, "rights.no-appointment");
            (await host.ServiceClient("publishing").Get(path)).ShouldBe(403, "rights.no-appointment");
        }
    }

    [Theory, OnBothDatabases]
    public async Task Gives_missions_by_code_with_what_writing_to_them_needs(Store store)
    {
        await using var host = await StartAsync(store);

        var items = (await host.Client(RegistryHost.Registrar).Get("/api/registry/missions")).ShouldBe(200)["items"];

        items.EnumerateArray().Select(m => m.GetProperty("code").GetString()).ShouldBe(["KBL", "TYO"]);
        items[0].GetProperty("timeZone").GetString().ShouldBe("Asia/Kabul");
        items[0].GetProperty("languages").EnumerateArray().Select(l => l.GetString()).ShouldBe(["en", "fa", "ps"]);
        (await host.Client(RegistryHost.Registrar).Get("/api/registry/missions/XXX")).ShouldBe(404);
    }

    [Theory, OnBothDatabases]
    public async Task Gives_names_and_nothing_but_names(Store store)
    {
        await using var host = await StartAsync(store);
        var client = host.Client(RegistryHost.Registrar);

        (await client.Get("/api/registry/people/1101")).ShouldBe(200).Body.ShouldBe("""{"person":"1101","name":"Amina Yusuf"}""");
        (await client.Get("/api/registry/people/nobody")).ShouldBe(404);
        (await client.Get("/api/registry/people?ids=1102,nobody,1101")).ShouldBe(200).Body
            .ShouldBe("""{"items":[{"person":"1101","name":"Amina Yusuf"},{"person":"1102","name":"بلال کریم"}],"next":null}""");
        (await client.Get("/api/registry/people")).ShouldBe(400, "people.which");
        (await client.Get($"/api/registry/people?ids={string.Join(',', Enumerable.Range(0, 201))}")).ShouldBe(400, "people.which");
    }

    [Theory, OnBothDatabases]
    public async Task Tells_everybody_who_they_are(Store store)
    {
        await using var host = await StartAsync(store);
        await host.Given.PersonAsync("P-1");

        (await host.Client(RegistryHost.Registrar).Get("/api/registry/me")).ShouldBe(200)["appointments"][0].GetProperty("role").GetString().ShouldBe(Roles.Registrar);
        (await host.Client("P-1").Get("/api/registry/me")).ShouldBe(200)["appointments"].GetArrayLength().ShouldBe(0);
        (await host.ClientWith().Get("/api/registry/me")).ShouldBe(401, "token.missing");
        (await host.Client("stranger").Get("/api/registry/me")).ShouldBe(403, "rights.no-appointment");
        (await host.ServiceClient("publishing").Get("/api/registry/me")).ShouldBe(403, "rights.no-appointment");
    }

    [Fact]
    public async Task Is_described()
    {
        await using var host = await RegistryHost.StartAsync(Store.Sqlite);

        var paths = (await host.ClientWith().Get("/openapi/registry.json")).ShouldBe(200)["paths"];

        paths.GetProperty("/api/registry/imports/missions").GetProperty("post").GetProperty("requestBody").GetProperty("content").TryGetProperty("text/csv", out _).ShouldBeTrue();
        paths.TryGetProperty("/api/registry/me", out _).ShouldBeTrue();
    }

    private static async Task<ServiceUnderTest> StartAsync(Store store)
    {
        var host = await RegistryHost.StartAsync(store);
        (await host.Import("missions", RegistryHost.MissionsHeader, RegistryHost.Tokyo, RegistryHost.Kabul)).ShouldBe(200);
        (await host.Import("people", RegistryHost.PeopleHeader,
            "1101,Amina Yusuf,,,KBL,drafting-officer,2020-01-01,", "1102,بلال کریم,,,TYO,drafting-officer,2020-01-01,")).Counts().ShouldBe((2, 0, 0, 0));
        return host;
    }
}
