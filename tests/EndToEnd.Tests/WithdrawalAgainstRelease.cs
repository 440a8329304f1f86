using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.EndToEnd.Tests;

/// <summary>The author changes their mind in the very moment at which it goes out.</summary>
public sealed class WithdrawalAgainstRelease(ITestOutputHelper output)
{
    private const int Races = 1_000, InOneGo = 100;
    private static readonly TimeSpan TimeToClear = TimeSpan.FromSeconds(6);

    [Fact(Timeout = 600_000)]
    public async Task Of_a_thousand_races_none_goes_out_after_it_was_said_to_be_withdrawn()
    {
        var missions = MinistryFiles.Missions().Take(InOneGo).ToList();
        await using var footing = await OneProcess.StartAsync(missions, ("Limits:RequestsPerSecondPerPerson", "2000"));
        using var ministry = new Ministry(footing.AddressOf);
        await Tables.QuietAsync(footing);
        var (released, withdrawn, chance, ahead) = (0, 0, new Random(5), TimeSpan.FromMilliseconds(200));
        for (var go = 0; go < Races / InOneGo; go++)
        {
            var due = DateTimeOffset.FromUnixTimeSeconds((TimeProvider.System.Now + TimeToClear).ToUnixTimeSeconds());
            var posts = await Desks.ScheduleAsync(ministry, [.. missions.Select((mission, i) => new Post(mission, "en", $"Race {go * InOneGo + i} of {mission.Code}.", due.AddSeconds(i % 3)))]);
            var races = posts.Select(post => (post.Draft, post.Post, At: post.Post.Due!.Value.AddMilliseconds(chance.Next(-200, 200)) - ahead));
            await Task.WhenAll(races.Select(race => AskBackAsync(ministry, race.Draft, race.Post, race.At)));

            var before = released;
            foreach (var (draft, post) in posts)
            {
                var end = await Eventually.Get(() => ministry.DraftAsync(post.Officer, draft), d => d["standing"].GetString() is "Released" or "Withdrawn", TimeSpan.FromMinutes(1));
                if (end["standing"].GetString() == "Released") released++;
                else withdrawn++;
            }
            // Earlier when most went out, later when most were stopped: the races stay at the edge on any machine.
            ahead += TimeSpan.FromMilliseconds(((released - before) / (double)InOneGo - 0.5) * 800);
        }

        var standings = new Dictionary<string, string>();
        await LedgerAudit.RowsAsync(await footing.DatabaseOf("drafting"),
            "select r.text, coalesce(s.release_status, s.request_status) from standing s join revision r on r.draft_id = s.draft_id", row => standings[(string)row[0]] = (string)row[1]);
        using var feed = new PublicFeed(ministry);
        var texts = new List<string>();
        foreach (var mission in missions) texts.AddRange((await feed.JsonAsync(mission.Code)).Select(item => item.Text));
        output.WriteLine($"{Races} races: {released} released, {withdrawn} withdrawn, {texts.Count(text => standings[text] == "Withdrawn")} released after an acknowledged withdrawal");

        texts.Count(text => standings[text] == "Withdrawn").ShouldBe(0);
        texts.Count.ShouldBe(released);
        texts.ShouldBeUnique();
        (released + withdrawn).ShouldBe(Races);
        released.ShouldBeGreaterThan(50, "a race that one side always wins proves nothing");
        withdrawn.ShouldBeGreaterThan(50, "a race that one side always wins proves nothing");
    }

    private static async Task AskBackAsync(Ministry ministry, Guid draft, Post post, DateTimeOffset at)
    {
        var seen = await ministry.DraftAsync(post.Officer, draft);
        var wait = at - TimeProvider.System.Now;
        if (wait > TimeSpan.Zero) await Task.Delay(wait);
        var answer = await ministry.WithdrawAsync(post.Officer, draft, seen.Version);
        (answer.Status, answer.Code).ShouldBeOneOf((202, null), (409, "draft.too-late"), (409, "draft.outcome-unknown"));
    }
}
