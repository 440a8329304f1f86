using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.OnRoute;

namespace WorkflowPlatform.Clearance.Tests.Features;

public sealed class BypassesOverHttp
{
    private const string Why = "Nobody answers, and the text goes out at two.";

    [Theory, OnBothDatabases]
    public async Task A_bypass_stays_listed_and_counted_when_the_text_it_was_said_of_is_changed(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await BypassedAsync(clearance, DeskThenCentral with { Amendable = [AmendmentRules.Text] });
        (await clearance.ActAsync(request, "officer", "amendments", new { packageDigest = request.PackageDigest, text = "The hall opens at ten.", comment = "The hour was wrong." })).ShouldBe(200);
        await clearance.LaterAsync(TimeSpan.FromSeconds(21), async () => (await clearance.ToldAsync(request)).Contains(nameof(PackageAmended)));
        await IsListedAsync(clearance, request);
    }

    [Theory, OnBothDatabases]
    public async Task A_bypass_stays_listed_and_counted_when_it_no_longer_counts_towards_clearance(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await BypassedAsync(clearance, DeskThenCentral);
        await clearance.Service.Publish(new AccountRecorded(request.Account, 2, request.Mission, "noticeboard", "kbl", Live: false, Flagship: false, clearance.Clock.GetUtcNow()));
        await Eventually.Be(async () => (await clearance.ToldAsync(request)).Contains(nameof(VotesLapsed)));
        (await clearance.SheetAsync(request)).Line("DESK").GetProperty("state").GetString().ShouldBe(nameof(LineState.Open));
        await IsListedAsync(clearance, request);
    }

    [Theory, OnBothDatabases]
    public async Task A_bypass_that_was_taken_back_stays_listed_as_that_and_does_not_count(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await BypassedAsync(clearance, DeskThenCentral);
        (await clearance.ActAsync(request, "head", "reversals")).ShouldBe(200);
        var told = await BypassesAsync(clearance, "desk-head");
        told["items"].EnumerateArray().Single().GetProperty("undone").GetBoolean().ShouldBeTrue();
        (told["count"].GetInt32(), told["counts"].EnumerateObject().Count()).ShouldBe((0, 0));

        clearance.Clock.Advance(TimeSpan.FromSeconds(1)); // What is said at one moment has no order.
        (await clearance.ActAsync(request, "head", "bypasses", Body(request))).ShouldBe(200);
        told = await BypassesAsync(clearance, "desk-head");
        told["items"].EnumerateArray().Select(item => item.GetProperty("undone").GetBoolean()).ShouldBe([false, true]);
        told["count"].GetInt32().ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Bypasses_are_counted_by_period_and_listed_page_by_page_to_who_heads_the_office(Store store)
    {
        await using var clearance = await StartAsync(store);
        await clearance.Service.Given.PersonAsync("hub-head", ("HUB", Roles.HeadOfUnit));
        var (first, second) = (await BypassedAsync(clearance, DeskThenCentral), await BypassedAsync(clearance, DeskThenCentral));
        var page = await BypassesAsync(clearance, "head", "?limit=1");
        (page["items"].EnumerateArray().Single().GetProperty("id").GetGuid(), page["count"].GetInt32()).ShouldBe((second.Id, 2));
        var at = page["items"][0].GetProperty("at").GetDateTimeOffset();
        page = await BypassesAsync(clearance, "head", $"?limit=1&cursor={page["next"].GetString()}");
        (page["items"].EnumerateArray().Single().GetProperty("id").GetGuid(), page["count"].GetInt32(), page["next"].ValueKind).ShouldBe((first.Id, 2, System.Text.Json.JsonValueKind.Null));

        string Moment(DateTimeOffset moment) => Uri.EscapeDataString(moment.ToString("O"));
        (await FoundAsync($"?from={Moment(at)}")).ShouldBe([second.Id]);
        (await FoundAsync($"?to={Moment(at)}")).ShouldBe([first.Id]);
        (await FoundAsync($"?from={Moment(at.AddHours(-3))}&to={Moment(at.AddMilliseconds(1).ToOffset(TimeSpan.FromHours(9)))}")).ShouldBe([second.Id, first.Id]);
        (await clearance.Service.Client("head").Get($"api/clearance/bypasses?from={Moment(at)}&to={Moment(at)}")).ShouldBe(400, "bypasses.period");
        (await clearance.Service.Client("head").Get("api/clearance/bypasses?cursor=none-of-ours")).ShouldBe(400, "cursor.unreadable");
        (await BypassesAsync(clearance, "hub-head"))["items"].GetArrayLength().ShouldBe(0);

        async Task<IEnumerable<Guid>> FoundAsync(string query)
        {
            var told = await BypassesAsync(clearance, "desk-head", query);
            told["count"].GetInt32().ShouldBe(told["items"].GetArrayLength());
            return told["items"].EnumerateArray().Select(item => item.GetProperty("id").GetGuid());
        }
    }

    [Theory, OnBothDatabases]
    public async Task Bypasses_from_before_their_table_was_made_stand_in_it(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await BypassedAsync(clearance, DeskThenCentral);
        (await clearance.ActAsync(request, "head", "reversals")).ShouldBe(200);
        (await clearance.ActAsync(request, "head", "bypasses", Body(request))).ShouldBe(200);
        var written = await KeptAsync(clearance);
        written.Count.ShouldBe(2);

        var (backend, ct) = (await clearance.Service.Backends.OpenAsync("clearance"), TestContext.Current.CancellationToken);
        await using (var connection = await backend.OpenAsync(ct: ct))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "drop table bypass; delete from schema_version where area = 'WorkflowPlatform.Clearance' and number = 13";
            await command.ExecuteNonQueryAsync(ct);
        }
        await new SchemaRunner(backend, typeof(ClearanceDb).Assembly).ApplyAsync(ct);
        (await KeptAsync(clearance)).ShouldBe(written);
    }

