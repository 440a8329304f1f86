using Xunit;

namespace WorkflowPlatform.Testing;

/// <summary>Where the tests find PostgreSQL and RabbitMQ: told by the environment, or in containers where those are compiled in.</summary>
/// <remarks>A server that is missing is a visible skip on a laptop and a failure where <c>CI=true</c>: a pipeline must not turn green by looking away.</remarks>
public static partial class Servers
{
    public static bool IsCI => Environment.GetEnvironmentVariable("CI") is "true" or "1";

    /// <summary>A superuser's connection string to the database <c>postgres</c>: <c>TEST_POSTGRES</c>.</summary>
    public static Task<string> PostgresAsync() => FoundAsync("TEST_POSTGRES", "PostgreSQL", containers => containers.PostgresAsync());

    /// <summary><c>amqp://user:password@host:port</c> of an administrator: <c>TEST_BROKER</c>.</summary>
    public static Task<string> BrokerAsync() => FoundAsync("TEST_BROKER", "RabbitMQ", containers => containers.BrokerAsync());

    /// <summary>The same broker's management API, <c>http://host:port</c>: <c>TEST_BROKER_MANAGEMENT</c>.</summary>
    public static Task<string> BrokerManagementAsync() => FoundAsync("TEST_BROKER_MANAGEMENT", "RabbitMQ's management API", containers => containers.BrokerManagementAsync());

    /// <summary>Another source of servers, when one was compiled in.</summary>
    static partial void FindContainers(ref IContainers? containers);

    private static async Task<string> FoundAsync(string variable, string what, Func<IContainers, Task<string>> started)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } told) return told;
        IContainers? containers = null;
        FindContainers(ref containers);
        if (containers is not null) return await started(containers);

        var missing = $"{what} is missing: set {variable}, or run deploy/scripts/test, which starts it.";
        if (IsCI) throw new InvalidOperationException(missing);
        Assert.Skip(missing);
        return "";
    }

    /// <summary>Starts each server once per test process.</summary>
    internal interface IContainers
    {
        Task<string> PostgresAsync();

        Task<string> BrokerAsync();

        Task<string> BrokerManagementAsync();
    }
}
