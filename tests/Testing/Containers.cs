using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using Testcontainers.PostgreSql;

namespace WorkflowPlatform.Testing;

/// <summary>Servers in containers, for machines with a Docker engine. Compiled only under the property <c>Testcontainers=true</c>.</summary>
public static partial class Servers
{
    private static readonly Lazy<Containers> Started = new(() => new Containers());

    static partial void FindContainers(ref IContainers? containers) => containers = Started.Value;

    /// <summary>Ryuk, Testcontainers' own reaper, removes them when the test process ends.</summary>
    private sealed class Containers : IContainers
    {
        private const int Amqp = 5672;
        private const int Management = 15672;

        private readonly Lazy<Task<PostgreSqlContainer>> postgres = new(async () =>
        {
            var container = new PostgreSqlBuilder().WithImage("postgres:17").WithUsername("app").WithPassword("app-dev-only").WithDatabase("postgres").Build();
            await container.StartAsync();
            return container;
        });

        private readonly Lazy<Task<IContainer>> broker = new(async () =>
        {
            var container = new ContainerBuilder().WithImage("rabbitmq:4-management")
                .WithEnvironment("RABBITMQ_DEFAULT_USER", "app").WithEnvironment("RABBITMQ_DEFAULT_PASS", "app-dev-only")
                .WithPortBinding(Amqp, true).WithPortBinding(Management, true)
                .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("Server startup complete"))
                .Build();
            await container.StartAsync();
            return container;
        });

        public async Task<string> PostgresAsync() => (await postgres.Value).GetConnectionString();

        public async Task<string> BrokerAsync() => await AtAsync("amqp://app:app-dev-only@", Amqp);

        public async Task<string> BrokerManagementAsync() => await AtAsync("http://", Management);

        private async Task<string> AtAsync(string prefix, int port)
        {
            var container = await broker.Value;
            return $"{prefix}{container.Hostname}:{container.GetMappedPublicPort(port)}";
        }
    }
}
