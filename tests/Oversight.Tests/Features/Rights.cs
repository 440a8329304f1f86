using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Oversight.Tests.Features;

/// <summary>Who may use which route, and what they see there. A route that is not in the table fails.</summary>
public sealed class Rights
{
    private const string Nobody = "nobody", Stranger = "stranger", Own = "own officer", Other = "other officer", Clearing = "clearing officer",
        Head = "head of a desk", Auditor = "auditor", Registrar = "registrar", RegistrarToo = "registrar and other officer", Publishing = "publishing", Drafting = "drafting";

    private static readonly Dictionary<string, Dictionary<string, int>> Table = new()
    {
        ["GET /api/oversight/history/{draftId:guid}"] = Allow(404, (Own, 200), (Clearing, 200), (Auditor, 200)).With(403, Stranger, Head, Registrar, Publishing, Drafting),
        ["GET /api/oversight/ledger/verification"] = Allow(403, (Auditor, 200)),
        ["GET /api/oversight/ledger/heads"] = Allow(403, (Auditor, 200)),
        ["GET /api/oversight/alerts"] = Allow(403, (Clearing, 200), (Head, 200), (Auditor, 200)),
        ["GET /api/oversight/noticeboard"] = Everybody(),
        ["GET /api/oversight/noticeboard/{mission}"] = Everybody(),
        ["GET /api/oversight/noticeboard/{mission}/feed.atom"] = Everybody(),
        ["GET /api/oversight/noticeboard/{mission}/feed.json"] = Everybody(),
        ["GET /api/oversight/noticeboard/{mission}/media/{digest}"] = Everybody(),
        ["GET /api/oversight/noticeboard/{mission}/posts/{id}"] = Everybody(),
        ["GET /api/oversight/noticeboard/{mission}/timeline"] = Everybody(),
        ["PUT /api/oversight/noticeboard/{mission}/posts/{handle}"] = Allow(403, (Publishing, 200)),
        ["POST /api/oversight/noticeboard/{mission}/posts"] = Allow(403, (Publishing, 201)),
    };

