using System.Buffers;
using System.Globalization;
using System.Text;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Drafting.Domain;

/// <summary>What may go with a text. Like the text it is checked and never changed.</summary>
public static class EnclosedRules
{
    public const int MostPictures = 4;
    public const int MostLinks = 10;
    public const int MostCounterparts = 20;
    public const int MostCites = 20;
    public const int LongestLine = 1_000;
    public const int LongestLink = 2_000;

    private const string Matrix = "DIMEC";
    private static readonly SearchValues<char> Ambiguous = SearchValues.Create("\\<>\"^`{|}");

    /// <summary>Null when the brief may be kept.</summary>
    public static Refusal? Refuses(Brief? brief)
    {
        if (brief is null) return null;
        if (new[] { brief.Message, brief.Audience, brief.Objective, brief.Tactic }.Any(line => line is not null && !IsLine(line))) return BriefLine;
        if (brief.Dimec.Distinct().Count() != brief.Dimec.Count || brief.Dimec.Any(letter => letter is not { Length: 1 } || !Matrix.Contains(letter, StringComparison.Ordinal))) return Dimec;
        return brief.Counterparts.Count > MostCounterparts || brief.Counterparts.Distinct().Count() != brief.Counterparts.Count
            || brief.Counterparts.Any(code => code is null || !StateCodes.Are(code)) ? Counterparts : null;
    }

    /// <summary>Null when these may be the pictures' digests and alternative texts, as far as can be told without looking for the pictures.</summary>
    public static Refusal? Refuses(IReadOnlyList<(string Digest, string Alt)> media)
    {
        if (media.Count > MostPictures) return TooManyPictures;
        if (media.Select(m => m.Digest).Distinct().Count() != media.Count) return PictureTwice;
        return media.All(m => m.Alt.Length == 0 || IsLine(m.Alt)) ? null : Alt;
    }

    /// <summary>Null when a reader who follows the links comes where the author meant.</summary>
    public static Refusal? Refuses(IReadOnlyList<string> links)
    {
        if (links.Count > MostLinks) return TooManyLinks;
        if (links.Distinct().Count() != links.Count) return LinkTwice;
        return links.All(IsLink) ? null : Link;
    }

    /// <summary>Null when these may be what a text rests on.</summary>
    public static Refusal? RefusesCites(IReadOnlyList<string> cites) =>
        cites.Count <= MostCites && cites.Distinct().Count() == cites.Count && cites.All(IsCite) ? null : Cites;

    private static bool IsCite(string cite) =>
        cite?.Split(':') is ["line" or "figure", var id] && Guid.TryParseExact(id, "D", out var parsed) && parsed.ToString() == id;

    private static bool IsLine(string line) => line.Length <= LongestLine && DraftText.Refuses(line) is null && !line.Any(char.IsControl) && !line.AsSpan().ContainsAny('\u2028', '\u2029');

    /// <summary>What a browser and this program could read in two ways is no address.</summary>
    private static bool IsLink(string link) =>
        link is { Length: <= LongestLink } && link.StartsWith("https://", StringComparison.Ordinal) && DraftText.Refuses(link) is null
        && !link.AsSpan().ContainsAny(Ambiguous) && link.EnumerateRunes().All(IsVisible)
        && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.Host.Length > 0
        && !link["https://".Length..].Split('/', '?', '#')[0].Contains('@', StringComparison.Ordinal);

    /// <summary>Neither a blank nor a mark that turns the direction of what stands beside it.</summary>
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    public static readonly Refusal BriefLine = new("draft.brief", "Message, audience, objective and tactic are one line each: up to 1,000 characters in Unicode form C, without line breaks and control characters.", 400);
    public static readonly Refusal Dimec = new("draft.dimec", "Of the matrix name each letter once that applies: D (diplomatic), I (informational), M (military), E (economic), C (cultural).", 400);
    public static readonly Refusal Counterparts = new("draft.counterparts", "Name each state once that the post is about, up to 20, by its ISO 3166 code of two capital letters, for example AE.", 400);
    public static readonly Refusal TooManyPictures = new("draft.media-too-many", "A post may have 4 pictures.", 400);
    public static readonly Refusal PictureTwice = new("draft.media-twice", "A picture stands there twice. Name it once.", 400);
    public static readonly Refusal UnknownPicture = new("draft.media-unknown", "No such picture was brought for this mission. Send it first, and name it by the digest of the answer.", 400);
    public static readonly Refusal Alt = new("draft.alt", "Say what a picture shows in one line: up to 1,000 characters in Unicode form C, without line breaks and control characters.", 400);
    public static readonly Refusal TooManyLinks = new("draft.links-too-many", "A post may have 10 links.", 400);
    public static readonly Refusal LinkTwice = new("draft.link-twice", "A link stands there twice. Give it once.", 400);
    public static readonly Refusal Cites = new("draft.cites", "Name each line and figure once that the text rests on, up to 20, as line: or figure: and its id in small letters.", 400);
    public static readonly Refusal Link = new(
        "draft.link", "A link is a whole address that begins with https://, up to 2,000 characters, without a user's name, blanks, control characters, marks of direction, and any of \\ < > \" ^ ` { | }.", 400);
}
