using Npgsql;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Messaging;

public sealed class AwayTests
{
    /// <summary>After so many tries, about 30 s, a message that is itself at fault is given up.</summary>
    private const int TriesOfAFaultyMessage = 13;

    [Fact]
    public async Task A_database_that_is_away_for_longer_than_a_message_is_tried_costs_no_message()
    {
        await using var backends = new Backends(Store.Postgres);
        var direct = new NpgsqlConnectionStringBuilder(await backends.ForAsync("sample"));
        await using var cable = await Proxy.ToAsync(direct.Host!, direct.Port);
        var throughCable = new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Host = "127.0.0.1", Port = cable.Port }.ToString();
        var module = new SampleModule();
        await using var sample = await ServiceUnderTest.StartAsync(
            new Setup(Store.Postgres) { Backends = backends, OnBroker = true, Settings = new() { ["sample:Database"] = throughCable } }, module);

        cable.Cut();
        await sample.Publish(new RevisionSaved(SampleWriter.NewId(), 1, "KBL", "noticeboard:KBL", 1, NoteRules.Digest, 5, "en", new Capacity("P1", "KBL"), DateTimeOffset.UnixEpoch));
        await Eventually.Be(() => module.Turnstile.Tries > TriesOfAFaultyMessage, TimeSpan.FromSeconds(120));
        cable.Mend();

        await Eventually.Be(async () => (await sample.HeardAsync()).Count == 1, TimeSpan.FromSeconds(60));
        (await sample.Broker!.PeekAsync("sample.on-revision-saved_error")).ShouldBeEmpty();
    }
}