    [Theory, OnBothDatabases]
    public async Task Every_route_answers_each_as_the_table_says(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        var people = await PeopleAsync(oversight);
        var draft = Guid.CreateVersion7();
        foreach (var row in Chains.OfDraft(draft, 3)) await oversight.Send(row);
        await oversight.ServiceClient("publishing").Put("/api/oversight/noticeboard/KBL/posts/h1", new { text = "hello", language = "en" });
        var picture = new { digest = Pictures.DigestOf(Pictures.Png()), type = "image/png", alt = "", bytes = Pictures.Png() };
        (await oversight.ServiceClient("publishing").Put("/api/oversight/noticeboard/KBL/posts/h2", new { text = "hello", language = "en", media = new[] { picture } })).ShouldBe(201);

        var routes = oversight.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .Select(e => $"{e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single()} {e.RoutePattern.RawText!.TrimEnd('/')}");
        routes.Order().ShouldBe(Table.Keys.Order());

        foreach (var (route, expected) in Table)
            foreach (var (person, client) in people)
            {
                var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]
                    .Replace("{draftId:guid}", draft.ToString()).Replace("{mission}", "KBL").Replace("{id}", "h1").Replace("{handle}", "h1").Replace("{digest}", picture.digest));
                var answer = await client.Send(new HttpMethod(method), path, method == "GET" ? null : new { text = "hello", language = "en" });
                answer.Status.ShouldBe(expected[person], $"{route} for {person}: {answer.Body}");
            }
    }

    [Theory, OnBothDatabases]
    public async Task An_officer_of_a_mission_is_told_nothing_of_another_s_alerts(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        foreach (var mission in new[] { "KBL", "TYO" })
            await oversight.Publish(new Contracts.Publishing.ReleaseHeld(Guid.CreateVersion7(), 1, Guid.CreateVersion7(), "ab", mission, "release.stale", Chains.Start));
        await oversight.Given.PersonAsync("regional", ("TYO", Roles.ClearingOfficer));
        await oversight.Given.PersonAsync("auditor", (Offices.Central, Roles.Auditor));

        (await oversight.Client("regional").Get("/api/oversight/alerts"))["items"].EnumerateArray().Single().GetProperty("mission").GetString().ShouldBe("TYO");
        (await oversight.Client("auditor").Get("/api/oversight/alerts"))["items"].GetArrayLength().ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    public async Task The_head_of_an_office_is_told_that_it_was_passed_over_and_of_no_other_alert(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        var (by, at) = (new Contracts.Capacity("2001", Offices.Central), Chains.Start);
        foreach (var office in new[] { "DESK", "HUB" })
            await oversight.Publish(new Contracts.Clearance.OfficeBypassed(Guid.CreateVersion7(), 1, Guid.CreateVersion7(), "ab", "KBL", Guid.CreateVersion7(), by, office, at, at));
        foreach (var mission in new[] { "KBL", "DESK" }) // A front office has its mission's code.
            await oversight.Publish(new Contracts.Publishing.ReleaseHeld(Guid.CreateVersion7(), 1, Guid.CreateVersion7(), "ab", mission, "release.stale", at));
        await oversight.Given.PersonAsync("head of the desk", ("DESK", Roles.HeadOfUnit));
        await oversight.Given.PersonAsync("head of the centre", (Offices.Central, Roles.HeadOfUnit));
        await oversight.Given.PersonAsync("officer of the desk", ("DESK", Roles.ClearingOfficer));
        await oversight.Given.PersonAsync("both", ("DESK", Roles.HeadOfUnit), ("KBL", Roles.ClearingOfficer));

        (await ToldAsync("head of the desk")).ShouldBe(["OfficeBypassed DESK"]);
        (await ToldAsync("head of the centre")).ShouldBe(["OfficeBypassed DESK", "OfficeBypassed HUB"]);
        (await ToldAsync("officer of the desk")).ShouldBe(["ReleaseHeld release.stale"]);
        (await ToldAsync("both")).ShouldBe(["OfficeBypassed DESK", "OfficeBypassed HUB", "ReleaseHeld release.stale"]);

        async Task<IEnumerable<string>> ToldAsync(string who) => (await oversight.Client(who).Get("/api/oversight/alerts")).ShouldBe(200)["items"].EnumerateArray()
            .Select(alert => $"{alert.GetProperty("kind").GetString()} {alert.GetProperty("reason").GetString()}").Order(StringComparer.Ordinal);
    }

    private static async Task<Dictionary<string, HttpClient>> PeopleAsync(ServiceUnderTest oversight)
    {
        await oversight.Given.PersonAsync(Own, ("KBL", Roles.DraftingOfficer));
        await oversight.Given.PersonAsync(Other, ("TYO", Roles.DraftingOfficer));
        await oversight.Given.PersonAsync(Clearing, (Offices.Central, Roles.ClearingOfficer));
        await oversight.Given.PersonAsync(Head, ("DESK", Roles.HeadOfUnit));
        await oversight.Given.PersonAsync(Auditor, (Offices.Central, Roles.Auditor));
        await oversight.Given.PersonAsync(Registrar, (Offices.Central, Roles.Registrar));
        await oversight.Given.PersonAsync(RegistrarToo, (Offices.Central, Roles.Registrar), ("TYO", Roles.DraftingOfficer));
        var people = new[] { Stranger, Own, Other, Clearing, Head, Auditor, Registrar, RegistrarToo }.ToDictionary(p => p, oversight.Client);
        people[Nobody] = oversight.ClientWith();
        people[Publishing] = oversight.ServiceClient("publishing");
        people[Drafting] = oversight.ServiceClient("drafting");
        return people;
    }

    private static Dictionary<string, int> Everybody() => Allow(200).With(200, Nobody);

    private static Dictionary<string, int> Allow(int others, params (string Who, int Status)[] some)
    {
        var all = new[] { Stranger, Own, Other, Clearing, Head, Auditor, Registrar, RegistrarToo, Publishing, Drafting }.ToDictionary(who => who, _ => others);
        all[Nobody] = 401;
        foreach (var (who, status) in some) all[who] = status;
        return all;
    }
}

/// <summary>Words for the table of rights.</summary>
internal static class RightsWords
{
    public static Dictionary<string, int> With(this Dictionary<string, int> all, int status, params string[] some)
    {
        foreach (var who in some) all[who] = status;
        return all;
    }
}
