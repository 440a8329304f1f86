using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Messaging;

public sealed class ForgettingTests
{
    [Theory, OnBothDatabases]
    public async Task What_is_too_old_to_come_again_is_forgotten_and_what_was_told_is_kept(Store store)
    {
        var clock = new ManualClock();
        await using var sample = await ServiceUnderTest.StartAsync(new Setup(store) { Clock = clock }, new SampleModule());
        await sample.Given.DraftingOfficerAsync("P1", "KBL");
        await SavesAsync(sample);
        await RemembersAsync(sample, clock, 1);
        clock.Advance(TimeSpan.FromDays(20));
        await SavesAsync(sample);
        await RemembersAsync(sample, clock, 2);

        clock.Advance(TimeSpan.FromDays(11));

        await RemembersAsync(sample, clock, 1);
        var told = await sample.OutboxAsync();
        told.Count.ShouldBe(2);
        // The first message comes after all: nobody remembers it, and it does nothing, because its version is an old one.
        await sample.Send(told[0]);
        (await sample.HeardAsync()).Count.ShouldBe(2);
    }

    private static async Task SavesAsync(ServiceUnderTest sample) =>
        (await sample.Client("P1").Post("/api/sample/notes", new { mission = "KBL", text = "a" })).ShouldBe(201);

    /// <summary>So many messages and so many commands.</summary>
    private static Task RemembersAsync(ServiceUnderTest sample, ManualClock clock, int many) => Eventually.Be(async () =>
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        return await sample.Db<SampleDb, (int, int)>(async db => (await db.Inbox.CountAsync(), await db.Idempotency.CountAsync())) == (many, many);
    }, TimeSpan.FromSeconds(60), $"it remembers {many} messages and commands");
}
