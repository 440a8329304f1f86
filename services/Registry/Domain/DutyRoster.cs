using System.Globalization;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>A time in which nobody has the duty, or more than one.</summary>
/// <param name="Duties">Who has it, as <c>HUB-EUROPE 2201</c>; empty for a gap.</param>
public sealed record RosterRemark(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> Duties)
{
    public override string ToString() =>
        (Duties.Count == 0 ? "Nobody has the duty" : $"{string.Join(" and ", Duties)} have the duty at once")
        + $" from {From.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)} to {To.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}.";
}

/// <summary>Looks at the duty as it goes round the world: at each instant one should have it.</summary>
public static class DutyRoster
{
    /// <summary>Gaps and overlaps from the first duty to the last, none before <paramref name="from"/>. An overlap may be meant, as at a hand-over; a gap hardly ever.</summary>
    public static IReadOnlyList<RosterRemark> Examine(IEnumerable<Duty> duties, DateTimeOffset from)
    {
        var held = duties.Where(duty => duty.To > duty.From && duty.To > from).ToList();
        var turns = held.SelectMany(duty => new[] { (At: duty.From > from ? duty.From : from, Duty: duty, Begins: true), (At: duty.To, Duty: duty, Begins: false) })
            .GroupBy(turn => turn.At).OrderBy(group => group.Key);
        var (on, remarks, since) = (new SortedSet<string>(StringComparer.Ordinal), new List<RosterRemark>(), (DateTimeOffset?)null);
        var counts = new Dictionary<string, int>(); // One person may be down twice for the same office and time: that is one on duty.
        foreach (var group in turns)
        {
            if (since is { } begun && on.Count != 1) remarks.Add(new(begun, group.Key, [.. on]));
            foreach (var (_, duty, begins) in group)
            {
                var name = $"{duty.Office} {duty.Person}";
                counts[name] = counts.GetValueOrDefault(name) + (begins ? 1 : -1);
                if (counts[name] > 0) on.Add(name);
                else on.Remove(name);
            }
            since = group.Key;
        }
        return remarks;
    }
}
