using System.Globalization;

namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>One way to write a state's name.</summary>
/// <param name="State">ISO 3166 alpha-2.</param>
/// <param name="Capital">Counts only with a capital letter: it is a word as well.</param>
/// <param name="OnlyIn">The only language in which it counts, and that only with a capital letter; null for all texts.</param>
public sealed record StateName(string State, string Name, bool Capital = false, string? OnlyIn = null);

/// <summary>Finds states by their names in a text.</summary>
public sealed class Gazetteer
{
    private readonly Dictionary<char, StateName[]> byFirst;

    public Gazetteer(IEnumerable<StateName> names) =>
        // The longest first: Guinea-Bissau is not Guinea.
        byFirst = names.Distinct().GroupBy(n => char.ToUpperInvariant(n.Name[0])).ToDictionary(g => g.Key, g => g.OrderByDescending(n => n.Name.Length).ToArray());

    public static Gazetteer Empty { get; } = new([]);

    /// <summary>Codes of the states that the text names, sorted.</summary>
    public IReadOnlyList<string> StatesIn(string text, string language)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < text.Length; at++)
        {
            if (!byFirst.TryGetValue(char.ToUpperInvariant(text[at]), out var names)) continue;
            var longest = 0;
            foreach (var name in names.TakeWhile(n => n.Name.Length >= longest))
                if (Counts(name, text, at, language) && Words.StandsAt(text, at, name.Name))
                {
                    found.Add(name.State); // Two states of one name, as the Congos have in Chinese, are both named.
                    longest = name.Name.Length;
                }
            if (longest > 0) at += longest - 1;
        }
        return [.. found];
    }

    private static bool Counts(StateName name, string text, int at, string language)
    {
        if (name.OnlyIn is not null && name.OnlyIn != language) return false;
        if (name.Name.Length <= 3 && name.Name.All(char.IsAsciiLetter)) return string.CompareOrdinal(text, at, name.Name, 0, name.Name.Length) == 0;
        return !name.Capital && name.OnlyIn is null || char.IsUpper(text[at]) || at > 0 && text[at - 1] is '#' or '@';
    }
}

/// <summary>Tells words from parts of words, in scripts that write spaces and in those that do not.</summary>
public static class Words
{
    // And, so, in, like, to: written onto the word that follows.
    private const string ArabicPrefixes = "وفبكل";

    /// <summary>Whether the word stands anywhere in the text.</summary>
    public static bool Has(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
            if (StandsAt(text, at, word)) return true;
        return false;
    }

    /// <summary>Whether the word stands at a place in the text, whole.</summary>
    public static bool StandsAt(string text, int at, string word)
    {
        var end = at + word.Length;
        return string.Compare(text, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
            && end <= text.Length && Begins(text, at) && Ends(text, end);
    }

    private static bool Begins(string text, int at)
    {
        if (WritesNoSpaces(text[at]) || at == 0 || !IsPartOfWord(text, at - 1)) return true;
        if (!IsArabic(text[at])) return false;
        var before = at;
        while (before > 0 && at - before < 2 && ArabicPrefixes.Contains(text[before - 1])) before--;
        return before < at && (before == 0 || !IsPartOfWord(text, before - 1));
    }

    private static bool Ends(string text, int end) =>
        end == text.Length || !IsPartOfWord(text, end) || WritesNoSpaces(text[end - 1]) || text[end - 1] is >= '\uAC00' and <= '\uD7A3';

    /// <summary>Letters, digits and what is set upon them; not the joiners that Persian writes within a word, for endings follow them.</summary>
    private static bool IsPartOfWord(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text, char.IsLowSurrogate(text[at]) && at > 0 ? at - 1 : at) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => true,
        _ => false,
    };

    private static bool IsArabic(char c) => c is >= '\u0600' and <= '\u06FF' or >= '\u0750' and <= '\u077F' or >= '\uFB50' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFF';

    /// <summary>Thai, Lao, Burmese, Khmer, kana and Han.</summary>
    private static bool WritesNoSpaces(char c) =>
        c is >= '\u0E00' and <= '\u0EFF' or >= '\u1000' and <= '\u109F' or >= '\u1780' and <= '\u17FF' or >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF';
}
