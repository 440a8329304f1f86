using System.Buffers;
using System.Text;

namespace WorkflowPlatform.Platform.Signing;

/// <summary>Decides whether a text means the same to every reader and every store.</summary>
internal static class CanonicalText
{
    public const string HalfPair = "text with half of a surrogate pair";

    // With DOTNET_SYSTEM_GLOBALIZATION_INVARIANT set, everything counts as normalized. A check must not have such a switch.
    private static readonly bool NormalizationWorks = !"e\u0301".IsNormalized(NormalizationForm.FormC);

    /// <summary>What is wrong with the text; null when nothing is.</summary>
    public static string? Flaw(string text)
    {
        // Below U+0300, where the combining characters begin, everything is normalized.
        if (!text.AsSpan().ContainsAnyExceptInRange('\u0001', '\u02FF')) return null;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var consumed) is not OperationStatus.Done) return HalfPair;
            if (rune.Value == 0) return "text with U+0000, which PostgreSQL cannot store";
            if (IsNoncharacter(rune.Value)) return "text with a Unicode noncharacter";
            rest = rest[consumed..];
        }
        if (!NormalizationWorks)
            throw new InvalidOperationException("Unicode normalization cannot be checked: install ICU and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
        return text.IsNormalized(NormalizationForm.FormC) ? null : "text that is not in Unicode normalization form C";
    }

    public static bool HasHalfPair(string text)
    {
        var at = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        while (at >= 0 && at < text.Length)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(at), out _, out var consumed) is not OperationStatus.Done) return true;
            at += consumed;
        }
        return false;
    }

    // RFC 8785 section 3.1 demands I-JSON, and I-JSON has none of these (RFC 7493 section 2.1).
    private static bool IsNoncharacter(int codePoint) => codePoint is >= 0xFDD0 and <= 0xFDEF || (codePoint & 0xFFFE) == 0xFFFE;
}
