using Dapper;
using WorkflowPlatform.Platform.Telemetry;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests.Releasing;

public sealed class Crashes
{
    [Theory]
    [InlineData(Store.Sqlite, true)]
    [InlineData(Store.Sqlite, false)]
    [InlineData(Store.Postgres, true)]
    [InlineData(Store.Postgres, false)]
    public async Task Between_intent_and_call_nothing_is_lost(Store store, bool handles)
    {
        var first = true;
        Interruption.At(step => step == Steps.Intended && Interlocked.Exchange(ref first, false));
        await using var publishing = await PublishingUnderTest.StartAsync(store, handles);
        var package = publishing.Package();
        await publishing.PermitAsync(package);
        await publishing.BecomesAsync(package, ReleaseStatus.Released);
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled Started Rescheduled Started Completed");
        publishing.PostsOf(package).ShouldBe(1);
        publishing.Neighbours.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(Store.Sqlite, true)]
    [InlineData(Store.Sqlite, false)]
    [InlineData(Store.Postgres, true)]
    [InlineData(Store.Postgres, false)]
    public async Task Between_call_and_outcome_nothing_is_doubled(Store store, bool handles)
    {
        Interruption.At(step => step == Steps.Called);
        await using var publishing = await PublishingUnderTest.StartAsync(store, handles);
        var package = publishing.Package();
        await publishing.PermitAsync(package);
        var release = await publishing.BecomesAsync(package, ReleaseStatus.Released);
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled Started Completed");
        release.Receipt.ShouldBe(publishing.Neighbours.Posts.ShouldHaveSingleItem().Id);
        publishing.Neighbours.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_stopped_host_leaves_what_it_began_to_the_next_one()
    {
        Interruption.At(step => step == Steps.Called);
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite, settings: [("Publishing:SettleSeconds", "3")]);
        var package = publishing.Package();
        await publishing.PermitAsync(package);
        await Eventually.Be(() => publishing.Neighbours.Calls == 1);
        await publishing.StopAsync();
        Interruption.None();
        await publishing.StartAsync();
        await publishing.BecomesAsync(package, ReleaseStatus.Released);
        publishing.Neighbours.Calls.ShouldBe(1);
    }

    /// <remarks>The first host stands still between intent and call, as a machine that is paused; its lock is lost, another host takes over. Then it wakes up.</remarks>
    [Fact]
    public async Task A_frozen_worker_that_wakes_up_after_another_took_over_posts_nothing()
    {
        await using var publishing = await PublishingUnderTest.PrepareAsync(Store.Postgres);
        publishing.Settings["Publishing:Noticeboard:Handles"] = "false"; // So that a second call would be a second post.
        var (frozen, awake) = (new TaskCompletionSource(), new ManualResetEventSlim());
        Interruption.At(step =>
        {
            if (step != Steps.Intended || !frozen.TrySetResult()) return false;
            awake.Wait(TimeSpan.FromSeconds(60));
            return false;
        });
        await using var first = await publishing.StartOneAsync(await publishing.Backends.ForAsync("publishing") + ";Application Name=first");
        Interruption.None();
        await publishing.StartAsync(); // Stands by, and hears the permit.

        var package = publishing.Package();
        await publishing.PermitAsync(package);
        await frozen.Task;
        await using var database = await (await publishing.Backends.OpenAsync("publishing")).OpenAsync();
        await Eventually.Be(async () =>
        {
            await database.ExecuteAsync(
                "select pg_terminate_backend(a.pid) from pg_stat_activity a join pg_locks l on l.pid = a.pid and l.locktype = 'advisory' where a.application_name = 'first'");
            return (await publishing.FindAsync(package))!.Status is ReleaseStatus.Released;
        });
        var story = await publishing.StoryAsync(package);
        story.ShouldBe("Scheduled Started Rescheduled Started Completed");

        awake.Set();
        await first.StopAsync(); // Waits until the call that was frozen has ended.
        (publishing.PostsOf(package), publishing.Neighbours.Calls).ShouldBe((1, 1));
        (await publishing.StoryAsync(package)).ShouldBe(story);
    }
}
