using System.Diagnostics;
using System.Text.Json;
using MassTransit;

namespace WorkflowPlatform.Platform.Messaging;

/// <summary>Where the relay puts a fact so that it survives: a confirmed, routed message; in one process, the commits of all its consumers.</summary>
public sealed class Outlet(IBusControl bus, ConsumerMap consumers, InProcessDeliveries? deliveries = null)
{
    private static readonly ActivitySource Activities = new("WorkflowPlatform.Outbox");

    private volatile bool consumersListen = deliveries is null;

    /// <summary>A broker answers within seconds or is away; the consumers of one process may take their retries' time.</summary>
    public bool AnswersSoon => deliveries is null;

    /// <summary>Returns when the fact can no longer be lost.</summary>
    public async Task SendAsync(OutboxRow row, CancellationToken ct)
    {
        var type = ConsumerMap.TypeOf(row.Type);
        var message = JsonSerializer.Deserialize(row.Body, type, Json.Storage)!;
        if (!consumersListen)
        {
            // The in-memory bus takes what nobody listens for yet, and forgets it.
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, ct);
            consumersListen = true;
        }
        using var activity = Activities.StartActivity($"send {type.Name}", ActivityKind.Producer, row.TraceParent);

        var settled = deliveries?.Expect(row.MessageId, consumers.QueuesFor(type)) ?? Task.CompletedTask;
        await bus.Publish(message, type, Pipe.Execute<PublishContext>(context =>
        {
            context.MessageId = row.MessageId;
            context.Serializer = new ExactBytes(row.Body, context.Serializer);
            if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit)) rabbit.Mandatory = true;
        }), ct);
        await settled.WaitAsync(ct);
    }

    /// <summary>Gives a dead letter back to the one queue that it came from. Returns when its consumer has dealt with it, or let it die again.</summary>
    public async Task ReplayAsync(DeadLetterRow letter, CancellationToken ct)
    {
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, ct);
        var type = ConsumerMap.TypeOf(letter.Type.Replace("urn:message:", "", StringComparison.Ordinal).Replace(':', '.'));
        var settled = deliveries!.Expect(letter.MessageId, [letter.Queue]);
        var queue = await bus.GetSendEndpoint(new Uri($"queue:{letter.Queue}"));
        await queue.Send(JsonSerializer.Deserialize(letter.Body, type, Json.Storage)!, type, Pipe.Execute<SendContext>(context =>
        {
            context.MessageId = letter.MessageId;
            context.Serializer = new ExactBytes(letter.Body, context.Serializer);
        }), ct);
        await settled.WaitAsync(ct);
    }

    /// <summary>Puts the outbox row's own bytes on the wire, so that the ledger can check what it receives against what was committed.</summary>
    private sealed class ExactBytes(byte[] body, IMessageSerializer inner) : IMessageSerializer
    {
        public System.Net.Mime.ContentType ContentType => inner.ContentType;

        public MessageBody GetMessageBody<T>(SendContext<T> context) where T : class
        {
            // Sets the transport headers (message types, trace) as the serializer would.
            _ = inner.GetMessageBody(context);
            return new BytesMessageBody(body);
        }
    }
}
