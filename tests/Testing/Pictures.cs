using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace WorkflowPlatform.Testing;

/// <summary>Small pictures' files, as they come out of cameras and programs: with all that such files tell besides the picture.</summary>
public static class Pictures
{
    /// <summary>A picture of one colour that every browser shows.</summary>
    public static byte[] Png(byte shade = 0x80, int width = 2, int height = 2, params (string Name, byte[] Data)[] more)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            for (var line = 0; line < Math.Min(height, 64); line++) zlib.Write([0, .. Enumerable.Repeat(shade, Math.Min(width, 64))]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // Grey, eight bits.
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", header), .. more.SelectMany(chunk => Chunk(chunk.Name, chunk.Data)), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>As a telephone makes it: lying on its side, with its place, a small copy of itself, a comment, and something behind its end.</summary>
    public static byte[] Jpeg(string told, int width = 16, int height = 8, byte orientation = 6) =>
    [
        0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 72, 0, 72, 1, 1, 9, 9, 9]), .. Segment(0xE1, Exif(told, orientation)), .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Said(told)]),
        .. Segment(0xED, [.. "Photoshop 3.0\0"u8, .. Said(told)]), .. Segment(0xFE, Said(told)), .. JpegCore(width, height), .. Said(told),
    ];

    /// <summary>What of <see cref="Jpeg"/> is to be left.</summary>
    public static byte[] JpegLeft(int width = 16, int height = 8, byte orientation = 6) =>
    [
        0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 72, 0, 72, 0, 0]),
        .. orientation > 1 ? Segment(0xE1, [.. "Exif\0\0MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]) : [], .. JpegCore(width, height),
    ];

    public static byte[] Gif(string? told = null, int width = 3, int height = 5) =>
    [
        .. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
        .. told is null ? [] : (byte[])[0x21, 0xFE, (byte)Said(told).Length, .. Said(told), 0, 0x21, 0xFF, 11, .. "XMP DataXMP"u8, (byte)Said(told).Length, .. Said(told), 0],
        0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0, 0x21, 0xF9, 4, 0, 0, 0, 0, 0,
        0x2C, 0, 0, 0, 0, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, 2, 2, 0x4C, 1, 0, 0x3B, .. told is null ? [] : Said(told),
    ];

    public static byte[] Webp(string? told = null, int width = 7, int height = 9)
    {
        byte[] size = [(byte)(width - 1), (byte)((width - 1) >> 8), 0, (byte)(height - 1), (byte)((height - 1) >> 8), 0];
        byte[] chunks =
        [
            .. Riff("VP8X", [told is null ? (byte)0 : (byte)0x0C, 0, 0, 0, .. size]), .. Riff("VP8L", [0x2F, .. BitConverter.GetBytes((uint)(width - 1) | ((uint)(height - 1) << 14)), 1, 2]),
            .. told is null ? [] : Riff("EXIF", Said(told)).Concat(Riff("XMP ", Said(told))).Concat(Riff("note", Said(told))),
        ];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(chunks.Length + 4), .. "WEBP"u8, .. chunks, .. told is null ? [] : Said(told)];
    }

    public static string DigestOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static HttpContent Content(byte[] bytes, string type = "image/png") => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    public static byte[] Said(string told) => Encoding.ASCII.GetBytes(told);

    private static byte[] Exif(string told, byte orientation) =>
        [.. "Exif\0\0II"u8, 42, 0, 8, 0, 0, 0, 2, 0, 0x0F, 1, 2, 0, (byte)told.Length, 0, 0, 0, 38, 0, 0, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0, .. Said(told)];

    /// <summary>Two scans, as a progressive one has, with coded data that looks like markers.</summary>
    private static byte[] JpegCore(int width, int height) =>
    [
        .. Segment(0xDB, new byte[65]), .. Segment(0xC2, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]), .. Segment(0xC4, [0, .. new byte[16]]),
        .. Segment(0xDA, [1, 1, 0, 0, 0, 0]), 1, 2, 0xFF, 0x00, 3, 0xFF, 0xD0, 4, .. Segment(0xC4, [0x10, .. new byte[16]]), .. Segment(0xDA, [1, 1, 0, 1, 63, 0]), 5, 6, 0xFF, 0xD9,
    ];

    private static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    private static byte[] Riff(string name, byte[] data) => [.. Said(name), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[data.Length & 1]];

    private static byte[] Chunk(string name, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Said(name).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }
        return ~crc;
    }
}
