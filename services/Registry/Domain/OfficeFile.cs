using System.Globalization;
using System.Text.RegularExpressions;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>What one line of an offices file says. Lists are in an order of their own, so that the same said otherwise is no change.</summary>
public sealed record OfficeLine(
    string Code, string Name, string Kind, string? Parent, string Zone, string Hours, IReadOnlyList<string> RestDays, IReadOnlyList<string> Holidays,
    IReadOnlyList<string> Covers)
{
    public static OfficeLine Of(Office o) => new(o.Code, o.Name, o.Kind, o.Parent, o.Zone, o.Hours, o.RestDays, o.Holidays, o.Covers);
}

/// <summary>What an offices file is checked against.</summary>
/// <param name="Zones">The IANA zones that the platform can reckon with.</param>
/// <param name="Missions">Codes of the missions in the register.</param>
/// <param name="Register">The offices as they are.</param>
public sealed record OfficeContext(IReadOnlySet<string> Zones, IReadOnlySet<string> Missions, IReadOnlyList<OfficeLine> Register);

/// <summary>An offices file: <c>code,name,kind,parent,zone,hours,rest_days,holidays,covers</c>, what is several parted by semicolons.</summary>
public static partial class OfficeFile
{
    public static readonly IReadOnlyList<string> Columns = ["code", "name", "kind", "parent", "zone", "hours", "rest_days", "holidays", "covers"];

    private static readonly string[] Week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public static CheckedFile<OfficeLine> Check(IEnumerable<CsvLine> lines, OfficeContext context)
    {
        var seen = new Dictionary<string, int>();
        var file = Lines.Check(Columns, lines, line =>
        {
            var f = line.Fields;
            var office = new OfficeLine(f[0], f[1], f[2], f[3] == "" ? null : f[3], f[4], f[5],
                [.. Lines.Several(f[6]).OrderBy(day => Array.IndexOf(Week, day))], [.. Lines.Several(f[7]).Order(StringComparer.Ordinal)], [.. Lines.Several(f[8]).Order(StringComparer.Ordinal)]);
            List<string> faults = [.. CodeFaults(office, context.Missions), .. TimeFaults(office, context.Zones), .. CoverFaults(office)];
            if (faults.Count == 0 && !seen.TryAdd(office.Code, line.Number)) faults.Add($"Code {office.Code} stands in line {seen[office.Code]} already.");
            return ((line.Number, office), faults);
        });
        return OfficeOrder.Keep(file, context.Register);
    }

    private static IEnumerable<string> CodeFaults(OfficeLine line, IReadOnlySet<string> missions)
    {
        var (central, front) = (line.Code == Offices.Central, missions.Contains(line.Code));
        if (!OfficeKinds.All.Contains(line.Kind)) yield return $"Kind {Lines.Quote(line.Kind)} is none. There are: {string.Join(", ", OfficeKinds.All)}.";
        else if (line.Kind == OfficeKinds.FrontOffice && !front) yield return $"A front office bears its mission's code, and the register has no mission {Lines.Quote(line.Code)}.";
        else if (line.Kind != OfficeKinds.FrontOffice && front) yield return $"{line.Code} is a mission: its office is a {OfficeKinds.FrontOffice}.";
        else if (central != (line.Kind == OfficeKinds.CentralUnit)) yield return $"There is one {OfficeKinds.CentralUnit}, and its code is {Offices.Central}.";
        else if (!central && !front && !Code().IsMatch(line.Code)) yield return $"Code {Lines.Quote(line.Code)} is none: up to 32 capital letters and digits with a hyphen between, as in HUB-EUROPE.";
        if (Lines.FlawOf("The name", line.Name) is { } name) yield return name;
        if (central && line.Parent is not null) yield return $"{Offices.Central} has no office above it.";
        else if (!central && line.Parent is null) yield return $"The parent is empty. Every office but {Offices.Central} has one above it, where a matter goes that it lets lie.";
    }

    /// <remarks>An office that never works would let every clock stand still.</remarks>
    private static IEnumerable<string> TimeFaults(OfficeLine line, IReadOnlySet<string> zones)
    {
        if (!zones.Contains(line.Zone)) yield return $"Zone {Lines.Quote(line.Zone)} is not known. Zones are written as in Asia/Kabul.";
        if (!Hours().IsMatch(line.Hours)) yield return $"Hours {Lines.Quote(line.Hours)} are none: from and to by its own clock, as in 09:00-17:00; to may be 24:00.";
        else if (string.CompareOrdinal(line.Hours[..5], line.Hours[6..]) >= 0) yield return $"Hours {line.Hours} are no time at all: they end on the day on which they begin, and after that.";
        foreach (var day in line.RestDays.Where(day => !Week.Contains(day))) yield return $"Rest day {Lines.Quote(day)} is none. There are: {string.Join(';', Week)}.";
        if (line.RestDays.Intersect(Week).Count() == Week.Length) yield return "The office would rest every day and never clear anything.";
        foreach (var day in line.Holidays.Where(day => !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)))
            yield return $"Holiday {Lines.Quote(day)} is not a date like 2026-12-25.";
        if (Repeats(line.RestDays) || Repeats(line.Holidays)) yield return "A rest day or a holiday stands there twice.";
    }

    private static IEnumerable<string> CoverFaults(OfficeLine line)
    {
        if (Repeats(line.Covers)) yield return "What it covers stands there twice.";
        var (form, words) = line.Kind switch
        {
            OfficeKinds.RegionalHub => (Region().IsMatch, "regions as the missions have them"),
            OfficeKinds.CountryDesk => (StateCodes.Are, "states by the two letters of ISO 3166"),
            OfficeKinds.CentralUnit => (StateCodes.Are, "the ministry's own state by the two letters of ISO 3166"),
            OfficeKinds.ThematicOffice => (Dimec().IsMatch, "letters of the matrix: D, I, M, E, C"),
            _ => ((Func<string, bool>?)null, ""),
        };
        if (form is null && line.Covers.Count > 0) yield return $"A {line.Kind} covers nothing in particular: leave the last column empty.";
        if (form is not null && line.Covers.Count == 0 && line.Kind != OfficeKinds.CentralUnit) yield return $"Say what it covers: {words}, parted by semicolons.";
        foreach (var thing in line.Covers.Where(thing => form?.Invoke(thing) == false)) yield return $"A {line.Kind} covers {words}, and {Lines.Quote(thing)} is none.";
    }

    private static bool Repeats(IReadOnlyList<string> values) => values.Distinct().Count() < values.Count;

    [GeneratedRegex(@"^(?=.{3,32}\z)[A-Z][A-Z0-9]*(-[A-Z0-9]+)+\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)\z")]
    private static partial Regex Hours();

    [GeneratedRegex(@"^\P{C}{1,200}\z")]
    private static partial Regex Region();

    [GeneratedRegex(@"^[DIMEC]\z")]
    private static partial Regex Dimec();
}
