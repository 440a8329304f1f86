using System.Net.Sockets;
using MassTransit;

namespace WorkflowPlatform.Platform.Messaging;

/// <summary>Starts the bus anew when the broker has answered for a while and the bus has not come back to it.</summary>
/// <remarks>
/// After a broker's sudden death MassTransit 8 now and then leaves an endpoint without its consumer for good (its issues 5692 and 6095),
/// and what was sent to it waits until somebody restarts the service. Nothing is lost by a restart of the bus: what was not acknowledged
/// comes again, and what was not confirmed is sent again. In real time, because a broker lives in it.
/// </remarks>
internal sealed partial class BusWatch(IBusControl bus, IConfiguration configuration, ILogger<BusWatch> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5), Patience = TimeSpan.FromSeconds(45), Limit = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (broker, well) = (new Uri(configuration["Broker:Url"]!), TimeProvider.System.GetTimestamp());
        using var timer = new PeriodicTimer(Look);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            try
            {
                var health = bus.CheckHealth();
                if (health.Status is BusHealthStatus.Healthy || !await AnswersAsync(broker, stoppingToken)) well = TimeProvider.System.GetTimestamp();
                if (TimeProvider.System.GetElapsedTime(well) < Patience) continue;
                StartsAnew(log, health.Description);
                well = TimeProvider.System.GetTimestamp();
                await bus.StopAsync(Limit);
                await bus.StartAsync(Limit);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                NotStarted(log, fault);
            }
    }

    private static async Task<bool> AnswersAsync(Uri broker, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Look);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(broker.Host, broker.Port < 0 ? 5672 : broker.Port, limit.Token);
            return true;
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The broker answers and the bus has not come back to it: it is started anew. {Health}")]
    private static partial void StartsAnew(ILogger log, string health);

    [LoggerMessage(Level = LogLevel.Error, Message = "The bus could not be started anew; it is tried again")]
    private static partial void NotStarted(ILogger log, Exception fault);
}
