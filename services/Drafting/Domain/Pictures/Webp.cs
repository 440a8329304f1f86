using System.Buffers.Binary;

namespace WorkflowPlatform.Drafting.Domain.Pictures;

/// <summary>WebP (RFC 9649): chunks, of which those that draw are kept. Gone: Exif, XMP, chunks that nobody knows, what stands behind the end.</summary>
internal static class Webp
{
    private const byte HasExif = 0x08, HasXmp = 0x04;
    private static readonly HashSet<string> Drawing = ["VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP"];

    public static Picture? Read(ReadOnlySpan<byte> sent)
    {
        var told = BinaryPrimitives.ReadUInt32LittleEndian(sent[4..]);
        if (told < 4 || told > sent.Length - 8) return null;
        var parts = new Parts(sent[12..(8 + (int)told)]);
        var kept = new List<byte>(sent.Length);
        var (width, height) = (0, 0);
        while (parts.Rest is var whole && parts.TryTake(8, out var head))
        {
            var (length, name) = (BinaryPrimitives.ReadInt32LittleEndian(head[4..]), System.Text.Encoding.Latin1.GetString(head[..4]));
            if (!parts.TryTake(length, out var data) || ((length & 1) == 1 && !parts.TryTake(1, out _))) return null;
            if (!Drawing.Contains(name)) continue;
            var (from, size) = (kept.Count, Size(name, data));
            if (size.Width < 0) return null;
            (width, height) = (Math.Max(width, size.Width), Math.Max(height, size.Height));
            kept.AddRange(whole[..(8 + length + (length & 1))]);
            if (name == "VP8X") kept[from + 8] &= unchecked((byte)~(HasExif | HasXmp));
        }
        if (parts.Rest.Length > 0 || width == 0) return null;
        var riff = new byte[12];
        "RIFF"u8.CopyTo(riff);
        BinaryPrimitives.WriteInt32LittleEndian(riff.AsSpan(4), kept.Count + 4);
        "WEBP"u8.CopyTo(riff.AsSpan(8));
        return new("image/webp", width, height, [.. riff, .. kept]);
    }

    /// <summary>What a chunk says about the size of what it draws: nothing (0), or nonsense (-1).</summary>
    private static (int Width, int Height) Size(string name, ReadOnlySpan<byte> data) => name switch
    {
        "VP8X" when data.Length >= 10 => (Three(data[4..]) + 1, Three(data[7..]) + 1),
        "ANMF" when data.Length >= 12 => (Three(data[6..]) + 1, Three(data[9..]) + 1),
        "VP8 " when data.Length >= 10 && data[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]) =>
            (BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF),
        "VP8L" when data.Length >= 5 && data[0] == 0x2F => Lossless(BinaryPrimitives.ReadUInt32LittleEndian(data[1..])),
        "VP8X" or "ANMF" or "VP8 " or "VP8L" => (-1, -1),
        _ => (0, 0),
    };

    private static (int Width, int Height) Lossless(uint bits) => ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);

    private static int Three(ReadOnlySpan<byte> at) => at[0] | (at[1] << 8) | (at[2] << 16);
}
