using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;

namespace WorkflowPlatform.Portal.Wording;

/// <summary>A policy paper as a page shows it: the few marks of Markdown that such a paper has, and nothing else of what people wrote is taken for markup.</summary>
internal static partial class Paper
{
    /// <summary>Without its title and the line below that: the page has these already.</summary>
    public static IHtmlContent Show(string markdown)
    {
        var html = new StringBuilder();
        var (inList, inTerms) = (false, false);
        foreach (var line in markdown.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2))
        {
            var item = line.StartsWith("- ", StringComparison.Ordinal);
            if (item != inList) html.Append(item ? "<ul>" : "</ul>");
            inList = item;
            if (line.StartsWith('#')) inTerms = line == "## Listed terms";
            html.Append(line switch
            {
                _ when item && inTerms && line.Split(": ", 2) is [var id, var spellings] => $"<li>{Inline(id[2..])}: {string.Join(", ", spellings.Split(", ").Select(term => $"<bdi>{Markup.Encode(term)}</bdi>"))}", // Of every script, side by side.
                _ when item => $"<li>{Inline(line[2..])}",
                _ when line.StartsWith("### ", StringComparison.Ordinal) => $"<h3>{Inline(line[4..])}</h3>",
                _ when line.StartsWith("## ", StringComparison.Ordinal) => $"<h2>{Inline(line[3..])}</h2>",
                _ when line.StartsWith("(rule ", StringComparison.Ordinal) => $"<p class=hint>{Inline(line)}",
                _ => $"<p>{Inline(line)}",
            });
        }
        return Markup.Of($"{html}{(inList ? "</ul>" : "")}");
    }

    private static string Inline(string text)
    {
        var (html, end) = (new StringBuilder(), 0);
        foreach (Match mark in Marks().Matches(text))
        {
            html.Append(Markup.Encode(text[end..mark.Index]));
            html.Append(mark.Value switch
            {
                ['`', .. var code, '`'] => $"<bdi class=code>{Markup.Encode(code)}</bdi>",
                ['*', '*', .. var strong, '*', '*'] => $"<b>{Markup.Encode(strong)}</b>",
                ['*', .. var word, '*'] => $"<em>{Markup.Encode(word)}</em>",
                var other => Markup.Encode(other),
            });
            end = mark.Index + mark.Length;
        }
        return html.Append(Markup.Encode(text[end..])).ToString();
    }

    [GeneratedRegex(@"`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*")]
    private static partial Regex Marks();
}
