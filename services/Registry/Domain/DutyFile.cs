using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>What one line of a duties file says.</summary>
public sealed record DutyLine(string Office, string Person, DateTimeOffset From, DateTimeOffset To);

/// <summary>Which instant a wall time in a zone means, or why it means none.</summary>
/// <param name="local">For example <c>2026-12-01T08:00</c>.</param>
/// <param name="zone">IANA name of a zone.</param>
public delegate (DateTimeOffset? Instant, string? Flaw) WallClock(string local, string zone);

/// <summary>A duties file: <c>office,person,from,to,zone</c>. With a zone the times are by its clocks, without one in UTC.</summary>
public static class DutyFile
{
    public static readonly IReadOnlyList<string> Columns = ["office", "person", "from", "to", "zone"];

    public static CheckedFile<DutyLine> Check(IEnumerable<CsvLine> lines, TimeContext context, WallClock clock)
    {
        var seen = new Dictionary<Guid, int>();
        return Lines.Check(Columns, lines, line =>
        {
            var f = line.Fields;
            var faults = new List<string>();
            var (from, to) = (Read("From", f[2]), Read("To", f[3]));
            var duty = new DutyLine(f[0], f[1], from, to);
            if (!context.Persons.Contains(duty.Person)) faults.Add($"Person {Lines.Quote(duty.Person)} is not in the register.");
            if (faults.Count == 0) faults.AddRange(TimeFaults(duty, context));
            if (faults.Count == 0 && !seen.TryAdd(DutyRules.IdOf(duty), line.Number)) faults.Add($"The same duty stands in line {seen[DutyRules.IdOf(duty)]} already.");
            return (duty, faults);

            DateTimeOffset Read(string column, string text)
            {
                if (f[4] == "" && Lines.TryInstant(text, out var utc)) return utc;
                if (f[4] == "") faults.Add($"{column} {Lines.Quote(text)} is not an instant like 2026-12-01T08:00:00Z. For times by a clock on a wall, give its zone in the last column.");
                else
                {
                    var (instant, flaw) = clock(text, f[4]);
                    if (instant is { } meant) return meant;
                    faults.Add($"{column} {Lines.Quote(text)}: {flaw}");
                }
                return default;
            }
        });
    }

    private static IEnumerable<string> TimeFaults(DutyLine line, TimeContext context)
    {
        if (line.To < line.From) yield return "The duty ends before it begins.";
        else if (line.To == line.From && !context.Known.Contains(DutyRules.IdOf(line))) yield return "To is from: that strikes a duty out, and the roster has none like this.";
        else if (!AppointmentRules.Cover(context.Appointments[(line.Person, line.Office, Roles.DutyOfficer)], line.From, line.To))
            yield return $"{line.Person} is not {Roles.DutyOfficer} of {Lines.Quote(line.Office)} by appointment during the whole of that time.";
    }
}
