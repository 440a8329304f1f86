using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts.Clearance;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>What a route asks, told from the raw decisions in the words of the requirement. It uses none of the product's guards and not its sheet.</summary>
internal static class Requirement
{
    /// <summary>An office that must clear, and how many of its people.</summary>
    public sealed record Must(string Office, int Stage, int Quorum);

    /// <summary>What was said of these bytes and not taken back.</summary>
    public static List<OfficerDecision> Said(ClearanceRequest request) => [.. request.Decisions.Where(d => !d.Undone && d.PackageDigest == request.PackageDigest)];

    public static bool Clears(OfficerDecision d) => d.Kind is DecisionKind.Cleared or DecisionKind.ClearedWithComment or DecisionKind.NotObjected;

    /// <summary>Whoever has a hand in a vote: who gave it, and in whose stead.</summary>
    public static IEnumerable<string> Humans(OfficerDecision d) => d.By.ActingFor is { } absent ? [d.By.Person, absent] : [d.By.Person];

    public static bool ShareAHuman(OfficerDecision one, OfficerDecision other) => Humans(one).Any(human => Humans(other).Contains(human));

    /// <summary>The offices of the route, or in the place of one that referred it up, the one above it.</summary>
    public static List<Must> Offices(Route route, IEnumerable<OfficerDecision> said)
    {
        var must = route.Required.Select(r => new Must(r.Office, r.Stage, Math.Max(r.Quorum, 1))).ToList();
        foreach (var referral in said.Where(d => d.Kind is DecisionKind.Referred))
        {
            if (must.Find(m => m.Office == referral.By.Office) is not { } left) continue;
            var above = must.Find(m => m.Office == referral.ReferredTo);
            must.RemoveAll(m => m == left || m == above);
            must.Add(new Must(referral.ReferredTo!, Math.Max(left.Stage, above?.Stage ?? 0), Math.Max(left.Quorum, above?.Quorum ?? 0)));
        }
        return must;
    }

    /// <summary>An objection holds until the same seat says otherwise for the same office.</summary>
    private static IEnumerable<int> Objections(string office, IReadOnlyList<OfficerDecision> said) => Enumerable.Range(0, said.Count).Where(i =>
        said[i].Kind is DecisionKind.Objected && said[i].By.Office == office && !said.Skip(i + 1).Any(later => SpeaksAgain(said[i], later)));

    private static bool SpeaksAgain(OfficerDecision earlier, OfficerDecision later) =>
        (Clears(later) || later.Kind is DecisionKind.Objected) && later.By.Office == earlier.By.Office && Humans(later).Last() == Humans(earlier).Last();

    private static bool IsAnswered(int objection, IReadOnlyList<OfficerDecision> said) => said.Skip(objection + 1).Any(later => later.Kind is DecisionKind.Overruled);

    public static bool HasStandingObjection(IReadOnlyList<OfficerDecision> said) =>
        said.Select(d => d.By.Office).Distinct().Any(office => Objections(office, said).Any(i => !IsAnswered(i, said)));

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

    /// <summary>Nothing stands against it, and its quorum has cleared or what it had against it was set aside.</summary>
    public static bool IsDone(Must must, IReadOnlyList<OfficerDecision> said)
    {
        var objections = Objections(must.Office, said).ToList();
        return objections.Count > 0 ? objections.All(i => IsAnswered(i, said)) : Distinct(Votes(said, must.Office)) >= must.Quorum;
    }

    /// <summary>Every office of the route is done.</summary>
    public static bool IsMet(ClearanceRequest request) => Said(request) is var said && Offices(request.Route, said).All(must => IsDone(must, said));
}
