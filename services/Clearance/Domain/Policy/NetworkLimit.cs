using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>How long a text may be on a network, counted as that network counts.</summary>
/// <param name="Link">What an address counts, however long it is; null when by its characters.</param>
public sealed partial record NetworkLimit(int Most, NetworkLimit.Unit CountedIn, int? Link = null)
{
    public enum Unit
    {
        /// <summary>What a reader takes for one character.</summary>
        Graphemes,

        CodePoints,

        /// <summary>X: two for what is not Latin, Greek, Cyrillic, Arabic, an Indic script or the like.</summary>
        Weighted,
    }

    /// <summary>By network, as their documentation says.</summary>
    public static readonly IReadOnlyDictionary<string, NetworkLimit> Known = new Dictionary<string, NetworkLimit>
    {
        ["bluesky"] = new(300, Unit.Graphemes),
        ["mastodon"] = new(500, Unit.Graphemes, Link: 23),
        ["telegram"] = new(4096, Unit.CodePoints),
        ["x"] = new(280, Unit.Weighted, Link: 23),
    };

    public int LengthOf(string text)
    {
        var links = Link is null ? 0 : Address().Count(text);
        var rest = links == 0 ? text : Address().Replace(text, "");
        return links * (Link ?? 0) + CountedIn switch
        {
            Unit.Graphemes => new StringInfo(rest).LengthInTextElements,
            Unit.CodePoints => rest.EnumerateRunes().Count(),
            _ => rest.EnumerateRunes().Sum(Weight),
        };
    }

    // twitter-text, configuration 3.
    private static int Weight(Rune rune) => rune.Value is <= 0x10FF or >= 0x2000 and <= 0x200D or >= 0x2010 and <= 0x201F or >= 0x2032 and <= 0x2037 ? 1 : 2;

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();
}
