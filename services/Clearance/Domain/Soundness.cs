using System.Buffers;
using System.Globalization;
using System.Text;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>What the parts of a post may be, whoever writes them. The same as Drafting asks of authors, and like there checked and never changed.</summary>
public static class Soundness
{
    private const int LongestText = 20_000;
    private const int LongestLine = 1_000;
    private const int LongestLink = 2_000;
    private const int MostLinks = 10;
    private static readonly SearchValues<char> Ambiguous = SearchValues.Create("\\<>\"^`{|}");

    public static bool IsText(string text) => text.Length <= LongestText && !string.IsNullOrWhiteSpace(text) && IsUnicode(text, "\t\n\r");

    /// <summary>One line; nothing is said of a picture by an empty one.</summary>
    public static bool IsAltText(string? line) =>
        line is { Length: <= LongestLine } && (line.Length == 0 || (!string.IsNullOrWhiteSpace(line) && IsUnicode(line, "") && !line.AsSpan().ContainsAny('\u2028', '\u2029')));

    public static bool AreLinks(IReadOnlyList<string?> links) => links.Count <= MostLinks && links.Distinct().Count() == links.Count && links.All(IsLink);

    /// <summary>What a browser and this program could read in two ways is no address.</summary>
    private static bool IsLink(string? link) =>
        link is { Length: <= LongestLink } && link.StartsWith("https://", StringComparison.Ordinal) && IsUnicode(link, "")
        && !link.AsSpan().ContainsAny(Ambiguous) && link.EnumerateRunes().All(IsVisible)
        && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.Host.Length > 0
        && !link["https://".Length..].Split('/', '?', '#')[0].Contains('@', StringComparison.Ordinal);

    private static bool IsUnicode(string text, string controls)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var consumed) is not OperationStatus.Done) return false;
            if (rune.Value is < 0x20 or >= 0x7F and < 0xA0 && !IsAllowed(rune, controls)) return false;
            if (rune.Value is >= 0xFDD0 and <= 0xFDEF || (rune.Value & 0xFFFE) == 0xFFFE) return false; // Unicode keeps these for no character.
            rest = rest[consumed..];
        }
        return text.IsNormalized(NormalizationForm.FormC);
    }

    // Drafting lets the C1 characters stand in a text: what came in so must not be refused here for an officer's other change.
    private static bool IsAllowed(Rune rune, string controls) => controls.Length > 0 && (rune.Value >= 0x80 || controls.Contains((char)rune.Value, StringComparison.Ordinal));

    /// <summary>Neither a blank nor a mark that turns the direction of what stands beside it.</summary>
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
