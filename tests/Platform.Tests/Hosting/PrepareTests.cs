using Dapper;
using Microsoft.AspNetCore.Routing;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.Platform.Tests.Messaging;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Hosting;

[Collection(nameof(TheConsole))]
public sealed class PrepareTests
{
    [Theory]
    [InlineData]
    [InlineData("--sample:Database=Data Source=nowhere.db")]
    [InlineData("--Broker:Url=amqp://127.0.0.1")]
    [InlineData("--prepare")]
    public async Task Without_its_settings_a_service_says_which_and_stops_with_78(params string[] args)
    {
        var (code, said) = await RunAsync(args);

        code.ShouldBe(78);
        var missing = new[] { "sample:Database", "Broker:Url" }.Where(key => !args.Any(arg => arg.Contains(key))).ToList();
        foreach (var key in missing)
        {
            said.ShouldContain(key);
            said.ShouldContain(key.Replace(":", "__"));
        }
        said.ShouldContain("services/Standalone");
    }

    [Theory, OnBothDatabases]
    public async Task On_a_schema_that_is_older_than_the_program_a_service_stops_with_78(Store store)
    {
        await using var backends = new Backends(store);

        var (code, said) = await RunAsync($"--sample:Database={await backends.ForAsync("sample")}", "--Broker:Url=amqp://127.0.0.1:1");

        code.ShouldBe(78);
        said.ShouldContain("--prepare");
    }

    [Fact]
    public async Task With_a_database_that_does_not_answer_a_service_says_so_and_stops_with_69()
    {
        var (code, said) = await RunAsync("--sample:Database=Host=127.0.0.1;Port=1;Username=nobody;Password=secret-word;Timeout=2", "--Broker:Url=amqp://127.0.0.1:1");

        code.ShouldBe(69);
        said.ShouldContain("sample:Database");
        said.ShouldNotContain("secret-word");
    }

    [Fact]
    public async Task Prepare_lays_schema_queues_and_bindings_before_anybody_sends_or_listens()
    {
        await using var backends = new Backends(Store.Postgres);
        await using var broker = await TestBroker.CreateAsync();
        string[] args = ["--prepare", $"--sample:Database={await backends.ForAsync("sample")}", $"--Broker:Url={broker.Url}"];

        var (code, said) = await RunAsync(args);

        code.ShouldBe(0, said);
        await using (var connection = await (await backends.OpenAsync("sample")).OpenAsync())
            (await connection.ExecuteScalarAsync<long>("select count(*) from outbox")).ShouldBe(0);
        var queues = await Eventually.Get(broker.QueuesAsync, list => list.Count == 4);
        var names = queues.Select(queue => queue.GetProperty("name").GetString()).Order().ToList();
        names.ShouldBe(["sample.on-revision-saved", "sample.on-revision-saved_crashed", "sample.on-rights-recorded", "sample.on-rights-recorded_crashed"]);
        foreach (var queue in queues)
        {
            var arguments = queue.GetProperty("arguments");
            arguments.GetProperty("x-queue-type").GetString().ShouldBe("quorum");
            queue.GetProperty("durable").GetBoolean().ShouldBeTrue();
            if (queue.GetProperty("name").GetString()!.EndsWith("_crashed", StringComparison.Ordinal)) continue;
            arguments.GetProperty("x-delivery-limit").GetInt32().ShouldBe(20);
            arguments.GetProperty("x-overflow").GetString().ShouldBe("reject-publish");
            arguments.GetProperty("x-dead-letter-strategy").GetString().ShouldBe("at-least-once");
            arguments.GetProperty("x-dead-letter-exchange").GetString().ShouldBe(queue.GetProperty("name").GetString() + "_crashed");
        }
        var bindings = await broker.BindingsAsync();
        bindings.ShouldContain(("WorkflowPlatform.Contracts.Drafting:RevisionSaved", "sample.on-revision-saved"));
        bindings.ShouldContain(("WorkflowPlatform.Contracts.Registry:PersonRecorded", "sample.on-rights-recorded"));
        bindings.ShouldContain(("WorkflowPlatform.Contracts.Registry:AppointmentRecorded", "sample.on-rights-recorded"));

        // What is sent now waits for its consumer, also through another preparation.
        await using (var sender = await ServiceUnderTest.StartAsync(new Setup(Store.Sqlite) { Broker = broker }, new SampleTeller()))
            await sender.Publish(new RevisionSaved(
                SampleWriter.NewId(), 1, "KBL", "noticeboard:KBL", 1, NoteRules.Digest, 5, "en", new("P1", "KBL"), DateTimeOffset.UnixEpoch));
        (await RunAsync(args)).Code.ShouldBe(0);
        (await broker.PeekAsync("sample.on-revision-saved")).Count.ShouldBe(1);

        await using var service = await ServiceUnderTest.StartAsync(new Setup(Store.Postgres) { Backends = backends, Broker = broker }, new SampleModule());
        await Eventually.Be(async () => (await service.HeardAsync()).Count == 1);
    }

    [Fact]
    public async Task Prepare_brings_the_schema_as_the_migrator()
    {
        await using var backends = new Backends(Store.Postgres);
        await using var broker = await TestBroker.CreateAsync();

        var (code, said) = await RunAsync(
            "--prepare", "--sample:Database=Host=127.0.0.1;Port=1;Username=app", $"--sample:MigratorDatabase={await backends.ForAsync("sample")}", $"--Broker:Url={broker.Url}");

        code.ShouldBe(0, said);
    }

    /// <summary>What a module reads and writes at its start would be read and written as the migrator.</summary>
    [Fact]
    public async Task Prepare_makes_what_others_must_have_and_starts_no_module()
    {
        await using var backends = new Backends(Store.Postgres);
        await using var broker = await TestBroker.CreateAsync();
        var module = new Telling();

        var (code, said) = await RunAsync(module, "--prepare", $"--sample:Database={await backends.ForAsync("sample")}", $"--Broker:Url={broker.Url}");

        code.ShouldBe(0, said);
        module.Told.ShouldBe(["prepared"]);
    }

    private static Task<(int Code, string Said)> RunAsync(params string[] args) => RunAsync(new SampleModule(), args);

    private static async Task<(int Code, string Said)> RunAsync(IModule module, params string[] args)
    {
        var (normal, said) = (Console.Error, new StringWriter());
        Console.SetError(TextWriter.Synchronized(said));
        try
        {
            var code = await ServiceHost.RunAsync(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=None", .. args], module);
            return (code, said.ToString());
        }
        finally
        {
            Console.SetError(normal);
        }
    }

    /// <summary>The sample, telling what is asked of it.</summary>
    private sealed class Telling : IModule
    {
        private readonly SampleModule sample = new();

        public List<string> Told { get; } = [];

        public string Name => sample.Name;

        public void AddServices(ModuleBuilder module) => sample.AddServices(module);

        public void MapApi(RouteGroupBuilder api) => sample.MapApi(api);

        public Task PrepareAsync(IServiceProvider services, CancellationToken ct) => TellAsync("prepared");

        public Task StartAsync(IServiceProvider services, CancellationToken ct) => TellAsync("started");

        private Task TellAsync(string what)
        {
            Told.Add(what);
            return Task.CompletedTask;
        }
    }
}

/// <summary>Tests that listen to the console run by themselves.</summary>
[CollectionDefinition(nameof(TheConsole), DisableParallelization = true)]
public sealed class TheConsole;
