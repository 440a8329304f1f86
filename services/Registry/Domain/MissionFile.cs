using System.Text.RegularExpressions;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>What one line of a missions file says.</summary>
public sealed record MissionLine(
    string Code, string Name, string Kind, string City, string Country, string Region, string TimeZone, IReadOnlyList<string> Languages);

/// <summary>A missions file: <c>code,name,kind,city,country,region,time_zone,languages</c>, languages parted by semicolons.</summary>
public static partial class MissionFile
{
    public static readonly IReadOnlyList<string> Columns = ["code", "name", "kind", "city", "country", "region", "time_zone", "languages"];

    /// <param name="zones">The IANA zones that the platform can reckon with.</param>
    public static CheckedFile<MissionLine> Check(IEnumerable<CsvLine> lines, IReadOnlySet<string> zones)
    {
        var seen = new Dictionary<string, int>();
        return Lines.Check(Columns, lines, line =>
        {
            var f = line.Fields;
            var mission = new MissionLine(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7].Split(';', StringSplitOptions.TrimEntries));
            List<string> faults = [.. Faults(mission, zones)];
            if (faults.Count == 0 && !seen.TryAdd(mission.Code, line.Number)) faults.Add($"Code {mission.Code} stands in line {seen[mission.Code]} already.");
            return (mission, faults);
        });
    }

    private static IEnumerable<string> Faults(MissionLine line, IReadOnlySet<string> zones)
    {
        if (!Code().IsMatch(line.Code) || line.Code == Offices.Central)
            yield return $"Code {Lines.Quote(line.Code)} is none: two to eight capital letters and digits, a letter first, and not {Offices.Central}.";
        if (Lines.FlawOf("The name", line.Name) is { } name) yield return name;
        if (!Kind().IsMatch(line.Kind)) yield return $"Kind {Lines.Quote(line.Kind)} is none: small letters and hyphens, for example embassy or permanent-mission.";
        if (Lines.FlawOf("The city", line.City) is { } city) yield return city;
        if (!Country().IsMatch(line.Country)) yield return $"Country {Lines.Quote(line.Country)} is not two capital letters as in ISO 3166.";
        if (Lines.FlawOf("The region", line.Region) is { } region) yield return region;
        if (!zones.Contains(line.TimeZone)) yield return $"Zone {Lines.Quote(line.TimeZone)} is not known. Zones are written as in Asia/Kabul.";
        foreach (var language in line.Languages.Where(language => !Language().IsMatch(language)))
            yield return $"Language {Lines.Quote(language)} is not a code of ISO 639: two or three small letters, parted by semicolons, as in en;fa;ps.";
        if (line.Languages.Distinct().Count() < line.Languages.Count) yield return "A language stands there twice.";
    }

    [GeneratedRegex(@"^[A-Z][A-Z0-9]{1,7}\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)*\z")]
    private static partial Regex Kind();

    [GeneratedRegex(@"^[A-Z]{2}\z")]
    private static partial Regex Country();

    [GeneratedRegex(@"^[a-z]{2,3}\z")]
    private static partial Regex Language();
}
