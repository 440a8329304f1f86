using System.Buffers.Binary;

namespace WorkflowPlatform.Drafting.Domain.Pictures;

/// <summary>Portable Network Graphics (W3C, third edition): chunks, of which those that draw are kept. Gone: Exif, texts, times, what stands behind the end.</summary>
internal static class Png
{
    private static readonly HashSet<string> Drawing =
        ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"];

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static Picture? Read(ReadOnlySpan<byte> sent)
    {
        var parts = new Parts(sent[Signature.Length..]);
        var kept = new List<byte>(sent.Length);
        kept.AddRange(Signature);
        var (width, height) = (0, 0);
        while (parts.Rest is var whole && parts.TryTake(8, out var head))
        {
            var (length, name) = (BinaryPrimitives.ReadInt32BigEndian(head), System.Text.Encoding.Latin1.GetString(head[4..]));
            if (!parts.TryTake(length, out var data) || !parts.TryTake(4, out _)) return null;
            if (name == "IHDR" != (kept.Count == Signature.Length)) return null; // It stands first, and once.
            if (name == "IHDR" && data.Length == 13) (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
            if (Drawing.Contains(name)) kept.AddRange(whole[..(12 + length)]);
            if (name == "IEND") return width < 0 || height < 0 ? null : new("image/png", width, height, [.. kept]);
        }
        return null;
    }
}
