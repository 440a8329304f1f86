using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Clearance;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>What must hold of an office's time: it is of one text, on one ground, from when the office was asked, and whole.</summary>
internal static partial class Invariants
{
    private static IReadOnlyList<Invariant> OfTurns =>
    [
        new("silence counts only of who was shown this text, in this turn", s => Silent(s) is not { } said || (said.Notice is { } notice && ClockOf(s, said.By.Office) is { } clock
            && notice.PackageDigest == said.PackageDigest && notice.TurnAt == clock.BegunAt)),
        new("silence counts only after the whole time on this text", s => Silent(s) is not { Clock: { } clock } said || IsWhole(clock, s.Before.Request!, s.SaidBefore, s.MustBefore)),
        new("no permit rests on a silence that began on another text, or before what this one rests on changed", s => s.Yes!.Fact is not PermitIssued || s.SaidBefore.Where(d => d.Kind is DecisionKind.DeemedCleared).All(d =>
            d.Clock is { } clock && d.Notice is { } notice && s.Signed[0].PackageDigest is var digest && clock.PackageDigest == digest && notice.PackageDigest == digest
            && notice.TurnAt == clock.BegunAt && notice.At >= clock.BegunAt && notice.At < clock.DueAt && clock.DueAt <= d.At && clock.BegunAt >= GroundSince(s.Yes.State))),
        new("whoever is asked has its own time, from then on", s => !s.World.IsPressed || s.After.Request is not { Status: ClearanceStatus.InClearance } request
            || s.World.Offices.All(office => !IsAskedIn(s, office) || (request.Clocks.SingleOrDefault(c => c.Office == office) is { } clock && IsWhole(clock, request, s.SaidAfter, s.MustAfter)))),
    ];

    /// <summary>The clock is of the text as it is, began no earlier than the office was asked for what it is asked for now, and runs its whole time.</summary>
    private static bool IsWhole(OfficeClock clock, ClearanceRequest request, IReadOnlyList<OfficerDecision> said, List<Requirement.Must> must) =>
        clock.PackageDigest == request.PackageDigest && clock.BegunAt >= GroundSince(request)
        && must.TrueForAll(m => !m.Hears(clock.Office) || Requirement.IsDone(m, said) || clock.BegunAt >= AskedSince(m, clock.Office, request, said))
        && (clock.DueAt is null || clock.DueAt == World.After(clock.BegunAt, 60));

    /// <summary>When the text became what it is, or what it rests on changed last.</summary>
    private static DateTimeOffset GroundSince(ClearanceRequest request) => request.Decisions
        .Where(d => !d.Undone && d.Kind is DecisionKind.ClearedAsAmended && d.PackageDigest != request.PackageDigest).Select(d => d.UndoUntil)
        .Concat(request.Lapses.Select(lapse => lapse.At)).Append(request.OpenedAt).Max();

    /// <summary>The earliest instant at which the office can have been asked for this: its stage had come, the matter was left to it, or it was asked in the place of one that was late.</summary>
    private static DateTimeOffset AskedSince(Requirement.Must must, string office, ClearanceRequest request, IReadOnlyList<OfficerDecision> said)
    {
        var since = must.Office == office ? LeftSince(must, office, request, said) : must.StandIns.First(stand => stand.Office == office).Since;
        for (var many = 0; many <= said.Count; many++)
        {
            List<OfficerDecision> until = [.. said.Take(many)];
            if (Requirement.Offices(request.Route, until).TrueForAll(before => before.Stage >= must.Stage || Requirement.IsDone(before, until))) return InstantOf(Math.Max(many - 1, since));
        }
        return InstantOf(since);

        DateTimeOffset InstantOf(int index) => index < 0 ? request.OpenedAt : said[index].At;
    }

    /// <summary>When the last matter was left to it; or from when on it was asked for that, should it have stood in for whoever left it.</summary>
    private static int LeftSince(Requirement.Must must, string office, ClearanceRequest request, IReadOnlyList<OfficerDecision> said)
    {
        if (must.Since < 0) return -1;
        var before = Requirement.Offices(request.Route, [.. said.Take(must.Since)]).Find(m => m.Office == said[must.Since].By.Office);
        return before is not null && before.StandIns.Any(stand => stand.Office == office) ? before.StandIns.First(stand => stand.Office == office).Since : must.Since;
    }

    private static bool IsAskedIn(Step s, string office) => s.MustAfter is var must && must.Exists(m => m.Hears(office) && !Requirement.IsDone(m, s.SaidAfter)
        && must.TrueForAll(other => other.Stage >= m.Stage || Requirement.IsDone(other, s.SaidAfter)));
}
