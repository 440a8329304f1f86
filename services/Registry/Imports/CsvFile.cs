using System.Diagnostics.CodeAnalysis;
using System.Text;
using CsvHelper;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Imports;

/// <summary>A file cut into lines and fields: UTF-8 with or without its mark, any line ends, fields trimmed and in Unicode's normal form C.</summary>
public static class CsvFile
{
    /// <summary>More lines than any ministry has; above that the answer itself would be too large.</summary>
    public const int MostLines = 20_000;

    private const string Misquoted = "A quotation mark is missing or stands in the wrong place. Put the whole value between two of them, and double those inside it.";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>False when the file as a whole is not what it should be: nothing of it lands.</summary>
    public static bool TryRead(byte[] bytes, IReadOnlyList<string> columns, [NotNullWhen(true)] out IReadOnlyList<CsvLine>? lines, [NotNullWhen(false)] out Refusal? refusal)
    {
        (lines, refusal) = (null, null);
        if (!TryDecode(bytes, out var text))
        {
            refusal = NotUtf8;
            return false;
        }
        var cut = Cut(text);
        if (!Matches(cut.FirstOrDefault(), columns)) refusal = WrongHeader(columns, text);
        else if (cut.Count > MostLines + 1) refusal = TooLong;
        else lines = [.. cut.Skip(1)];
        return lines is not null;
    }

    private static bool TryDecode(byte[] bytes, out string text)
    {
        text = "";
        try
        {
            text = Strict.GetString(bytes).TrimStart('\uFEFF');
            return !text.Contains('\0', StringComparison.Ordinal); // UTF-16 without its mark looks like text full of NULs.
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static List<CsvLine> Cut(string text)
    {
        var (cut, flaws) = (new List<(int Number, string[] Fields)>(), new HashSet<int>());
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = ',', HasHeader = false, TrimWhitespace = true, TrimInsideQuotes = true, TrackLineNumbers = true,
            // No value of ours has a line break in it, and one forgotten quotation mark must not swallow the rest of the file.
            AllowLineBreaksInQuotes = false,
            OnMalformedRecord = record => flaws.Add((int)record.LineNumber),
        });
        while (cut.Count < MostLines + 2 && reader.Read())
        {
            var fields = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i).Normalize(NormalizationForm.FormC)).ToArray();
            if (fields.Any(field => field != "")) cut.Add(((int)reader.LineNumber, fields)); // Spreadsheets leave rows of nothing but commas.
        }
        return [.. cut.Select(line => new CsvLine(line.Number, line.Fields, flaws.Contains(line.Number) ? Misquoted : null))];
    }

    private static bool Matches(CsvLine? header, IReadOnlyList<string> columns) =>
        header is { Flaw: null } && header.Fields.SequenceEqual(columns, StringComparer.OrdinalIgnoreCase);

    private static Refusal WrongHeader(IReadOnlyList<string> columns, string text)
    {
        var first = text.AsSpan().TrimStart().ToString().Split('\n', 2)[0].Trim();
        return new("import.header", $"The first line must read {string.Join(',', columns)}. It reads {(first == "" ? "nothing" : Lines.Quote(first))}. Nothing was imported.", 400);
    }

    public static readonly Refusal NotUtf8 = new("import.encoding", "The file is not UTF-8. Save it as \"CSV UTF-8\". Nothing was imported.", 400);
    public static readonly Refusal TooLong = new("import.too-long", $"The file has more than {MostLines} lines. Cut it in several, each with the header. Nothing was imported.", 400);
}
