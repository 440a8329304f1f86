using MassTransit;

namespace WorkflowPlatform.Platform.Messaging;

/// <summary>Sets up MassTransit over RabbitMQ or in memory, with one way of retrying and of giving up. Nothing else in the platform configures it.</summary>
public static class Bus
{
    /// <summary>How long a consumer's message is tried again in process before it is a dead letter: about 30 s, in growing steps.</summary>
    private static readonly TimeSpan[] Retries =
        [.. new[] { 0, 10, 20, 50, 100, 250, 500, 1_000, 2_000, 4_000, 8_000, 14_000 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

    /// <summary>While its database or a neighbour is away: another 24 minutes. A broker takes a message back from whoever keeps it for 30 (<c>consumer_timeout</c>).</summary>
    private static readonly TimeSpan[] Patience = [.. Retries, .. Enumerable.Repeat(TimeSpan.FromSeconds(5), 288)];

    /// <summary>The setting by which <c>--prepare</c> asks for queues and nothing else.</summary>
    internal const string TopologyOnly = "Broker:TopologyOnly";

    public static void AddBus(this IServiceCollection services, IConfiguration configuration, ConsumerMap map)
    {
        var broker = configuration["Broker:Url"];
        services.AddSingleton(map);
        services.AddSingleton<Outlet>();
        if (broker is null) services.AddSingleton<InProcessDeliveries>();
        services.Configure<MassTransitHostOptions>(options =>
        {
            options.WaitUntilStarted = false; // A broker that is away must not keep the API from accepting.
            options.StopTimeout = TimeSpan.FromSeconds(10);
        });
        services.AddMassTransit(bus =>
        {
            // What the API takes is kept until the broker is back: no reason to take the host out of service.
            bus.ConfigureHealthCheckOptions(health => health.MinimalFailureStatus = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Degraded);
            foreach (var entry in map.Consumers) bus.AddConsumer(entry.Consumer);
            if (broker is null)
            {
                bus.AddReceiveObserver<TellRelay>();
                bus.UsingInMemory((context, memory) =>
                {
                    Common(memory);
                    foreach (var entry in map.Consumers)
                        memory.ReceiveEndpoint(entry.Queue, endpoint =>
                        {
                            endpoint.ConcurrentMessageLimit = 8;
                            endpoint.ConfigureError(error => error.UseFilter(new KeepDeadLetter(entry, context.GetRequiredService<IServiceScopeFactory>(), context.GetRequiredService<TimeProvider>())));
                            Consume(endpoint, context, entry);
                        });
                });
            }
            else
                bus.UsingRabbitMq((context, rabbit) =>
                {
                    rabbit.Host(new Uri(broker), host => host.Heartbeat(TimeSpan.FromSeconds(10)));
                    rabbit.DeployTopologyOnly = configuration.GetValue<bool>(TopologyOnly); // Queues and bindings, and nobody listens.
                    Common(rabbit);
                    foreach (var entry in map.Consumers)
                        rabbit.ReceiveEndpoint(entry.Queue, endpoint =>
                        {
                            Reliable(endpoint, entry.Queue);
                            Consume(endpoint, context, entry);
                        });
                });
        });
    }

    private static void Common(IBusFactoryConfigurator bus)
    {
        bus.ClearSerialization();
        bus.UseRawJsonSerializer(RawSerializerOptions.AddTransportHeaders);
        bus.ConfigureJsonSerializerOptions(options =>
        {
            options.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter());
            return options;
        });
    }

    private static void Consume(IReceiveEndpointConfigurator endpoint, IRegistrationContext context, ConsumerEntry entry)
    {
        endpoint.PublishFaults = false; // A fault would carry the message; the dead letter does already.
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(Away.Is);
            retry.Intervals(Patience);
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Ignore<Exception>(Away.Is);
            retry.Intervals(Retries);
        });
        endpoint.UseConsumeFilter(typeof(AsSystem<>), context);
        endpoint.ConfigureConsumer(context, entry.Consumer);
    }

    /// <remarks>
    /// All arguments are said aloud, because their defaults differ between RabbitMQ 3.10 and 4.x: the limit of deliveries,
    /// what happens beyond it, and what happens when the dead letters' queue cannot take more (nothing is dropped).
    /// </remarks>
    private static void Reliable(IRabbitMqReceiveEndpointConfigurator endpoint, string queue)
    {
        endpoint.SetQuorumQueue();
        endpoint.SetQueueArgument("x-delivery-limit", 20);
        endpoint.SetQueueArgument("x-overflow", "reject-publish");
        endpoint.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
        endpoint.BindDeadLetterQueue($"{queue}_crashed", $"{queue}_crashed", dead => dead.SetQuorumQueue());
        endpoint.PrefetchCount = 32;
        endpoint.ConcurrentMessageLimit = 16;
    }
}

/// <summary>A consumer acts for its service, not for a person.</summary>
internal sealed class AsSystem<T>(DataScope scope) : IFilter<ConsumeContext<T>> where T : class
{
    public Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        scope.BecomeSystem();
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("as-system");
}
