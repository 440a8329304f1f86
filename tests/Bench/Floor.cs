using System.Diagnostics;
using Npgsql;
using RabbitMQ.Client;

namespace WorkflowPlatform.Bench;

/// <summary>The floor of (b): what a post's way to the queue cannot do without. Two durable commits, one confirmed publish to a quorum queue, one GET over loopback.</summary>
internal static class Floor
{
    private const int Times = 200;

    /// <summary>Medians, in milliseconds.</summary>
    public static async Task<(double Commit, double Publish, double Get)> MeasureAsync(Uri anything)
    {
        await using var connection = new NpgsqlConnection(BenchPlatform.ConnectionOf("drafting"));
        await connection.OpenAsync();
        await new NpgsqlCommand("create table if not exists bench_floor (id bigint generated always as identity primary key, body bytea)", connection).ExecuteNonQueryAsync();
        await using var insert = new NpgsqlCommand("insert into bench_floor (body) values ($1)", connection) { Parameters = { new() { Value = new byte[1000] } } };
        await insert.PrepareAsync();
        var commit = await TimeAsync(() => insert.ExecuteNonQueryAsync());

        var factory = new ConnectionFactory { Uri = new Uri(BenchPlatform.Required("TEST_BROKER")) };
        await using var broker = await factory.CreateConnectionAsync();
        await using var channel = await broker.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.QueueDeclareAsync("bench-floor", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        var body = new byte[1000];
        var publish = await TimeAsync(() => channel.BasicPublishAsync("", "bench-floor", mandatory: true, new BasicProperties { Persistent = true }, body).AsTask());
        await channel.QueueDeleteAsync("bench-floor");

        using var http = new HttpClient();
        var get = await TimeAsync(async () => await http.GetStringAsync(anything));
        return (commit, publish, get);
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        for (var i = 0; i < 20; i++) await work();
        var took = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            var at = Stopwatch.GetTimestamp();
            await work();
            took.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }
        return Report.Median(took);
    }
}
