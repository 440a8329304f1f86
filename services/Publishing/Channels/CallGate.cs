namespace WorkflowPlatform.Publishing.Channels;

/// <summary>The last gate before the network, at the write to the connection: one connection for each call, nothing after the deadline, and it is known whether anything went through.</summary>
/// <remarks>
/// A process that was frozen between the intent and the call wakes up here. By then another one may have read the account
/// back and released anew; the deadline, by the wall's clock and by the monotonic one, is what keeps the first call from leaving.
/// </remarks>
internal sealed class CallGate(TimeProvider clock, DateTimeOffset deadline)
{
    private const int Shut = 0, Opened = 1, Used = 2, Closed = 3;
    private readonly long begun = clock.GetTimestamp();
    private readonly TimeSpan allowed = deadline - clock.GetUtcNow();
    private int state;

    /// <summary>What is left of the time.</summary>
    public TimeSpan Left
    {
        get
        {
            var (byWall, monotonic) = (deadline - clock.GetUtcNow(), allowed - clock.GetElapsedTime(begun));
            var left = byWall < monotonic ? byWall : monotonic;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>True when nothing went through, and from now on nothing can.</summary>
    public bool CloseUnused() => Interlocked.Exchange(ref state, Closed) is Shut or Opened;

    /// <summary>Lets one connection write; a second one would be a repetition.</summary>
    public Stream Around(Stream connection) => Interlocked.CompareExchange(ref state, Opened, Shut) == Shut
        ? new GatedStream(connection, this)
        : throw new IOException("One call has one connection.");

    private void Pass()
    {
        if (Left == TimeSpan.Zero) throw new IOException("The deadline of the call has passed.");
        if (Interlocked.CompareExchange(ref state, Used, Opened) is not (Opened or Used)) throw new IOException("The call is over.");
    }

    private sealed class GatedStream(Stream inner, CallGate gate) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.ReadAsync(buffer, offset, count, cancellationToken);
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count)
        {
            gate.Pass();
            inner.Write(buffer, offset, count);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            gate.Pass();
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override void Flush() => inner.Flush();
        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
