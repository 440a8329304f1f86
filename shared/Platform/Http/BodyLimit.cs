using Microsoft.AspNetCore.Http.Features;

namespace WorkflowPlatform.Platform.Http;

/// <summary>Takes no body above the server's limit, or the route's own, and answers 413 in a way that its sender can read.</summary>
/// <remarks>
/// Kestrel's own limit resets the connection while the sender still writes, and most senders then see a broken pipe and no answer.
/// Here the rest of a body is read past and thrown away, up to a size and for five seconds.
/// </remarks>
internal static class BodyLimit
{
    private const long MostReadPast = 64 * 1024 * 1024;

    public static void UseBodyLimit(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false, MaxRequestBodySize: { } limit } size) return next(context);
        size.MaxRequestBodySize = limit + MostReadPast;
        if (context.Request.ContentLength > limit) throw TooLarge();
        if (context.Request.ContentLength is null) context.Request.Body = new AtMost(context.Request.Body, limit);
        return next(context);
    });

    private static BadHttpRequestException TooLarge() => new("The body is too large.", StatusCodes.Status413PayloadTooLarge);

    /// <summary>A body of unknown length, up to the limit.</summary>
    private sealed class AtMost(Stream body, long left) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await body.ReadAsync(buffer, cancellationToken);
            left -= read;
            return left < 0 ? throw TooLarge() : read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
