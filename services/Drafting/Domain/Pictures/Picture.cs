using System.Diagnostics.CodeAnalysis;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Drafting.Domain.Pictures;

/// <summary>A picture as it is kept, cleared and released: what draws it, and nothing that tells where, when, by whom or with what it was made.</summary>
/// <remarks>
/// What is cleared is what goes out, so whatever a file brings along has to go when it comes. Each format is walked part by
/// part, and only parts that draw are copied; the picture itself is not decoded, and not a point of it changes.
/// </remarks>
public sealed record Picture(string Type, int Width, int Height, byte[] Bytes)
{
    public const int MostBytes = 2 * 1024 * 1024;

    /// <summary>In points. Two megabytes can unfold to much more than a reader's device can hold.</summary>
    public const int LongestSide = 8_192;

    public const int MostPoints = 40_000_000;

    /// <summary>What it is its first bytes tell, whatever its sender says.</summary>
    public static bool TryRead(ReadOnlySpan<byte> sent, [NotNullWhen(true)] out Picture? picture, [NotNullWhen(false)] out Refusal? refusal)
    {
        picture = null;
        if (!IsOne(sent))
        {
            refusal = NoPicture;
            return false;
        }
        var read = sent[0] switch
        {
            0x89 => Png.Read(sent),
            0xFF => Jpeg.Read(sent),
            (byte)'G' => Gif.Read(sent),
            _ => Webp.Read(sent),
        };
        refusal = read is null ? Broken
            : read.Width is 0 or > LongestSide || read.Height is 0 or > LongestSide || read.Width * read.Height > MostPoints ? TooLarge
            : null;
        if (refusal is null) picture = read;
        return picture is not null;
    }

    private static bool IsOne(ReadOnlySpan<byte> sent) =>
        sent.StartsWith(Png.Signature) || sent.StartsWith(Jpeg.Signature) || sent.StartsWith("GIF87a"u8) || sent.StartsWith("GIF89a"u8)
        || (sent.StartsWith("RIFF"u8) && sent.Length >= 12 && sent[8..].StartsWith("WEBP"u8));

    public static readonly Refusal NoPicture = new("media.type", "This is no picture of a kind that is taken. Send a PNG, JPEG, WebP or GIF file.", 400);
    public static readonly Refusal Broken = new("media.broken", "The picture's file is damaged or cut short. Save it again and send it whole.", 400);
    public static readonly Refusal TooLarge = new("media.dimensions", "The picture may be 8,192 points wide or high, and have 40 million points in all. Make it smaller.", 400);
}

/// <summary>Takes bytes in their order; when there are not enough it says so.</summary>
internal ref struct Parts(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public readonly ReadOnlySpan<byte> Rest => rest;

    public bool TryTake(int count, out ReadOnlySpan<byte> part)
    {
        part = count >= 0 && count <= rest.Length ? rest[..count] : default;
        if (count < 0 || count > rest.Length) return false;
        rest = rest[count..];
        return true;
    }
}
