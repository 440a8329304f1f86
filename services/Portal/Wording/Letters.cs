using System.Text;

namespace WorkflowPlatform.Portal.Wording;

/// <summary>What a form's text becomes, and which language it most likely is.</summary>
internal static class Letters
{
    private static readonly string[] ArabicScript = ["ur", "ar", "fa", "ps", "ks", "sd", "ug"];
    private static readonly string[] OtherScripts = ["zh", "ja", "ko", "ru", "uk", "bg", "sr", "kk", "ky", "tg", "el", "hi", "ne", "bn", "th", "my", "km", "am", "si", "ta", "dv"];

    /// <summary>As it was typed. Browsers send line ends as CR LF and some keyboards send letter and mark apart: the same text, in the form that can be kept.</summary>
    public static string Typed(string? text)
    {
        var lines = (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal);
        try
        {
            return lines.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return lines; // Not Unicode as it should be: Drafting says what is wrong with it.
        }
    }

    /// <summary>Among a mission's languages the one that the letters speak for; the first where they do not tell.</summary>
    public static string Guess(string text, IReadOnlyList<string> languages)
    {
        var first = languages.Count == 0 ? "en" : languages[0];
        var letters = text.EnumerateRunes().Where(Rune.IsLetter).ToList();
        if (letters.Count == 0) return first;
        if (letters.Count(r => r.Value is >= 0x600 and < 0x780 or >= 0xFB50 and < 0xFF00) * 2 > letters.Count)
            return ArabicScript.Where(languages.Contains).OrderByDescending(code => code == Arabic(letters)).FirstOrDefault() ?? first;
        // Greek and Cyrillic begin at U+0370. Below that, Latin: French and English cannot be told by their letters.
        if (letters.Count(r => r.Value >= 0x370) * 2 > letters.Count) return OtherScripts.FirstOrDefault(languages.Contains) ?? first;
        return first;
    }

    private static string Arabic(List<Rune> letters)
    {
        bool Has(string marks) => marks.EnumerateRunes().Any(letters.Contains);
        return Has("ٹڈڑںےہ") ? "ur" : Has("ټډړڼښږ") ? "ps" : Has("پچژگک") ? "fa" : "ar";
    }
}
