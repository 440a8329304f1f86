using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>An office is there when a person of it fetches a page; what fetches by itself proves nothing.</summary>
public sealed class WhoIsThere
{
    [Fact]
    public async Task A_feed_reader_is_nobody_and_neither_is_a_page_fetched_ahead_but_whoever_opens_one_is_somebody()
    {
        await using var portal = new PortalUnderTest(("Registry:Seed:Offices", "offices.csv")) { MorePeople = "7,Sara Noor,,,HUB-ASIA-PACIFIC,clearing-officer,2020-01-01,\n" };
        await portal.InitializeAsync();
        using var reader = new HttpClient { BaseAddress = portal.Address };
        using var card = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "urn:workflow-platform:card", ["person"] = "7" });
        var token = await (await reader.PostAsync("api/registry/issuer/token", card)).Content.ReadAsStringAsync();
        token.ShouldContain("access_token");
        reader.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", JsonDocument.Parse(token).RootElement.GetProperty("access_token").GetString());
        await Eventually.Be(async () => (await reader.GetAsync("waiting.atom")).StatusCode is HttpStatusCode.OK, PortalUnderTest.Soon);
        Seen(portal, "HUB-ASIA-PACIFIC").ShouldBeFalse();

        using var visitor = portal.Visitor();
        visitor.Headers.Add("Sec-Fetch-Mode", "navigate");
        visitor.Headers.Add("Sec-Purpose", "prefetch");
        await visitor.PressAsync(await visitor.GetAsync("/sign-in"), "Sara Noor");
        (await visitor.GetAsync("/queue")).Status.ShouldBe(HttpStatusCode.OK);
        Seen(portal, "HUB-ASIA-PACIFIC").ShouldBeFalse();
        visitor.Headers.Remove("Sec-Purpose");
        (await visitor.GetAsync("/queue")).Status.ShouldBe(HttpStatusCode.OK);
        Seen(portal, "HUB-ASIA-PACIFIC").ShouldBeTrue();
    }

    private static bool Seen(PortalUnderTest portal, string office)
    {
        using var clearance = new SqliteConnection($"Data Source={Path.Combine(portal.Folder, "clearance.db")};Mode=ReadOnly;Pooling=False");
        clearance.Open();
        using var asking = clearance.CreateCommand();
        asking.CommandText = "select count(*) from office_presence where office = $office";
        asking.Parameters.AddWithValue("$office", office);
        return (long)asking.ExecuteScalar()! == 1;
    }
}
