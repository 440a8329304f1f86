using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>What one line of a delegations file says.</summary>
public sealed record DelegationLine(
    string Absent, string Deputy, string Office, string Role, DateTimeOffset From, DateTimeOffset To, string Kind);

/// <summary>What a file about people's time is checked against.</summary>
/// <param name="Persons">Staff numbers of the people in the register.</param>
/// <param name="Appointments">All appointments, by person, office and role.</param>
/// <param name="Known">The entries of this kind that the register has already: these alone can be struck out.</param>
public sealed record TimeContext(
    IReadOnlySet<string> Persons, ILookup<(string Person, string Office, string Role), AppointmentRecord> Appointments, IReadOnlySet<Guid> Known);

/// <summary>A delegations file: <c>absent,deputy,office,role,from,to,kind</c>.</summary>
public static class DelegationFile
{
    public static readonly IReadOnlyList<string> Columns = ["absent", "deputy", "office", "role", "from", "to", "kind"];

    public static CheckedFile<DelegationLine> Check(IEnumerable<CsvLine> lines, TimeContext context)
    {
        var seen = new Dictionary<Guid, int>();
        return Lines.Check(Columns, lines, line =>
        {
            var f = line.Fields;
            var faults = new List<string>();
            if (!Lines.TryInstant(f[4], out var from)) faults.Add($"From {Lines.Quote(f[4])} is not a date like 2026-12-01.");
            if (!Lines.TryInstant(f[5], out var to)) faults.Add($"To {Lines.Quote(f[5])} is not a date like 2026-12-15; an absence has an end.");
            var delegation = new DelegationLine(f[0], f[1], f[2], f[3], from, to, f[6]);
            faults.AddRange(PeopleFaults(delegation, context));
            if (!DelegationRules.Kinds.Contains(delegation.Kind)) faults.Add($"Kind {Lines.Quote(delegation.Kind)} is none. There are: {string.Join(", ", DelegationRules.Kinds)}.");
            if (faults.Count == 0) faults.AddRange(TimeFaults(delegation, context));
            if (faults.Count == 0 && !seen.TryAdd(DelegationRules.IdOf(delegation), line.Number)) faults.Add($"The same delegation stands in line {seen[DelegationRules.IdOf(delegation)]} already.");
            return (delegation, faults);
        });
    }

    private static IEnumerable<string> PeopleFaults(DelegationLine line, TimeContext context)
    {
        foreach (var person in new[] { line.Absent, line.Deputy }.Where(person => !context.Persons.Contains(person)))
            yield return $"Person {Lines.Quote(person)} is not in the register.";
        if (line.Absent == line.Deputy) yield return "Nobody is their own deputy.";
        if (!Roles.OfAnOffice.Contains(line.Role)) yield return $"Role {Lines.Quote(line.Role)} is not one to stand in for. There are: {string.Join(", ", Roles.OfAnOffice)}.";
    }

    /// <remarks>Only an appointment can be handed on, never what was itself handed on: so no chain of deputies comes about.</remarks>
    private static IEnumerable<string> TimeFaults(DelegationLine line, TimeContext context)
    {
        if (line.To < line.From) yield return "The delegation ends before it begins: to is the first day after it.";
        else if (line.To == line.From && !context.Known.Contains(DelegationRules.IdOf(line))) yield return "To is from: that strikes a delegation out, and the register has none like this.";
        else if (!AppointmentRules.Cover(context.Appointments[(line.Absent, line.Office, line.Role)], line.From, line.To))
            yield return $"{line.Absent} is not {line.Role} of {line.Office} by appointment during the whole of that time, so nobody can stand in as such.";
    }
}
