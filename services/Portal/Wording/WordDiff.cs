using System.Globalization;
using System.Text;
using DiffPlex;
using Microsoft.AspNetCore.Html;

namespace WorkflowPlatform.Portal.Wording;

/// <summary>What was taken out of a text and what was put in, word by word.</summary>
internal static class WordDiff
{
    /// <summary>The new text with what it has lost, marked by <c>del</c> and <c>ins</c>.</summary>
    public static IHtmlContent Of(string before, string after)
    {
        var (diff, html, at) = (new Differ().CreateCustomDiffs(before, after, ignoreWhiteSpace: false, Pieces), new StringBuilder(), 0);
        foreach (var block in diff.DiffBlocks)
        {
            Say(null, diff.PiecesNew[at..block.InsertStartB]);
            Say("del", diff.PiecesOld[block.DeleteStartA..(block.DeleteStartA + block.DeleteCountA)]);
            Say("ins", diff.PiecesNew[block.InsertStartB..(at = block.InsertStartB + block.InsertCountB)]);
        }
        Say(null, diff.PiecesNew[at..]);
        return Markup.Of(html.ToString());

        void Say(string? mark, string[] pieces)
        {
            if (pieces.Length == 0) return;
            var text = Markup.Encode(string.Concat(pieces));
            html.Append(mark is null ? text : $"<{mark}>{text}</{mark}>");
        }
    }

    /// <summary>Words, and whatever stands between them; never half of what a reader takes for one character.</summary>
    internal static string[] Pieces(string text)
    {
        var pieces = new List<string>();
        var (inWord, elements) = (false, StringInfo.GetTextElementEnumerator(text));
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            var isWord = Rune.TryGetRuneAt(element, 0, out var rune) && Rune.IsLetterOrDigit(rune) && !IsWrittenWithoutBlanks(rune);
            if (isWord && inWord) pieces[^1] += element;
            else pieces.Add(element);
            inWord = isWord;
        }
        return [.. pieces];
    }

    // Chinese, Japanese and Thai put no blanks between words: each character is compared by itself.
    private static bool IsWrittenWithoutBlanks(Rune rune) => rune.Value is >= 0x0E00 and < 0x0F00 or >= 0x3040 and < 0x3100 or >= 0x3400 and < 0xA000 or >= 0x20000;
}
