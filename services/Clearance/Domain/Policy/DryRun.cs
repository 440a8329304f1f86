namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>A request of the past: the way it went.</summary>
/// <param name="ClearedAfter">From its opening to the decision that cleared it; null when it was not cleared.</param>
public sealed record PastRequest(Guid Id, string Mission, DateTimeOffset OpenedAt, Route Went, TimeSpan? ClearedAfter);

/// <summary>What a policy asks of an office.</summary>
public sealed record Asked(string Office, int Stage, int Quorum)
{
    public static IReadOnlyList<Asked> Of(Route route) => [.. route.Required.Select(r => new Asked(r.Office, r.Stage, r.Quorum))];
}

/// <summary>A request that would have gone another way.</summary>
/// <param name="Rules">The rules that would have sent it there.</param>
public sealed record OtherWay(
    Guid Id, string Mission, DateTimeOffset OpenedAt, IReadOnlyList<Asked> From, IReadOnlyList<Asked> To, bool ImmediateWas, bool ImmediateWouldBe, IReadOnlyList<string> Rules);

/// <summary>How many requests an office had before it, and would have had.</summary>
public sealed record OfficeLoad(string Office, int Had, int WouldHaveHad);

/// <summary>How long it took, as it was, in minutes: half were cleared within the one, nine of ten within the other.</summary>
public sealed record TimeToClear(int Cleared, int? MedianMinutes, int? NinthDecileMinutes);

/// <summary>Tries a policy on history, one request after the other, and keeps only what is to be told.</summary>
/// <param name="most">How many of the requests that would have gone another way are listed; the rest are counted.</param>
public sealed class DryRun(int most)
{
    private readonly Dictionary<string, (int Had, int WouldHave)> load = [];
    private readonly List<OtherWay> listed = [];
    private readonly List<int> timesOfOthers = [];
    private readonly List<int> timesOfSame = [];

    public int Examined { get; private set; }

    public int Different { get; private set; }

    public IReadOnlyList<OtherWay> Listed => listed;

    public IReadOnlyList<OfficeLoad> Load => [.. load.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => new OfficeLoad(l.Key, l.Value.Had, l.Value.WouldHave))];

    public TimeToClear TimeOfDifferent => Told(timesOfOthers);

    public TimeToClear TimeOfSame => Told(timesOfSame);

    public void Add(PastRequest past, Route would)
    {
        Examined++;
        foreach (var office in past.Went.Required) load[office.Office] = load.GetValueOrDefault(office.Office) is var l ? (l.Had + 1, l.WouldHave) : default;
        foreach (var office in would.Required) load[office.Office] = load.GetValueOrDefault(office.Office) is var l ? (l.Had, l.WouldHave + 1) : default;

        var other = GoesAnotherWay(past.Went, would);
        if (past.ClearedAfter is { } time) (other ? timesOfOthers : timesOfSame).Add((int)time.TotalMinutes);
        if (!other) return;
        Different++;
        if (listed.Count < most)
            listed.Add(new OtherWay(past.Id, past.Mission, past.OpenedAt, Asked.Of(past.Went), Asked.Of(would), past.Went.ImmediateAllowed, would.ImmediateAllowed, [.. would.Because.Select(b => b.Rule)]));
    }

    /// <remarks>Everybody became a number when the round began, and who was appointed then is not asked again here: it counts as the number it became.</remarks>
    private static bool GoesAnotherWay(Route went, Route would) =>
        went.ImmediateAllowed != would.ImmediateAllowed || went.Required.Count != would.Required.Count
        || !would.Required.All(r => went.Required.Any(w => w.Office == r.Office && w.Stage == r.Stage && (r.Quorum == RequiredOffice.Everybody || w.Quorum == r.Quorum)));

    private static TimeToClear Told(List<int> minutes)
    {
        var sorted = minutes.Order().ToList();
        return sorted.Count == 0 ? new(0, null, null) : new(sorted.Count, sorted[(sorted.Count - 1) / 2], sorted[(sorted.Count * 9 + 9) / 10 - 1]);
    }
}
