using System.Globalization;
using System.Text;
using DiffPlex;
using WorkflowPlatform.Clearance.Domain;

namespace WorkflowPlatform.Clearance.Comparing;

/// <summary>A piece of two texts laid over each other.</summary>
/// <param name="Sign">What to show in its stead, where the piece is a character that nobody sees.</param>
public sealed record Segment(SegmentKind Kind, string Text, string? Sign = null);

/// <summary>Whether a piece stands in both texts, or in one.</summary>
public enum SegmentKind { Same, Removed, Added }

/// <summary>Lays two texts over each other, word by word. Nothing that differs stays unseen: what has no shape of its own gets a sign.</summary>
public static class WordDiff
{
    /// <summary>Empty when the texts are the same to the last character.</summary>
    public static IReadOnlyList<Segment> Of(string before, string after)
    {
        if (before == after) return [];
        var diff = new Differ().CreateCustomDiffs(before, after, ignoreWhiteSpace: false, Words);
        var (segments, at) = (new List<Segment>(), 0);
        foreach (var block in diff.DiffBlocks)
        {
            Add(segments, SegmentKind.Same, diff.PiecesNew, at, block.InsertStartB);
            Add(segments, SegmentKind.Removed, diff.PiecesOld, block.DeleteStartA, block.DeleteStartA + block.DeleteCountA);
            Add(segments, SegmentKind.Added, diff.PiecesNew, block.InsertStartB, block.InsertStartB + block.InsertCountB);
            at = block.InsertStartB + block.InsertCountB;
        }
        Add(segments, SegmentKind.Same, diff.PiecesNew, at, diff.PiecesNew.Length);
        return segments;
    }

    private static void Add(List<Segment> segments, SegmentKind kind, IReadOnlyList<string> pieces, int from, int to)
    {
        if (to <= from) return;
        var text = string.Concat(pieces.Skip(from).Take(to - from));
        if (kind is SegmentKind.Same) segments.Add(new(kind, text));
        else segments.AddRange(Shown(kind, text));
    }

    private static IEnumerable<Segment> Shown(SegmentKind kind, string text)
    {
        var seen = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            // Spaces and nothing else would be a coloured gap.
            if ((Unseen.SignOf(rune) ?? (string.IsNullOrWhiteSpace(text) ? "space" : null)) is { } sign)
            {
                if (seen.Length > 0) yield return new(kind, seen.ToString());
                seen.Clear();
                yield return new(kind, rune.ToString(), sign);
            }
            else
                seen.Append(rune);
        if (seen.Length > 0) yield return new(kind, seen.ToString());
    }

    /// <summary>Letters and digits that follow each other are a word; all else stands alone, as a reader would count it.</summary>
    private static string[] Words(string text)
    {
        var (words, inWord) = (new List<string>(), false);
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
        {
            var element = elements.GetTextElement();
            var letter = Rune.IsLetterOrDigit(Rune.GetRuneAt(element, 0));
            if (letter && inWord) words[^1] += element;
            else words.Add(element);
            inWord = letter;
        }
        return [.. words];
    }
}
