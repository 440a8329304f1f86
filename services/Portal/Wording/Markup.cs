using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;
using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.Wording;

/// <summary>Small pieces of HTML that hold what people wrote.</summary>
internal static class Markup
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Encode(string text) => Encoder.Encode(text);

    /// <summary>The beginning of a text, on one line and never half a character.</summary>
    public static string Excerpt(string text)
    {
        const int Longest = 64; // Shorter than what services send as an excerpt, so that "…" stands wherever something is left out.
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= Longest) return line;
        var end = StringInfo.ParseCombiningCharacters(line).LastOrDefault(start => start <= Longest);
        return $"{line[..end].TrimEnd()}…";
    }

    /// <summary>Handles, addresses and codes keep their own order inside text of the other direction.</summary>
    public static IHtmlContent Code(string text) => Of($"<bdi class=code>{Encode(text)}</bdi>");

    /// <summary>A digest in groups of eight that a reader can compare.</summary>
    public static IHtmlContent Digest(string hex) => Of($"<bdi class=code>{string.Join(' ', hex.Chunk(8).Select(part => Encode(new string(part))))}</bdi>");

    /// <summary>Two texts laid over each other. Each piece keeps its own order, so that a sign that turns the reading round turns nothing else.</summary>
    public static IHtmlContent Compared(IEnumerable<Segment> segments) => Of(string.Concat(segments.Select(segment =>
    {
        var inner = segment.Sign is { } sign ? $"<bdi class=sign dir=ltr>{Encode(sign)}</bdi>{(segment.Text == "\n" ? "\n" : "")}" : $"<bdi>{Encode(segment.Text)}</bdi>";
        return segment.Kind switch { "Removed" => $"<del>{inner}</del>", "Added" => $"<ins>{inner}</ins>", _ => Encode(segment.Text) };
    })));

    internal static IHtmlContent Of(string html) => new HtmlString(html);
}
