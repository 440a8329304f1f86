namespace WorkflowPlatform.EndToEnd.Tests;

/// <summary>Brings many posts as far as the schedule, many at a time.</summary>
internal static class Desks
{
    private static readonly ParallelOptions ManyAtATime = new() { MaxDegreeOfParallelism = 8 };

    /// <summary>Writes, submits and clears all, and answers their drafts once Publishing holds them.</summary>
    public static async Task<IReadOnlyList<(Guid Draft, Post Post)>> ScheduleAsync(Ministry ministry, IReadOnlyList<Post> posts)
    {
        var drafts = new (Guid Draft, Post Post)[posts.Count];
        await Parallel.ForEachAsync(posts.Index(), ManyAtATime, async (one, _) =>
        {
            var draft = (await ministry.WriteAsync(one.Item)).ShouldBe(201);
            (await ministry.SubmitAsync(one.Item.Officer, draft["id"].GetGuid(), draft.Version)).ShouldBe(201);
            drafts[one.Index] = (draft["id"].GetGuid(), one.Item);
        });
        await Parallel.ForEachAsync(drafts, ManyAtATime, async (one, _) =>
        {
            var known = await Eventually.Get(() => ministry.DraftAsync(one.Post.Officer, one.Draft), draft => draft["requestId"].ValueKind is System.Text.Json.JsonValueKind.String, TimeSpan.FromMinutes(1));
            var officer = MinistryFiles.ClearingOfficers[0];
            (await ministry.ClearAsync(officer, (await ministry.SheetAsync(officer, known["requestId"].GetGuid())).ShouldBe(200))).ShouldBe(200);
        });
        await Parallel.ForEachAsync(drafts, ManyAtATime, async (one, _) => await Eventually.Be(
            async () => (await ministry.DraftAsync(one.Post.Officer, one.Draft))["releaseId"].ValueKind is System.Text.Json.JsonValueKind.String, TimeSpan.FromMinutes(1)));
        return drafts;
    }
}
