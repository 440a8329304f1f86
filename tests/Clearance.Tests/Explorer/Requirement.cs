using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts.Clearance;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>What a route asks, told from the raw decisions in the words of the requirement. It uses none of the product's guards and not its sheet.</summary>
internal static class Requirement
{
    /// <summary>An office that must clear, and how many of its people.</summary>
    /// <param name="LeftBy">Offices that left the matter to it.</param>
    /// <param name="Since">When another office last left it a matter; what it had been silent on before is not that.</param>
    /// <param name="StandIns">Offices that may clear in its place, each from then on.</param>
    public sealed record Must(string Office, int Stage, int Quorum, IReadOnlyList<string> LeftBy, int Since, IReadOnlyList<(string Office, int Since)> StandIns)
    {
        /// <summary>The votes that count for it, each for one office alone; null where no office stands in for another, so that every office's are its own.</summary>
        public HashSet<Guid>? Counted { get; private set; }

        public void CountsNone() => Counted = [];

        public bool Hears(string office) => Office == office || StandIns.Any(s => s.Office == office);
    }

    /// <summary>What was said of these bytes, not taken back, and on what is still so.</summary>
    public static List<OfficerDecision> Said(ClearanceRequest request) => [.. request.Decisions.Where(d => !d.Undone && !d.Lapsed && d.PackageDigest == request.PackageDigest)];

    /// <summary>Its authors, and every human with a hand in a change of it that was made.</summary>
    public static HashSet<string> Writers(World world, ClearanceRequest request) =>
        [.. world.Contributors, .. request.Decisions.Where(d => !d.Undone && d.Kind is DecisionKind.ClearedAsAmended && d.PackageDigest != request.PackageDigest).SelectMany(Humans)];

    public static bool Clears(OfficerDecision d) => d.Kind is DecisionKind.Cleared or DecisionKind.ClearedWithComment or DecisionKind.NotObjected;

    /// <summary>Whoever has a hand in a vote: who gave it, and in whose stead.</summary>
    public static IEnumerable<string> Humans(OfficerDecision d) => d.By.ActingFor is { } absent ? [d.By.Person, absent] : [d.By.Person];

    public static bool ShareAHuman(OfficerDecision one, OfficerDecision other) => Humans(one).Any(human => Humans(other).Contains(human));

    /// <summary>The offices of the route; in the place of one that referred it up the one above it, and beside one whose time ran out the one above it.</summary>
    public static List<Must> Offices(Route route, IReadOnlyList<OfficerDecision> said)
    {
        var must = route.Required.Select(r => new Must(r.Office, r.Stage, Math.Max(r.Quorum, 1), [], -1, [])).ToList();
        for (var i = 0; i < said.Count; i++)
        {
            if (said[i] is not { Kind: DecisionKind.Referred or DecisionKind.Escalated, ReferredTo: { } above, By.Office: var from }) continue;
            if (said[i].Kind is DecisionKind.Referred && must.Find(m => m.Office == from) is { } left)
            {
                var there = must.Find(m => m.Office == above) ?? new Must(above, 0, 0, [], -1, []);
                must.RemoveAll(m => m == left || m.Office == above);
                must.Add(new Must(
                    above, Math.Max(left.Stage, there.Stage), Math.Max(left.Quorum, there.Quorum), [.. there.LeftBy, .. left.LeftBy, from], i, [.. there.StandIns.Concat(left.StandIns).Where(s => s.Office != above)]));
            }
            else
            {
                var since = i;
                must = [.. must.Select(m => m.Hears(from) && !m.Hears(above) ? m with { StandIns = [.. m.StandIns, (above, since)] } : m)];
            }
        }
        if (must.Exists(m => m.StandIns.Count > 0)) Share(must, said);
        return must;
    }

    /// <summary>A vote counts once: for the earliest stage that needs it, there for its own office before one in whose place that stands.</summary>
    private static void Share(List<Must> must, IReadOnlyList<OfficerDecision> said)
    {
        var counted = new HashSet<Guid>();
        foreach (var m in must) m.CountsNone();
        foreach (var stage in must.Where(m => !IsDoneWithout(m, said)).OrderBy(m => m.Office, StringComparer.Ordinal).GroupBy(m => m.Stage).OrderBy(g => g.Key))
        {
            foreach (var m in stage) Count(m, Votes(said, m.Office));
            foreach (var m in stage.Where(m => m.Counted!.Count < m.Quorum && m.StandIns.Count > 0).ToList())
                Count(m, m.StandIns.Select(h => Votes(said, h.Office).Where(v => IndexOf(said, v) > h.Since && !counted.Contains(v.Id)).ToList()).MaxBy(votes => Math.Min(votes.Count, m.Quorum))!);
        }

        void Count(Must m, IEnumerable<OfficerDecision> votes)
        {
            foreach (var vote in votes.Where(v => !counted.Contains(v.Id)).Take(m.Quorum).ToList())
            {
                counted.Add(vote.Id);
                m.Counted!.Add(vote.Id);
            }
        }
    }

