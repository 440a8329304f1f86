using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WorkflowPlatform.Soak;

/// <summary>A cable to the noticeboard that loses some answers: the post was made, and who made it does not hear of it.</summary>
internal sealed class ReplyCutter : IAsyncDisposable
{
    private const double Share = 0.15;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint target;
    private readonly CancellationTokenSource over = new();
    private readonly Task accepting;
    private int calls, cut;

    private ReplyCutter(Uri target)
    {
        this.target = new IPEndPoint(IPAddress.Loopback, target.Port);
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public int Calls => calls;

    public int Cut => cut;

    public static ReplyCutter Before(Uri target) => new(target);

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Stop();
        await accepting;
        over.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!over.IsCancellationRequested)
            try
            {
                _ = PassAsync(await listener.AcceptTcpClientAsync(over.Token));
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
    }

    private async Task PassAsync(TcpClient near)
    {
        using var far = new TcpClient { NoDelay = true };
        using (near)
            try
            {
                near.NoDelay = true;
                await far.ConnectAsync(target, over.Token);
                var buffer = new byte[16 * 1024];
                var first = await near.GetStream().ReadAsync(buffer, over.Token);
                if (first == 0) return;
                await far.GetStream().WriteAsync(buffer.AsMemory(0, first), over.Token);
                // A call has a connection of its own; reads share theirs and are left alone.
                var isCall = Encoding.ASCII.GetString(buffer, 0, 4) is "PUT " or "POST";
                if (isCall) Interlocked.Increment(ref calls);
                var onward = near.GetStream().CopyToAsync(far.GetStream(), over.Token);
                if (isCall && Random.Shared.NextDouble() < Share)
                {
                    // The answer has begun, so the work is done. It goes no further.
                    if (await far.GetStream().ReadAsync(buffer, over.Token) > 0) Interlocked.Increment(ref cut);
                    near.LingerState = new LingerOption(true, 0);
                    return;
                }
                await Task.WhenAny(onward, far.GetStream().CopyToAsync(near.GetStream(), over.Token));
            }
            catch (Exception gone) when (gone is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // One side was killed; so is the other's connection in a moment.
            }
    }
}
