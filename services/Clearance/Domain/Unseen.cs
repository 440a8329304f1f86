using System.Globalization;
using System.Text;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>Characters that change a text and that nobody sees: what joins, parts or turns round, fillers, and blanks that are no plain space.</summary>
public static class Unseen
{
    /// <summary>A sign that can be shown in its stead; null for what is seen by itself.</summary>
    public static string? SignOf(Rune rune) => rune.Value switch
    {
        0x0A => "line break",
        0x09 => "tab",
        0x20 => null,
        0xA0 => "no-break space",
        0xAD => "soft hyphen",
        0x034F => "U+034F grapheme joiner",
        0x061C => "U+061C Arabic letter mark",
        0x200B => "U+200B zero width space",
        0x200C => "U+200C zero width non-joiner",
        0x200D => "U+200D zero width joiner",
        0x200E => "U+200E left-to-right mark",
        0x200F => "U+200F right-to-left mark",
        0x202A => "U+202A left-to-right embedding",
        0x202B => "U+202B right-to-left embedding",
        0x202C => "U+202C end of embedding",
        0x202D => "U+202D left-to-right override",
        0x202E => "U+202E right-to-left override",
        0x2060 => "U+2060 word joiner",
        0x2066 => "U+2066 left-to-right isolate",
        0x2067 => "U+2067 right-to-left isolate",
        0x2068 => "U+2068 first strong isolate",
        0x2069 => "U+2069 end of isolate",
        0xFEFF => "U+FEFF zero width no-break space",
        // Variation selectors, the fillers of Hangul and Khmer, and the empty Braille cell are of kinds that are seen.
        (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x180B and <= 0x180F) or 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x17B4 or 0x17B5 or 0x2800 => Code(rune),
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned ? Code(rune) : null,
    };

    private static string Code(Rune rune) => $"U+{rune.Value:X4}";
}
