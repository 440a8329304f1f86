using System.Buffers;
using System.Text;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Drafting.Domain;

/// <summary>What a post's text may be. It is checked and never changed: the author decides what goes out, to the last code point.</summary>
public static class DraftText
{
    public const int Longest = 20_000;
    public const int ExcerptLength = 80;

    /// <summary>How much of a text an excerpt is cut from: enough that the cut is not the text's end.</summary>
    public const int ExcerptSource = 120;

    /// <summary>Null when the text may be kept.</summary>
    public static Refusal? Refuses(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Empty;
        if (text.Length > Longest) return TooLong;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var consumed) is not OperationStatus.Done) return HalfPair;
            if (IsControl(rune.Value)) return Control;
            if (IsNoncharacter(rune.Value)) return Noncharacter;
            rest = rest[consumed..];
        }
        return text.IsNormalized(NormalizationForm.FormC) ? null : NotNormalized;
    }

    /// <summary>The beginning of a text for lists, never cut inside of what a reader takes for one character.</summary>
    public static string Excerpt(string beginning)
    {
        if (beginning.Length <= ExcerptLength) return beginning;
        var end = 0;
        while (end < beginning.Length)
        {
            var next = end + System.Globalization.StringInfo.GetNextTextElementLength(beginning, end);
            if (next > ExcerptLength) break;
            end = next;
        }
        return beginning[..end];
    }

    // Feeds are XML, and XML 1.0 has none of the C0 characters but these three.
    private static bool IsControl(int codePoint) => codePoint is < 0x20 and not ('\t' or '\n' or '\r') or 0x7F;

    private static bool IsNoncharacter(int codePoint) => codePoint is >= 0xFDD0 and <= 0xFDEF || (codePoint & 0xFFFE) == 0xFFFE;

    public static readonly Refusal Empty = new("draft.text-empty", "Write something.", 400);
    public static readonly Refusal TooLong = new("draft.text-too-long", "The text may have 20,000 characters (UTF-16 code units). Make it shorter.", 400);
    public static readonly Refusal HalfPair = new("draft.text-half-pair", "The text holds half of a surrogate pair, so part of a character is missing. Write that place again.", 400);
    public static readonly Refusal Control = new("draft.text-control", "The text holds a control character, U+0000 for example, that no reader can show. Take it out.", 400);
    public static readonly Refusal Noncharacter = new("draft.text-noncharacter", "The text holds a code point that Unicode keeps for no character, such as U+FFFE. Take it out.", 400);
    public static readonly Refusal NotNormalized = new(
        "draft.text-not-nfc",
        "The text is not in Unicode normalization form C: a letter is written as letter and mark where one character for both exists. " +
        "It would not be changed without your knowledge. Send it normalized (in JavaScript: text.normalize(\"NFC\")).", 400);
}