    /// <summary>So many votes it takes in all, by the offices that are not done without any.</summary>
    public static int Needed(Route route, IReadOnlyList<OfficerDecision> said) => Offices(route, said).Where(m => !IsDoneWithout(m, said)).Sum(m => m.Quorum);

    /// <summary>An objection of its own was set aside and none stands, or it was silent, or passed over.</summary>
    private static bool IsDoneWithout(Must must, IReadOnlyList<OfficerDecision> said) => IsDone(must with { Quorum = int.MaxValue }, said);

    /// <summary>An objection holds until the same seat says otherwise for the same office.</summary>
    private static IEnumerable<int> Objections(string office, IReadOnlyList<OfficerDecision> said) => Enumerable.Range(0, said.Count).Where(i =>
        said[i].Kind is DecisionKind.Objected && said[i].By.Office == office && !said.Skip(i + 1).Any(later => SpeaksAgain(said[i], later)));

    private static bool SpeaksAgain(OfficerDecision earlier, OfficerDecision later) =>
        (Clears(later) || later.Kind is DecisionKind.Objected) && later.By.Office == earlier.By.Office && Humans(later).Last() == Humans(earlier).Last();

    private static bool IsAnswered(int objection, IReadOnlyList<OfficerDecision> said) => said.Skip(objection + 1).Any(later => later.Kind is DecisionKind.Overruled);

    public static bool HasStandingObjection(IReadOnlyList<OfficerDecision> said) =>
        said.Select(d => d.By.Office).Distinct().Any(office => Objections(office, said).Any(i => !IsAnswered(i, said)));

    public static bool HasStandingObjectionOf(OfficerDecision who, IReadOnlyList<OfficerDecision> said) =>
        said.Select(d => d.By.Office).Distinct().Any(office => Objections(office, said).Any(i => ShareAHuman(said[i], who) && !IsAnswered(i, said)));

    /// <summary>Somebody who is heard for it has something against it that was not set aside.</summary>
    public static bool HasStandingObjection(IReadOnlyList<OfficerDecision> said, Must must) =>
        must.StandIns.Append((must.Office, Since: -1)).Any(h => Objections(h.Office, said).Any(i => i > h.Since && !IsAnswered(i, said)));

    /// <summary>Clearings that count: not taken back by an objection of the same seat, and not of anybody who then stood aside.</summary>
    public static List<OfficerDecision> Votes(IReadOnlyList<OfficerDecision> said, string? office = null) =>
    [
        .. said.Where((d, i) => Clears(d) && (office is null || d.By.Office == office)
            && !said.Skip(i + 1).Any(later => later.Kind is DecisionKind.Objected && SpeaksAgain(d, later))
            && !said.Any(other => other.Kind is DecisionKind.Recused && ShareAHuman(other, d))),
    ];

    /// <summary>As many votes as can be counted without counting any human twice.</summary>
    public static int Distinct(IReadOnlyList<OfficerDecision> votes) =>
        votes.Count == 0 ? 0 : Math.Max(Distinct([.. votes.Skip(1)]), 1 + Distinct([.. votes.Skip(1).Where(v => !ShareAHuman(v, votes[0]))]));

    /// <summary>Nothing stands against it; and its quorum has cleared, or that of one office that stands in, or what it had against it was set aside, or it was silent or passed over.</summary>
    public static bool IsDone(Must must, IReadOnlyList<OfficerDecision> said)
    {
        var heard = must.StandIns.Append((must.Office, Since: -1)).ToList();
        var own = heard.SelectMany(h => Objections(h.Office, said).Where(i => i > h.Since)).ToList();
        var inherited = must.LeftBy.SelectMany(office => Objections(office, said));
        if (own.Concat(inherited).Any(i => !IsAnswered(i, said))) return false;
        return own.Count > 0
            || heard.Exists(h => Distinct([.. Votes(said, h.Office).Where(v => must.Counted?.Contains(v.Id) is not false && IndexOf(said, v) > h.Since)]) >= must.Quorum)
            || said.Skip(must.Since + 1).Any(d => (d.Kind is DecisionKind.Bypassed && d.PassedOver == must.Office) || (d.Kind is DecisionKind.DeemedCleared && d.By.Office == must.Office));
    }

    /// <summary>A person said yes to it, or set aside what was against it.</summary>
    public static bool SomebodySaidYes(IReadOnlyList<OfficerDecision> said) => Votes(said).Count > 0 || said.Any(d => d.Kind is DecisionKind.Overruled);

    private static int IndexOf(IReadOnlyList<OfficerDecision> said, OfficerDecision decision) => Enumerable.Range(0, said.Count).First(i => said[i].Id == decision.Id);
}
