using MassTransit;
using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Platform.Messaging;

/// <summary>One consumer: its queue bears the service's name, so that two services' consumers of one name never share a queue.</summary>
/// <param name="Messages">The contract types it takes; <see cref="IFact"/> stands for all.</param>
/// <param name="Database">The context in whose database its dead letters lie.</param>
public sealed record ConsumerEntry(Type Consumer, string Queue, IReadOnlyList<Type> Messages, Type Database)
{
    public static ConsumerEntry For(string service, Type consumer, Type database) => new(
        consumer,
        $"{service}.{Naming.Kebab(consumer.Name)}",
        [.. consumer.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConsumer<>)).Select(i => i.GetGenericArguments()[0])],
        database);

    public bool Takes(Type message) => Messages.Any(type => type.IsAssignableFrom(message));
}

/// <summary>All consumers of this process, and the contract types by name.</summary>
public sealed class ConsumerMap(IEnumerable<ConsumerEntry> consumers)
{
    private static readonly Dictionary<string, Type> Facts = typeof(IFact).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IFact).IsAssignableFrom(type))
        .ToDictionary(type => type.FullName!);

    public IReadOnlyList<ConsumerEntry> Consumers { get; } = [.. consumers];

    /// <exception cref="InvalidOperationException">No contract bears that name.</exception>
    public static Type TypeOf(string name) =>
        Facts.TryGetValue(name, out var type) ? type : throw new InvalidOperationException($"{name} is no contract type of this program.");

    public IReadOnlyList<string> QueuesFor(Type message) => [.. Consumers.Where(entry => entry.Takes(message)).Select(entry => entry.Queue)];
}