    private static object Body(ClearanceRequest request) => new { packageDigest = request.PackageDigest, office = "DESK", reason = Why };

    /// <summary>A request whose desk was late and was passed over.</summary>
    private static async Task<ClearanceRequest> BypassedAsync(ClearanceUnderTest clearance, Route route)
    {
        var request = await clearance.OpenOnAsync(route, Lane.Immediate);
        await clearance.UntilToldAsync<ClearanceEscalated>(request, TimeSpan.FromHours(1));
        (await clearance.ActAsync(request, "head", "bypasses", Body(request))).ShouldBe(200);
        return request;
    }

    private static async Task<Answer> BypassesAsync(ClearanceUnderTest clearance, string by, string query = "") =>
        (await clearance.Service.Client(by).Get($"api/clearance/bypasses{query}")).ShouldBe(200);

    private static async Task IsListedAsync(ClearanceUnderTest clearance, ClearanceRequest request)
    {
        foreach (var head in new[] { "head", "desk-head" })
        {
            var told = await BypassesAsync(clearance, head);
            var item = told["items"].EnumerateArray().Single();
            (item.GetProperty("id").GetGuid(), item.GetProperty("office").GetString(), item.GetProperty("reason").GetString(), item.GetProperty("undone").GetBoolean())
                .ShouldBe((request.Id, "DESK", Why, false));
            (item.GetProperty("by").GetProperty("person").GetString(), item.GetProperty("role").GetString()).ShouldBe(("head", Roles.HeadOfUnit));
            (told["count"].GetInt32(), told["counts"].GetProperty("DESK").GetInt32()).ShouldBe((1, 1));
        }
    }

    private static Task<List<Bypass>> KeptAsync(ClearanceUnderTest clearance) =>
        clearance.Service.Db<ClearanceDb, List<Bypass>>(db => db.Bypasses.AsNoTracking().OrderBy(b => b.At).ThenBy(b => b.Undone).ToListAsync());
}
