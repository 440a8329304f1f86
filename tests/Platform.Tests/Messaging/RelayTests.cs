using System.Diagnostics;
using Dapper;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Messaging;

public sealed class RelayTests
{
    [Theory, OnBothFootings]
    public async Task A_commit_wakes_the_relay_which_does_not_wait_for_its_next_look(Footing footing)
    {
        // The relay's looks are 250 ms of this clock apart, and this clock stands still.
        await using var sample = await ServiceUnderTest.StartAsync(Setup.FromFooting(footing) with { Clock = new ManualClock() }, new SampleModule());
        for (var n = 1; n <= 10; n++)
        {
            await sample.SaveAsync(SampleWriter.NewId());
            await Eventually.Be(async () => (await sample.OutboxAsync()).Count(row => row.SentAt is not null) == n);
        }
        await Eventually.Be(async () => (await sample.HeardAsync()).Count == 10); // Sent is what the broker has confirmed; hearing it comes after.
    }

    [Theory, OnBothFootings]
    public async Task A_fact_is_heard_long_before_the_next_look(Footing footing)
    {
        var module = new SampleModule();
        await using var sample = await ServiceUnderTest.StartAsync(footing, module);
        var took = new List<double>();
        for (var n = 1; n <= 40; n++)
        {
            var tries = module.Turnstile.Tries;
            var watch = Stopwatch.StartNew();
            await sample.SaveAsync(SampleWriter.NewId());
            while (module.Turnstile.Tries == tries) await Task.Delay(1);
            took.Add(watch.Elapsed.TotalMilliseconds);
        }
        took.Sort();
        TestContext.Current.TestOutputHelper!.WriteLine($"commit to consumer: p50 {took[20]:0.0} ms, p90 {took[36]:0.0} ms");
        took[20].ShouldBeLessThan(125, "That would be half a look.");
    }

