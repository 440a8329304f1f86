using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;

namespace WorkflowPlatform.DeadLetters;

/// <summary>Dead letters on RabbitMQ: what MassTransit moved to <c>queue_error</c>, and what the broker itself took out of a queue, in <c>queue_crashed</c>.</summary>
internal sealed class BrokerOffice(Uri broker, Uri management) : IDeadLetterOffice
{
    private static readonly string[] Suffixes = ["_error", "_crashed"];
    private IConnection? connection;

    public async Task<IReadOnlyList<DeadLetter>> ListAsync()
    {
        var letters = new List<DeadLetter>();
        foreach (var queue in await QueuesAsync())
        {
            // Got and not acknowledged: closing the channel puts everything back where it was.
            await using var channel = await ChannelAsync();
            while (await channel.BasicGetAsync(queue, autoAck: false) is { } got) letters.Add(Read(queue, got));
        }
        return letters;
    }

    public async Task ReplayAsync(DeadLetter letter)
    {
        foreach (var suffix in Suffixes)
        {
            await using var channel = await ChannelAsync();
            if (!(await QueuesAsync()).Contains(letter.Queue + suffix)) continue;
            while (await channel.BasicGetAsync(letter.Queue + suffix, autoAck: false) is { } got)
            {
                if (got.BasicProperties.MessageId != letter.MessageId) continue;
                var properties = new BasicProperties(got.BasicProperties) { Persistent = true };
                // What was said about the failure does not belong to the message that is tried anew.
                if (properties.Headers is { } headers)
                    foreach (var name in headers.Keys.Where(k => k.StartsWith("MT-Fault", StringComparison.Ordinal) || k is "MT-Reason" or "x-death").ToList()) headers.Remove(name);
                await channel.BasicPublishAsync("", letter.Queue, mandatory: true, properties, got.Body); // Confirmed before the old one is let go.
                await channel.BasicAckAsync(got.DeliveryTag, multiple: false);
                return;
            }
        }
        throw new InvalidOperationException($"{letter.MessageId} is not among the dead letters of {letter.Queue} any more.");
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null) await connection.DisposeAsync();
    }

    private async Task<IChannel> ChannelAsync()
    {
        connection ??= await new ConnectionFactory { Uri = broker, ClientProvidedName = "dead-letters" }.CreateConnectionAsync();
        return await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
    }

    private async Task<IReadOnlyList<string>> QueuesAsync()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
        var vhost = broker.AbsolutePath.Length > 1 ? broker.AbsolutePath[1..] : "%2F";
        var address = new UriBuilder(management) { UserName = "", Password = "", Path = $"api/queues/{vhost}" }.Uri;
        var queues = await http.GetFromJsonAsync<List<JsonElement>>(address) ?? [];
        return [.. queues.Select(q => q.GetProperty("name").GetString()!).Where(name => Suffixes.Any(s => name.EndsWith(s, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];
    }

    private static DeadLetter Read(string queue, BasicGetResult got)
    {
        var suffix = Suffixes.First(s => queue.EndsWith(s, StringComparison.Ordinal));
        string Header(string name) => got.BasicProperties.Headers?.TryGetValue(name, out var value) == true ? value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString() ?? "" : "";
        var reason = suffix == "_crashed" ? "the consumer's process ended again and again while it had this message" : $"{Header("MT-Fault-ExceptionType")}: {Header("MT-Fault-Message")}";
        var type = Header("MT-MessageType").Split(';')[0].Replace("urn:message:", "", StringComparison.Ordinal).Replace(':', '.');
        return new DeadLetter(got.BasicProperties.MessageId ?? "", queue[..^suffix.Length], type, reason, Header("MT-Fault-StackTrace"), Header("MT-Fault-Timestamp"), Encoding.UTF8.GetString(got.Body.Span));
    }
}
