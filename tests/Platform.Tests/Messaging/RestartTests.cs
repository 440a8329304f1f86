using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Messaging;

public sealed class RestartTests
{
    [Theory, OnBothDatabases]
    public async Task What_the_in_memory_bus_held_when_the_process_ended_is_dispatched_again(Store store)
    {
        await using var backends = new Backends(store);
        var setup = new Setup(store) { Backends = backends };
        var stopped = new SampleModule();
        await using (var first = await ServiceUnderTest.StartAsync(setup, stopped))
        {
            stopped.Turnstile.Close();
            for (var n = 0; n < 5; n++) await first.SaveAsync(SampleWriter.NewId());
            await Eventually.Be(() => stopped.Turnstile.Waiting == 5);
            (await first.OutboxAsync()).ShouldAllBe(row => row.SentAt == null); // Sent is what its consumers are done with.
            await first.StopAsync();
        }

        await using var second = await ServiceUnderTest.StartAsync(setup, new SampleModule());

        await Eventually.Be(async () => (await second.HeardAsync()).Count == 5);
        await Eventually.Be(async () => (await second.OutboxAsync()).All(row => row.SentAt is not null));
        (await second.DeadLettersAsync<SampleDb>("sample.on-revision-saved")).ShouldBeEmpty();
    }

    [Theory, OnBothFootings]
    public async Task What_was_committed_while_nothing_could_be_sent_goes_out_at_the_next_start(Footing footing)
    {
        var setup = Setup.FromFooting(footing);
        await using var backends = new Backends(setup.Store);
        await using var broker = setup.OnBroker ? await TestBroker.CreateAsync() : null;
        setup = setup with { Backends = backends, Broker = broker };
        await using (var first = await ServiceUnderTest.StartAsync(setup, new SampleModule()))
        {
            await first.StopAsync(); // No relay from here on: as after a kill right behind the commit.
            for (var n = 0; n < 5; n++) await first.SaveAsync(SampleWriter.NewId());
            (await first.OutboxAsync()).ShouldAllBe(row => row.SentAt == null);
        }

        await using var second = await ServiceUnderTest.StartAsync(setup, new SampleModule());

        await Eventually.Be(async () => (await second.HeardAsync()).Count == 5);
    }

    [Fact]
    public async Task In_memory_a_dead_letter_counts_as_dealt_with_and_its_fact_as_sent()
    {
        await using var sample = await ServiceUnderTest.StartAsync(Store.Sqlite, new SampleModule());
        await sample.SaveAsync(SampleWriter.NewId(), mission: "POISON");
        await sample.SaveAsync(SampleWriter.NewId());
        await Eventually.Be(async () => (await sample.HeardAsync()).Count == 1);
        (await sample.OutboxAsync())[0].SentAt.ShouldBeNull();

        await Eventually.Be(async () => (await sample.OutboxAsync())[0].SentAt is not null, TimeSpan.FromSeconds(90));

        var letter = (await sample.DeadLettersAsync<SampleDb>("sample.on-revision-saved")).ShouldHaveSingleItem();
        letter.MessageId.ShouldBe((await sample.OutboxAsync())[0].MessageId);
        letter.Body.ShouldBe((await sample.OutboxAsync())[0].Body);
    }
}
