using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Http;

public sealed class PageTests
{
    [Theory, OnBothDatabases]
    public async Task Pages_show_everything_once_even_where_instants_are_equal(Store store)
    {
        var clock = new ManualClock();
        await using var sample = await ServiceUnderTest.StartAsync(new Setup(store) { Clock = clock }, new SampleModule());
        await sample.Given.DraftingOfficerAsync("P1", "KBL");
        var client = sample.Client("P1");
        var made = new List<string>();
        for (var n = 0; n < 11; n++)
        {
            made.Add((await client.Post("/api/sample/notes", new { mission = "KBL", text = "a" })).ShouldBe(201)["id"].GetString()!);
            if (n % 4 == 0) clock.Advance(TimeSpan.FromSeconds(1));
        }

        var (shown, cursor, pages) = (new List<string>(), "", 0);
        do
        {
            var page = (await client.Get($"/api/sample/notes?limit=3&cursor={cursor}")).ShouldBe(200);
            shown.AddRange(page["items"].EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page["next"].GetString();
            pages++;
        } while (cursor is not null);

        pages.ShouldBe(4);
        shown.Count.ShouldBe(11);
        shown.Order().ShouldBe(made.Order());
    }

    [Fact]
    public void A_cursor_reads_back_and_the_limit_stays_within_bounds()
    {
        var cursor = new Cursor(DateTimeOffset.FromUnixTimeMilliseconds(1_764_580_800_123), Guid.CreateVersion7(DateTimeOffset.UnixEpoch));
        Cursor.TryParse(cursor.ToString(), out var read).ShouldBeTrue();
        read.ShouldBe(cursor);
        Cursor.TryParse(null, out var first).ShouldBeTrue();
        first.ShouldBeNull();
        new int?[] { null, -1, 0, 7, 100_000 }.Select(Cursor.Limit).ShouldBe([25, 1, 1, 7, 200]);
    }
}
