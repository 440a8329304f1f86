using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Messaging;

public sealed class InboxTests
{
    private const string Queue = "sample.on-revision-saved";

    /// <summary>The consumer's retries take about half a minute; then a message is a dead letter.</summary>
    private static readonly TimeSpan GivenUp = TimeSpan.FromSeconds(90);

    private static readonly DateTimeOffset Now = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory, OnBothFootings]
    public async Task A_message_that_comes_again_has_no_second_effect(Footing footing)
    {
        var module = new SampleModule();
        await using var sample = await ServiceUnderTest.StartAsync(footing, module);

        var row = await sample.Publish(Saved(Guid.CreateVersion7(Now), 1));
        await Eventually.Be(async () => (await HeardAsync(sample)).Count == 1);
        await sample.Send(row);
        await sample.Send(row);

        await Eventually.Be(() => module.Turnstile.Tries >= 3);
        (await HeardAsync(sample)).Count.ShouldBe(1);
        (await sample.Db<SampleDb, int>(db => db.Inbox.CountAsync())).ShouldBe(1);
    }

    [Theory, OnBothFootings]
    public async Task Twenty_deliveries_at_once_have_one_effect(Footing footing)
    {
        var module = new SampleModule();
        await using var sample = await ServiceUnderTest.StartAsync(footing, module);
        module.Turnstile.Close();

        var id = Guid.CreateVersion7(Now);
        var row = OutboxEntry.For("draft", id.ToString(), Saved(id, 1), previous: null);
        var sent = Enumerable.Range(0, 20).Select(_ => sample.Send(row)).ToList();
        await Eventually.Be(() => module.Turnstile.Waiting >= 8); // As many as the in-memory bus lets in at once.
        module.Turnstile.Open();

        await Task.WhenAll(sent);
        await Eventually.Be(() => module.Turnstile.Tries >= 20);
        await Eventually.Be(async () => (await sample.Db<SampleDb, int>(db => db.Inbox.CountAsync())) == 1);
        (await HeardAsync(sample)).Count.ShouldBe(1);
    }

    [Theory, OnBothFootings]
    public async Task A_fact_that_comes_too_early_waits_for_the_one_it_builds_on(Footing footing)
    {
        var module = new SampleModule();
        await using var sample = await ServiceUnderTest.StartAsync(footing, module);
        var id = Guid.CreateVersion7(Now);

        var early = sample.Publish(Saved(id, 2));
        await Eventually.Be(() => module.Turnstile.Tries >= 3);
        (await HeardAsync(sample)).ShouldBeEmpty();
        await sample.Publish(Saved(id, 1));
        await early;

        await Eventually.Be(async () => (await HeardAsync(sample)).Count == 2);
        (await HeardAsync(sample)).Select(row => row.Version).ShouldBe([1, 2]);
        (await sample.DeadLettersAsync<SampleDb>(Queue)).ShouldBeEmpty();
    }

    [Theory, OnBothFootings]
    public async Task What_cannot_be_dealt_with_is_put_aside_with_its_reason_while_the_rest_flows(Footing footing)
    {
        await using var sample = await ServiceUnderTest.StartAsync(footing, new SampleModule());

        var (gap, poison) = (Saved(Guid.CreateVersion7(Now), 2), Saved(Guid.CreateVersion7(Now), 1) with { Mission = "POISON" });
        var stuck = new[] { sample.Publish(gap), sample.Publish(poison) };
        var healthy = Enumerable.Range(0, 50).Select(_ => sample.Publish(Saved(Guid.CreateVersion7(Now), 1))).ToList();

        await Task.WhenAll(healthy);
        await Eventually.Be(async () => (await HeardAsync(sample)).Count == 50);
        (await sample.DeadLettersAsync<SampleDb>(Queue)).ShouldBeEmpty(); // The rest did not wait for these two to be given up.

        var rows = await Task.WhenAll(stuck);
        await Eventually.Be(async () => (await sample.DeadLettersAsync<SampleDb>(Queue)).Count == 2, GivenUp);
        var letters = await sample.DeadLettersAsync<SampleDb>(Queue);
        var (early, bad) = (letters.Single(l => l.MessageId == rows[0].MessageId), letters.Single(l => l.MessageId == rows[1].MessageId));
        early.Reason.ShouldContain($"gap: draft {gap.DraftId} is at version 0, and version 2 came before 1");
        bad.Reason.ShouldContain("This cannot be swallowed.");
        early.Body.ShouldBe(rows[0].Body);
        bad.Body.ShouldBe(rows[1].Body);
        (await HeardAsync(sample)).Count.ShouldBe(50);
        (await sample.Db<SampleDb, int>(db => db.Inbox.CountAsync())).ShouldBe(50);
        if (sample.Broker is { } broker) // Dead letters survive as much as live ones.
            (await broker.QueuesAsync()).ShouldAllBe(queue => queue.GetProperty("type").GetString() == "quorum");
    }

    private static Task<List<HeardRow>> HeardAsync(ServiceUnderTest sample) =>
        sample.Db<SampleDb, List<HeardRow>>(db => db.Heard.AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    private static RevisionSaved Saved(Guid id, int version) =>
        new(id, version, "KBL", "noticeboard:KBL", version, NoteRules.Digest, 5, "en", new Capacity("P1", "KBL"), Now);
}
