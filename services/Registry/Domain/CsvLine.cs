using System.Globalization;
using System.Text.RegularExpressions;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>One line of a file, cut into its fields.</summary>
/// <param name="Number">The line in the file on which it begins; 1 is the header's.</param>
/// <param name="Flaw">Why it could not be cut; null when it could.</param>
public sealed record CsvLine(int Number, IReadOnlyList<string> Fields, string? Flaw = null);

/// <summary>A line that did not land, and why, in words for whoever keeps the file.</summary>
public sealed record RejectedLine(int Line, string Reason);

/// <summary>A file after its check: what may land, and what may not.</summary>
public sealed record CheckedFile<T>(IReadOnlyList<T> Good, IReadOnlyList<RejectedLine> Rejected);

/// <summary>Checks a file line by line; a bad line does not keep the good ones out.</summary>
internal static partial class Lines
{
    public const int LongestText = 200;

    /// <param name="read">Reads a line that has as many fields as there are columns, and tells everything that is wrong with it.</param>
    public static CheckedFile<T> Check<T>(IReadOnlyList<string> columns, IEnumerable<CsvLine> lines, Func<CsvLine, (T Line, IReadOnlyList<string> Faults)> read)
    {
        var (good, rejected) = (new List<T>(), new List<RejectedLine>());
        foreach (var line in lines)
        {
            if (line.Flaw is { } flaw) rejected.Add(new(line.Number, flaw));
            else if (line.Fields.Count != columns.Count)
                rejected.Add(new(line.Number, $"The number of columns is {line.Fields.Count} instead of {columns.Count}. A value with a comma in it needs quotation marks around it."));
            else
            {
                var (entry, faults) = read(line);
                if (faults.Count == 0) good.Add(entry);
                else rejected.Add(new(line.Number, string.Join(' ', faults)));
            }
        }
        return new(good, rejected);
    }

    /// <summary>What is wrong with a text that people will read; null when nothing is.</summary>
    public static string? FlawOf(string column, string text) => text switch
    {
        "" => $"{column} is empty.",
        { Length: > LongestText } => $"{column} has more than {LongestText} characters.",
        _ when text.EnumerateRunes().Any(rune => System.Text.Rune.IsControl(rune) || IsNoncharacter(rune.Value)) => $"{column} has a character in it that is none (a control character or a line break).",
        _ => null,
    };

    /// <summary>As much of a value as a reason should repeat.</summary>
    public static string Quote(string value) => value.Length <= 40 ? $"\"{value}\"" : $"\"{value[..40]}…\"";

    /// <summary>The values of a field that holds several, parted by semicolons.</summary>
    public static IReadOnlyList<string> Several(string field) => field.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static bool IsStaffNumber(string text) => StaffNumber().IsMatch(text);

    /// <summary>A day, which begins at midnight UTC, or an instant in UTC.</summary>
    public static bool TryInstant(string text, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(
        text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.-]{0,31}\z")]
    private static partial Regex StaffNumber();

    private static bool IsNoncharacter(int value) => value is >= 0xFDD0 and <= 0xFDEF || (value & 0xFFFE) == 0xFFFE;
}
