using System.Buffers.Text;
using System.Text;

namespace WorkflowPlatform.Platform.Http;

/// <summary>One page of a list, and the cursor of the next; null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>Makes a page of a query that asked for one item more than the limit.</summary>
    public static Page<T> Of(IReadOnlyList<T> items, int limit, Func<T, Cursor> at) =>
        items.Count <= limit ? new(items, null) : new([.. items.Take(limit)], at(items[limit - 1]).ToString());
}

/// <summary>A place in a list ordered by an instant and, among equals, an id. Opaque to clients.</summary>
public readonly record struct Cursor(DateTimeOffset At, Guid Id)
{
    public const int DefaultLimit = 25;
    public const int MostLimit = 200;

    /// <summary>Limits what a client asks for.</summary>
    public static int Limit(int? asked) => Math.Clamp(asked ?? DefaultLimit, 1, MostLimit);

    public static bool TryParse(string? text, out Cursor? cursor)
    {
        cursor = null;
        if (string.IsNullOrEmpty(text)) return true;
        if (!Base64Url.IsValid(text)) return false;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('/');
        if (parts.Length != 2 || !long.TryParse(parts[0], out var ms) || ms is < 0 or > 253402300799999 || !Guid.TryParse(parts[1], out var id)) return false;
        cursor = new Cursor(DateTimeOffset.FromUnixTimeMilliseconds(ms), id);
        return true;
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{At.ToUnixTimeMilliseconds()}/{Id}"));

    public static readonly Refusal Unreadable = new("cursor.unreadable", "This cursor is none of ours. Start from the first page.", 400);
}