    [Theory, OnBothFootings]
    public async Task Facts_leave_in_the_order_of_their_aggregate_whoever_wrote_them(Footing footing)
    {
        var (writers, each) = footing is Footing.Distributed ? (16, 30) : (16, 8);
        await using var sample = await ServiceUnderTest.StartAsync(footing, new SampleModule());
        using var order = SendOrder.Watch(sample);
        var notes = Enumerable.Range(0, 6).Select(_ => SampleWriter.NewId()).ToList();

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (var n = 0; n < each; n++)
                try
                {
                    var id = notes[random.Next(notes.Count)];
                    if (random.Next(4) == 0) await AbortAsync(sample, id);
                    else await sample.SaveAsync(id);
                }
                catch (DbUpdateException)
                {
                    // Somebody else was first.
                }
        })));

        await Eventually.Be(async () => (await sample.OutboxAsync()).All(row => row.SentAt is not null), TimeSpan.FromSeconds(60));
        var committed = await sample.OutboxAsync();
        committed.Count.ShouldBeGreaterThan(20);
        order.Disordered.ShouldBeEmpty();
        order.Sent.Count.ShouldBe(committed.Count);
        await Eventually.Be(async () => (await sample.HeardAsync()).Count == committed.Count, TimeSpan.FromSeconds(60));
        foreach (var heard in (await sample.HeardAsync()).GroupBy(row => row.DraftId))
            heard.Select(row => row.Version).ShouldBe(Enumerable.Range(1, heard.Count()));
    }

    [Fact]
    public async Task A_second_relay_stands_by_and_takes_over()
    {
        await using var backends = new Backends(Store.Postgres);
        await using var broker = await TestBroker.CreateAsync();
        var setup = new Setup(Store.Postgres) { Backends = backends, Broker = broker };
        var (module, other) = (new SampleModule(), new SampleModule());
        await using var first = await ServiceUnderTest.StartAsync(setup, module);
        await using var second = await ServiceUnderTest.StartAsync(setup, other);
        var backend = await backends.OpenAsync("sample");
        await using var watcher = await backend.OpenAsync();
        using var sentByFirst = SendOrder.Watch(first);
        using var sentBySecond = SendOrder.Watch(second);

        // One works, whoever commits.
        for (var n = 0; n < 5; n++) await second.SaveAsync(SampleWriter.NewId());
        await AllSentAsync(first, 5);
        (sentByFirst.Sent.Count, sentBySecond.Sent.Count).ShouldBe((5, 0));

        // Its connection is killed: whoever is faster takes the turn, and nothing is lost.
        var holder = await LockHolderAsync(watcher);
        (await watcher.ExecuteScalarAsync<bool>("select pg_terminate_backend(@holder)", new { holder })).ShouldBeTrue();
        for (var n = 0; n < 5; n++) await second.SaveAsync(SampleWriter.NewId());
        await AllSentAsync(first, 10);
        (await LockHolderAsync(watcher)).ShouldNotBe(holder);

        // Its host stops: the other goes on within seconds.
        await first.StopAsync();
        for (var n = 0; n < 5; n++) await second.SaveAsync(SampleWriter.NewId());
        await AllSentAsync(second, 15);
        sentBySecond.Sent.Count.ShouldBeGreaterThanOrEqualTo(5);
        await Eventually.Be(async () => (await second.HeardAsync()).Count == 15);
    }

    [Fact]
    public async Task While_the_broker_is_away_commands_are_taken_and_afterwards_everything_arrives_in_order()
    {
        await using var broker = await TestBroker.CreateAsync();
        await using var cable = await Proxy.ToAsync(broker.Url.Host, broker.Url.Port);
        await using var sample = await ServiceUnderTest.StartAsync(
            new Setup(Store.Postgres) { Broker = broker, BrokerUrl = new UriBuilder(broker.Url) { Port = cable.Port }.Uri }, new SampleModule());
        await sample.Given.DraftingOfficerAsync("P1", "KBL");
        var client = sample.Client("P1");
        await sample.SaveAsync(SampleWriter.NewId());
        await Eventually.Be(async () => (await sample.HeardAsync()).Count == 1);

        cable.Cut();
        var ids = new List<string>();
        for (var n = 0; n < 20; n++)
        {
            var answer = (await client.Post("/api/sample/notes", new { mission = "KBL", text = "a" })).ShouldBe(201);
            ids.Add(answer["id"].GetString()!);
            (await client.Post($"/api/sample/notes/{ids[^1]}/revisions", new { mission = "KBL", text = "b" }, version: 1)).ShouldBe(200);
        }
        // It can do its work, so it is not taken out of service; but it tells.
        await Eventually.Be(async () => (await client.Get("/health/ready"))["status"].GetString() == "Degraded");
        (await client.Get("/health/ready")).ShouldBe(200);
        (await sample.OutboxAsync()).Count(row => row.SentAt is null).ShouldBe(40);
        await Task.Delay(TimeSpan.FromSeconds(6)); // Longer than a send may take: it is not the fact's fault.
        (await sample.OutboxAsync()).ShouldAllBe(row => row.Attempts == 0 && row.ParkedAt == null);

        cable.Mend();
        var watch = Stopwatch.StartNew();
        await Eventually.Be(async () => (await sample.HeardAsync()).Count == 41, TimeSpan.FromSeconds(60));
        TestContext.Current.TestOutputHelper!.WriteLine($"backlog of 40 drained {watch.Elapsed.TotalSeconds:0.0} s after the broker came back");
        foreach (var heard in (await sample.HeardAsync()).GroupBy(row => row.DraftId))
            heard.Select(row => row.Version).ShouldBe(Enumerable.Range(1, heard.Count()));
        await Eventually.Be(async () => (await client.Get("/health/ready"))["status"].GetString() == "Healthy");
    }

    [Fact]
    public async Task A_host_starts_without_its_broker_and_sends_once_it_is_there()
    {
        await using var broker = await TestBroker.CreateAsync();
        await using var cable = await Proxy.ToAsync(broker.Url.Host, broker.Url.Port);
        cable.Cut();
        await using var sample = await ServiceUnderTest.StartAsync(
            new Setup(Store.Sqlite) { Broker = broker, WaitsForBroker = false, BrokerUrl = new UriBuilder(broker.Url) { Port = cable.Port }.Uri }, new SampleModule());

        await sample.SaveAsync(SampleWriter.NewId());
        (await sample.ClientWith().Get("/health/live")).ShouldBe(200);
        (await sample.ClientWith().Get("/health/ready")).ShouldBe(200)["status"].GetString().ShouldBe("Degraded");
        cable.Mend();

        await Eventually.Be(async () => (await sample.HeardAsync()).Count == 1, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_fact_that_no_queue_takes_is_not_called_sent()
    {
        await using var sample = await ServiceUnderTest.StartAsync(new Setup(Store.Postgres) { OnBroker = true }, new SampleModule());
        var (asked, other) = (SampleWriter.NewId(), SampleWriter.NewId());
        await sample.SaveAsync(asked);
        await sample.AskAsync(asked);

        await Eventually.Be(async () => (await sample.OutboxAsync())[1] is { Attempts: >= 2, SentAt: null });
        (await sample.OutboxAsync())[1].LastError!.ShouldContain("returned");

        // Others are not held up.
        await sample.SaveAsync(other);
        await Eventually.Be(async () => (await sample.HeardAsync()).Count == 2);

        // The day its queue is there it is delivered.
        await sample.Broker!.BindAsync("WorkflowPlatform.Contracts.Drafting:WithdrawalAsked", "late");
        await Eventually.Be(async () => (await sample.OutboxAsync()).All(row => row.SentAt is not null));
        (await sample.Broker!.PeekAsync("late")).ShouldHaveSingleItem().Body.ShouldBe((await sample.OutboxAsync())[1].Body);
    }

    [Fact]
    public async Task A_fact_that_cannot_be_sent_is_parked_after_twenty_tries_and_readiness_tells()
    {
        var clock = new ManualClock();
        await using var sample = await ServiceUnderTest.StartAsync(new Setup(Store.Sqlite) { OnBroker = true, Clock = clock }, new SampleModule());
        var id = SampleWriter.NewId();
        await sample.SaveAsync(id);
        await sample.AskAsync(id);

        await Eventually.Be(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            return (await sample.OutboxAsync())[1].ParkedAt is not null;
        }, TimeSpan.FromSeconds(60));

        (await sample.OutboxAsync())[1].Attempts.ShouldBe(20);
        var ready = (await sample.ClientWith().Get("/health/ready")).ShouldBe(200);
        ready["status"].GetString().ShouldBe("Degraded");
        ready["parts"].GetProperty("sample").GetString().ShouldBe("1 facts are parked in the outbox.");
        sample.Logs.At(Microsoft.Extensions.Logging.LogLevel.Critical).ShouldContain(line => line.Contains("is parked"));

        // The queue comes, somebody clears the mark: it goes.
        await sample.Broker!.BindAsync("WorkflowPlatform.Contracts.Drafting:WithdrawalAsked", "late");
        await sample.Db<SampleDb>(async db => await db.Database.ExecuteSqlRawAsync("update outbox set parked_at = null, attempts = 0, next_try_at = null"));
        await Eventually.Be(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return (await sample.OutboxAsync())[1].SentAt is not null;
        });
    }

    [Fact]
    public async Task A_flood_that_cannot_be_sent_does_not_hold_up_the_rest()
    {
        await using var sample = await ServiceUnderTest.StartAsync(new Setup(Store.Sqlite) { OnBroker = true }, new SampleModule());
        for (var n = 0; n < 300; n++)
        {
            var id = SampleWriter.NewId();
            await sample.SaveAsync(id);
            await sample.AskAsync(id);
        }
        await sample.SaveAsync(SampleWriter.NewId());

        await Eventually.Be(async () => (await sample.HeardAsync()).Count == 301, TimeSpan.FromSeconds(60));
    }

    private static async Task AbortAsync(ServiceUnderTest sample, Guid id) => await sample.Db<SampleDb>(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var note = await db.Notes.SingleOrDefaultAsync(n => n.Id == id);
        if (!NoteRules.Save(note, id, "KBL", new("P1", "KBL"), DateTimeOffset.UnixEpoch).Allows(out var accepted, out _)) return;
        db.Record(note, accepted);
        await db.SaveChangesAsync();
        await transaction.RollbackAsync();
    });

    private static Task AllSentAsync(ServiceUnderTest sample, int count) =>
        Eventually.Be(async () => (await sample.OutboxAsync()).Count(row => row.SentAt is not null) == count);

    private static Task<int> LockHolderAsync(System.Data.Common.DbConnection watcher) => Eventually.Get(
        () => watcher.ExecuteScalarAsync<int>("select coalesce((select pid from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())), 0)"),
        pid => pid != 0);
}
