using MassTransit;

namespace WorkflowPlatform.Platform.Messaging;

/// <summary>On the in-memory bus: keeps what a consumer could not deal with, after its last try, as a dead letter in its database.</summary>
internal sealed class KeepDeadLetter(ConsumerEntry entry, IServiceScopeFactory scopes, TimeProvider clock) : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        // A consumer that was stopped has not given up: the fact comes again at the next start.
        context.CancellationToken.ThrowIfCancellationRequested();
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DataScope>().BecomeSystem();
        var db = (PlatformDb)scope.ServiceProvider.GetRequiredService(entry.Database);
        db.DeadLetters.Add(new DeadLetterRow
        {
            MessageId = context.GetMessageId() ?? Guid.Empty,
            Queue = entry.Queue,
            Type = context.TransportHeaders.Get<string>(MessageHeaders.MessageType)?.Split(';')[0] ?? "",
            Body = context.GetBody(),
            Reason = $"{context.Exception.GetType().Name}: {context.Exception.Message}",
            At = clock.Now,
        });
        await db.SaveChangesAsync();
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("keep-dead-letter");
}

/// <summary>On the in-memory bus: tells the relay when a consumer has committed its work or its dead letter, or that neither could be.</summary>
internal sealed class TellRelay(InProcessDeliveries deliveries) : IReceiveObserver
{
    public Task PostReceive(ReceiveContext context)
    {
        if (context.GetMessageId() is { } id) deliveries.Settled(id, context.InputAddress.Segments[^1]);
        return Task.CompletedTask;
    }

    public Task ReceiveFault(ReceiveContext context, Exception exception)
    {
        if (context.GetMessageId() is { } id) deliveries.Failed(id, exception);
        return Task.CompletedTask;
    }

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) where T : class => Task.CompletedTask;
}
