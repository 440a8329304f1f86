using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Messaging;

/// <summary>Watches in which order a host's facts leave.</summary>
internal sealed class SendOrder : IPublishObserver, IDisposable
{
    private readonly ConcurrentDictionary<Guid, (int Started, int Ended)> drafts = new();
    private ConnectHandle? connection;

    public ConcurrentQueue<(Guid Draft, int Version)> Sent { get; } = new();

    /// <summary>Facts that left before the one before them had.</summary>
    public ConcurrentQueue<string> Disordered { get; } = new();

    public static SendOrder Watch(ServiceUnderTest service)
    {
        var order = new SendOrder();
        order.connection = service.Services.GetRequiredService<IBus>().ConnectPublishObserver(order);
        return order;
    }

    public Task PrePublish<T>(PublishContext<T> context) where T : class
    {
        if (context.Message is not RevisionSaved fact) return Task.CompletedTask;
        drafts.AddOrUpdate(fact.DraftId, (fact.Version, 0), (_, seen) =>
        {
            if (seen.Ended != fact.Version - 1) Disordered.Enqueue($"{fact.DraftId} version {fact.Version} left when {seen.Started} had started and {seen.Ended} ended");
            return (fact.Version, seen.Ended);
        });
        return Task.CompletedTask;
    }

    public Task PostPublish<T>(PublishContext<T> context) where T : class
    {
        if (context.Message is not RevisionSaved fact) return Task.CompletedTask;
        Sent.Enqueue((fact.DraftId, fact.Version));
        drafts.AddOrUpdate(fact.DraftId, (fact.Version, fact.Version), (_, seen) => (seen.Started, fact.Version));
        return Task.CompletedTask;
    }

    public Task PublishFault<T>(PublishContext<T> context, Exception exception) where T : class => Task.CompletedTask;

    public void Dispose() => connection?.Disconnect();
}
