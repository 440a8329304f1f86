using System.Buffers.Binary;

namespace WorkflowPlatform.Drafting.Domain.Pictures;

/// <summary>JPEG (ITU-T T.81): segments, of which those that draw are kept. Gone: Exif with its place and its small copy of the picture, XMP, IPTC, comments, what stands behind the end.</summary>
internal static class Jpeg
{
    private const byte StartOfScan = 0xDA, EndOfImage = 0xD9, App0 = 0xE0, App1 = 0xE1, App2 = 0xE2, App14 = 0xEE;

    public static ReadOnlySpan<byte> Signature => [0xFF, 0xD8, 0xFF];

    public static Picture? Read(ReadOnlySpan<byte> sent)
    {
        var parts = new Parts(sent[2..]);
        var kept = new List<byte>(sent.Length) { 0xFF, 0xD8 };
        var (width, height, turned) = (0, 0, false);
        while (TryMarker(ref parts, out var marker))
        {
            if (marker == EndOfImage) return width == 0 ? null : new("image/jpeg", width, height, [.. kept, 0xFF, EndOfImage]);
            if (!parts.TryTake(2, out var length) || !parts.TryTake(BinaryPrimitives.ReadUInt16BigEndian(length) - 2, out var segment)) return null;
            switch (marker)
            {
                case >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC):
                    if (width != 0 || segment.Length < 6) return null; // One frame; a height that comes later is nothing browsers take.
                    (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), BinaryPrimitives.ReadUInt16BigEndian(segment[3..]));
                    if (height == 0) return null;
                    Keep(kept, marker, segment);
                    break;
                case 0xC4 or 0xCC or 0xDB or 0xDD or StartOfScan: Keep(kept, marker, segment); break;
                case App0 when segment.StartsWith("JFIF\0"u8) && segment.Length >= 14: Keep(kept, marker, [.. segment[..12], 0, 0]); break; // Without its small copy.
                case App1 when !turned && segment.StartsWith("Exif\0\0"u8) && Orientation(segment[6..]) is > 1 and <= 8 and var orientation:
                    Keep(kept, marker, Upright(orientation)); // Else the picture would lie on its side.
                    turned = true;
                    break;
                case App2 when segment.StartsWith("ICC_PROFILE\0"u8): Keep(kept, marker, segment); break;
                case App14 when segment.StartsWith("Adobe"u8): Keep(kept, marker, segment); break;
                default: break;
            }
            if (marker == StartOfScan && parts.TryTake(ScanLength(parts.Rest), out var scan)) kept.AddRange(scan);
        }
        return null;
    }

    private static bool TryMarker(ref Parts parts, out byte marker)
    {
        marker = 0;
        if (!parts.TryTake(1, out var one) || one[0] != 0xFF) return false;
        do
        {
            if (!parts.TryTake(1, out one)) return false;
        } while (one[0] == 0xFF); // Any number of these may fill up.
        marker = one[0];
        return marker is >= 0xC0 and not (>= 0xD0 and <= 0xD8);
    }

    private static void Keep(List<byte> kept, byte marker, ReadOnlySpan<byte> segment)
    {
        kept.AddRange([0xFF, marker, (byte)((segment.Length + 2) >> 8), (byte)(segment.Length + 2)]);
        kept.AddRange(segment);
    }

    /// <summary>Up to the next marker that is not part of the coded data itself.</summary>
    private static int ScanLength(ReadOnlySpan<byte> rest)
    {
        for (var at = 0; at + 1 < rest.Length; at++)
            if (rest[at] == 0xFF && rest[at + 1] is not (0x00 or >= 0xD0 and <= 0xD7)) return at;
        return rest.Length;
    }

    /// <summary>How the picture is to be turned, as the first directory of a TIFF says; 0 when it does not.</summary>
    private static int Orientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8) return 0;
        var little = tiff[0] == (byte)'I';
        int Short(ReadOnlySpan<byte> at) => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
        var from = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (from > tiff.Length - 2) return 0;
        var entries = new Parts(tiff[((int)from + 2)..]);
        for (var n = Short(tiff[(int)from..]); n > 0 && entries.TryTake(12, out var entry); n--)
            if (Short(entry) == 0x0112) return Short(entry[8..]);
        return 0;
    }

    /// <summary>An Exif segment that says how the picture is to be turned, and nothing else.</summary>
    private static byte[] Upright(int orientation) =>
    [
        .. "Exif\0\0MM"u8, 0, 42, 0, 0, 0, 8, /* one entry */ 0, 1, /* orientation, a short, once */ 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, /* no further directory */ 0, 0, 0, 0,
    ];
}
