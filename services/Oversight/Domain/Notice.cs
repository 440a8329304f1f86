using System.Security.Cryptography;
using System.Text;
using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Oversight.Domain;

/// <summary>A post on a mission's noticeboard: public, and never changed.</summary>
/// <param name="Handle">The publisher's own name for it, by which it can be created only once; null when it gave none.</param>
/// <param name="Digest">SHA-256 of the text in UTF-8, hex: anybody can check a quotation against it.</param>
public sealed record Notice(Guid Id, string Mission, string? Handle, string Text, string Language, DateTimeOffset ReleasedAt, string Digest)
{
    /// <summary>Its pictures, in their order, and what they show.</summary>
    public IReadOnlyList<MediaItem> Media { get; init; } = [];

    public IReadOnlyList<string> Links { get; init; } = [];

    public static Notice Of(Guid id, string mission, string? handle, string text, string language, DateTimeOffset now) =>
        new(id, mission, handle, text, language, now, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    public bool SaysTheSameAs(Notice other) => Text == other.Text && Language == other.Language && Media.SequenceEqual(other.Media) && Links.SequenceEqual(other.Links);
}

/// <summary>A picture of a board's notices, public with the first of them.</summary>
/// <param name="Digest">SHA-256 of <paramref name="Bytes"/>, hex.</param>
public sealed record NoticeMedia(string Mission, string Digest, string Type, byte[] Bytes);

/// <summary>A mission as Registry last told of it: the name over its board.</summary>
public sealed record Mission(string Code, int Version, string Name, DateTimeOffset At);
