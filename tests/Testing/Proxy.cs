using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace WorkflowPlatform.Testing;

/// <summary>A stretch of cable that a test can cut and mend: TCP on a free loopback port, passed on to a server.</summary>
public sealed class Proxy : IAsyncDisposable
{
    private readonly IPEndPoint target;
    private readonly ConcurrentDictionary<TcpClient, bool> ends = new();
    private TcpListener? listener;
    private Task accepting = Task.CompletedTask;

    private Proxy(IPEndPoint target) => this.target = target;

    /// <summary>Stays the same when the cable is cut and mended.</summary>
    public int Port { get; private set; }

    public static async Task<Proxy> ToAsync(string host, int port)
    {
        var address = (await Dns.GetHostAddressesAsync(host, AddressFamily.InterNetwork))[0];
        var proxy = new Proxy(new IPEndPoint(address, port));
        proxy.Mend();
        return proxy;
    }

    /// <summary>Breaks every connection and takes no new one.</summary>
    public void Cut()
    {
        listener?.Stop();
        listener = null;
        foreach (var end in ends.Keys) Break(end);
    }

    public void Mend()
    {
        if (listener is not null) return;
        var opened = new TcpListener(IPAddress.Loopback, Port);
        opened.Start();
        Port = ((IPEndPoint)opened.LocalEndpoint).Port;
        listener = opened;
        accepting = AcceptAsync(opened);
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await accepting;
    }

    private async Task AcceptAsync(TcpListener from)
    {
        while (true)
            try
            {
                _ = PassAsync(await from.AcceptTcpClientAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
    }

    private async Task PassAsync(TcpClient near)
    {
        var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        ends[near] = ends[far] = true;
        try
        {
            await far.ConnectAsync(target);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone; so is the other in a moment.
        }
        Break(near);
        Break(far);
    }

    private void Break(TcpClient end)
    {
        if (!ends.TryRemove(end, out _)) return;
        try
        {
            end.LingerState = new LingerOption(true, 0); // A reset, as of a cable or a killed process.
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was closed before.
        }
        end.Dispose();
    }
}
