using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using WorkflowPlatform.Publishing.Channels;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests.Releasing;

public sealed class OneCall
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_line_that_breaks_after_any_number_of_bytes_is_one_request_and_an_unknown_outcome(bool handles)
    {
        using var line = new BreakingLine();
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite, handles, settings: [("Publishing:Noticeboard:Url", line.Address)]);
        var channel = publishing.Service.Services.GetRequiredService<IChannel>();
        var post = Examples.Post(Examples.Package());
        for (var bytes = 0; bytes <= 700; bytes += 35)
            foreach (var answer in new[] { "", "HTTP/1.1 201 Created\r\nContent-Length: 50\r\n\r\n{\"id\":\"half" })
            {
                line.BreakAfter(bytes, answer);
                var outcome = await channel.PostAsync(post, publishing.Now.AddSeconds(20));
                // A line that breaks at once may break before anything was written: then it is known that nothing was.
                if (bytes > 0 || outcome is not CallOutcome.NotApplied) outcome.ShouldBeOfType<CallOutcome.Unknown>($"after {bytes} bytes");
                line.Connections.ShouldBe(1, $"after {bytes} bytes");
            }
    }

    [Fact]
    public async Task A_network_that_nobody_serves_was_certainly_not_called()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite, settings: [("Publishing:Noticeboard:Url", "http://127.0.0.1:1")]);
        var channel = publishing.Service.Services.GetRequiredService<IChannel>();
        (await channel.PostAsync(Examples.Post(Examples.Package()), publishing.Now.AddSeconds(5))).ShouldBe(new CallOutcome.NotApplied("unreachable", null));
    }

    [Fact]
    public async Task A_call_whose_time_is_over_never_leaves()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        var channel = publishing.Service.Services.GetRequiredService<IChannel>();
        (await channel.PostAsync(Examples.Post(Examples.Package()), publishing.Now)).ShouldBe(new CallOutcome.NotApplied("unreachable", null));
        publishing.Neighbours.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task The_gate_is_shut_after_the_deadline_however_late_the_writer_wakes_up()
    {
        var clock = new ManualClock();
        using var wire = new MemoryStream();
        var gate = new CallGate(clock, clock.GetUtcNow().AddSeconds(10));
        var stream = gate.Around(wire);
        clock.Advance(TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<IOException>(async () => await stream.WriteAsync("PUT"u8.ToArray()));
        wire.Length.ShouldBe(0);
        gate.CloseUnused().ShouldBeTrue();
    }

    [Fact]
    public async Task What_went_through_the_gate_is_known()
    {
        var clock = new ManualClock();
        using var wire = new MemoryStream();
        var gate = new CallGate(clock, clock.GetUtcNow().AddSeconds(10));
        var stream = gate.Around(wire);
        await stream.WriteAsync("PUT"u8.ToArray());
        gate.CloseUnused().ShouldBeFalse();
        await Should.ThrowAsync<IOException>(async () => await stream.WriteAsync("more"u8.ToArray()));
        wire.Length.ShouldBe(3);
    }

    [Fact]
    public void One_call_has_one_connection_and_none_once_it_is_over()
    {
        var clock = new ManualClock();
        var gate = new CallGate(clock, clock.GetUtcNow().AddSeconds(10));
        gate.Around(Stream.Null);
        Should.Throw<IOException>(() => gate.Around(Stream.Null));
        var closed = new CallGate(clock, clock.GetUtcNow().AddSeconds(10));
        closed.CloseUnused().ShouldBeTrue();
        Should.Throw<IOException>(() => closed.Around(Stream.Null));
    }

    /// <summary>A server that reads so many bytes of each connection, perhaps answers, and breaks the line.</summary>
    private sealed class BreakingLine : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private (int Bytes, string Answer) plan;
        private int connections;

        public BreakingLine()
        {
            listener.Start();
            _ = ServeAsync();
        }

        public string Address => $"http://{listener.LocalEndpoint}";

        public int Connections => connections;

        public void BreakAfter(int bytes, string answer)
        {
            plan = (bytes, answer);
            connections = 0;
        }

        public void Dispose() => listener.Dispose();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref connections);
                    var left = plan.Bytes;
                    var buffer = new byte[1024];
                    // A request may be shorter than what is waited for: then the answer comes to a whole one.
                    using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
                    try
                    {
                        while (left > 0) left -= await client.GetStream().ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)), patience.Token);
                    }
                    catch (OperationCanceledException)
                    {
                        // It is whole.
                    }
                    if (plan.Answer.Length > 0) await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(plan.Answer));
                    client.LingerState = new LingerOption(true, 0);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
            {
                // The test is over.
            }
        }
    }
}
