using System.Collections.Concurrent;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.EndToEnd.Tests;

/// <summary>One day in the ministry: every mission submits a post in its own language, ten more come in other scripts, three officers clear them, and the public reads them at the second that was set.</summary>
internal sealed class Scenario(IFooting footing)
{
    private const int EveryTenthGoesAtOnce = 10;
    private static readonly TimeSpan TimeToClear = TimeSpan.FromSeconds(20);
    private const int SecondsBetweenFirstAndLast = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<Guid, Post> submitted = new();
    private int cleared;

    /// <summary>126 posts: one of each mission, and ten in other scripts. Their seconds are set when they are written.</summary>
    public static IReadOnlyList<Post> Posts(IReadOnlyList<MissionLine> missions) =>
    [
        .. missions.Select(mission => new Post(mission, mission.Preferred, Scripts.Greeting(mission.Preferred, mission), null)),
        .. Scripts.Others.Select(other => new Post(missions.Single(mission => mission.Code == other.Mission), other.Language, other.Text, null)),
    ];

    public async Task<Outcome> LiveThroughAsync(IReadOnlyList<Post> posts)
    {
        using var ministry = new Ministry(footing.AddressOf);
        // A ministry that was set up this minute: the register is on its way to those who need it.
        await Eventually.Be(async () => await LedgerAudit.UnsentAsync(footing.DatabaseOf) == 0, Patience, "the register has been sent");
        var clearing = ClearAsync(ministry, posts.Count);
        await Parallel.ForEachAsync(posts.Index(), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (post, _) => await SubmitAsync(ministry, post.Item, post.Index));
        await clearing;
        foreach (var (draft, post) in submitted)
            await Eventually.Be(async () => (await ministry.DraftAsync(post.Officer, draft))["standing"].GetString() == "Released", Patience, $"{post.Mission.Code}'s post stands as released");
        return await ReadAsync(ministry, posts);
    }

    private async Task SubmitAsync(Ministry ministry, Post post, int number)
    {
        Answer? draft = null;
        await Eventually.Be(async () =>
        {
            // As soon as it is cleared, or at a second of its own.
            var second = DateTimeOffset.FromUnixTimeSeconds((TimeProvider.System.Now + TimeToClear).ToUnixTimeSeconds() + number % SecondsBetweenFirstAndLast);
            post = post with { Due = number % EveryTenthGoesAtOnce == 0 ? null : second };
            draft = await ministry.WriteAsync(post);
            return draft.Code is not ("draft.mission-unknown" or "draft.account-unknown") && draft.Status is not (401 or 403);
        }, Patience, $"{post.Mission.Code} is known to Drafting");
        (await ministry.SubmitAsync(post.Officer, draft!.ShouldBe(201)["id"].GetGuid(), draft!.Version)).ShouldBe(201);
        submitted[draft["id"].GetGuid()] = post;
    }

    /// <summary>Three officers take turns at the queue, and read before they clear.</summary>
    private async Task ClearAsync(Ministry ministry, int all)
    {
        var seen = new HashSet<Guid>();
        var begun = TimeProvider.System.GetTimestamp();
        while (cleared < all)
        {
            TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(Patience, $"{cleared} of {all} came to be cleared");
            var queue = await Eventually.Get(() => ministry.QueueAsync(MinistryFiles.ClearingOfficers[0]), queue => queue.Any(id => !seen.Contains(id)), Patience);
            foreach (var request in queue.Where(seen.Add))
            {
                var officer = MinistryFiles.ClearingOfficers[cleared % MinistryFiles.ClearingOfficers.Count];
                var sheet = (await Eventually.Get(() => ministry.SheetAsync(officer, request), sheet => sheet.Status == 200, Patience)).ShouldBe(200);
                var post = await Eventually.Get(() => Task.FromResult(submitted.GetValueOrDefault(sheet["draftId"].GetGuid())), post => post is not null);
                sheet["text"].GetString().ShouldBe(post!.Text);
                (await ministry.ClearAsync(officer, sheet)).ShouldBe(200);
                cleared++;
            }
        }
    }

    private async Task<Outcome> ReadAsync(Ministry ministry, IReadOnlyList<Post> posts)
    {
        using var feed = new PublicFeed(ministry);
        var (json, atom) = (new List<FeedItem>(), new List<FeedItem>());
        foreach (var mission in posts.Select(post => post.Mission.Code).Distinct())
        {
            json.AddRange(await feed.JsonAsync(mission));
            atom.AddRange(await feed.AtomAsync(mission));
        }
        var found = submitted.Values.Select(post => (Post: post, Items: json.Where(item => item.Mission == post.Mission.Code && item.Text == post.Text && item.Language == post.Language).ToList())).ToList();
        await Eventually.Be(async () => await LedgerAudit.UnsentAsync(footing.DatabaseOf) == 0, Patience);
        LedgerFindings ledger = null!;
        await Eventually.Be(async () => (ledger = await LedgerAudit.FindAsync(ministry, footing.DatabaseOf)).Verifies, TimeSpan.FromSeconds(30), "the ledger verifies");
        return new Outcome(
            submitted.Count, cleared, found.Count(f => f.Items.Count > 0), posts.Count - found.Count(f => f.Items.Count > 0), json.Count - found.Count(f => f.Items.Count > 0),
            [.. found.Where(f => f.Post.Due is not null).SelectMany(f => f.Items.Select(item => item.PublishedAt - f.Post.Due!.Value)).Order()],
            json.OrderBy(item => item.Id).SequenceEqual(atom.OrderBy(item => item.Id)), ledger);
    }

    /// <param name="Released">Posts that the public feed serves, byte for byte.</param>
    /// <param name="Doubled">Items of the feed beyond one for each post.</param>
    /// <param name="Lateness">Of each post with a set second, from the least to the most.</param>
    internal sealed record Outcome(int Submitted, int Cleared, int Released, int Lost, int Doubled, IReadOnlyList<TimeSpan> Lateness, bool AtomAgrees, LedgerFindings Ledger)
    {
        public override string ToString() =>
            $"submitted / cleared / released / lost / doubled = {Submitted}/{Cleared}/{Released}/{Lost}/{Doubled}{Environment.NewLine}" +
            $"lateness of {Lateness.Count} set seconds: least {Ms(0)}, half {Ms(0.5)}, 95 % {Ms(0.95)}, most {Ms(1)}{Environment.NewLine}" +
            $"ledger: {Ledger.Entries} entries of {Ledger.Aggregates} aggregates, {(Ledger.Verifies ? "verifies" : string.Join("; ", Ledger.Faults))}";

        private string Ms(double share) => $"{Lateness[(int)Math.Round(share * (Lateness.Count - 1))].TotalMilliseconds:0} ms";
    }
}
