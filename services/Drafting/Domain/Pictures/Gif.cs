using System.Buffers.Binary;

namespace WorkflowPlatform.Drafting.Domain.Pictures;

/// <summary>Graphics Interchange Format (CompuServe, 1990): blocks, of which those that draw are kept. Gone: comments, XMP and other programs' notes, what stands behind the end.</summary>
internal static class Gif
{
    private const byte Extension = 0x21, Image = 0x2C, Trailer = 0x3B, Control = 0xF9, Application = 0xFF;

    public static Picture? Read(ReadOnlySpan<byte> sent)
    {
        var parts = new Parts(sent);
        var kept = new List<byte>(sent.Length);
        if (!parts.TryTake(13, out var screen)) return null;
        kept.AddRange(screen);
        if (!TryTable(ref parts, kept, screen[10])) return null;
        var (width, height, images) = (Short(screen[6..]), Short(screen[8..]), 0);
        while (parts.TryTake(1, out var block))
            switch (block[0])
            {
                case Trailer: return images == 0 ? null : new("image/gif", width, height, [.. kept, Trailer]);
                case Extension:
                    if (!parts.TryTake(1, out var label) || !TryBlocks(ref parts, out var said)) return null;
                    if (label[0] == Control || (label[0] == Application && (said[1..].StartsWith("NETSCAPE2.0"u8) || said[1..].StartsWith("ANIMEXTS1.0"u8))))
                        kept.AddRange([Extension, label[0], .. said]);
                    break;
                case Image:
                    if (!parts.TryTake(9, out var frame)) return null;
                    kept.AddRange([Image, .. frame]);
                    if (!TryTable(ref parts, kept, frame[8]) || !parts.TryTake(1, out var codeSize) || !TryBlocks(ref parts, out var data)) return null;
                    kept.AddRange([codeSize[0], .. data]);
                    (width, height) = (Math.Max(width, Short(frame) + Short(frame[4..])), Math.Max(height, Short(frame[2..]) + Short(frame[6..])));
                    images++;
                    break;
                default: return null;
            }
        return null;
    }

    /// <summary>A table of colours, when the flags say that there is one.</summary>
    private static bool TryTable(ref Parts parts, List<byte> kept, byte flags)
    {
        if ((flags & 0x80) == 0) return true;
        if (!parts.TryTake(3 << ((flags & 7) + 1), out var table)) return false;
        kept.AddRange(table);
        return true;
    }

    /// <summary>Blocks with their lengths, up to and with the empty one that ends them.</summary>
    private static bool TryBlocks(ref Parts parts, out ReadOnlySpan<byte> blocks)
    {
        var whole = parts.Rest;
        blocks = default;
        while (parts.TryTake(1, out var length) && parts.TryTake(length[0], out _))
            if (length[0] == 0)
            {
                blocks = whole[..^parts.Rest.Length];
                return true;
            }
        return false;
    }

    private static int Short(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt16LittleEndian(at);
}
