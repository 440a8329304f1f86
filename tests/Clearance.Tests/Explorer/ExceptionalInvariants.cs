using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>What must hold where time, silence or urgency goes past an office.</summary>
internal static partial class Invariants
{
    private static IReadOnlyList<Invariant> OfExceptions =>
    [
        new("silence counts only where the policy says so", s => Silent(s) is not { } said || (s.World.Route.Required.Any(r => r.Office == said.By.Office && r.SilenceCounts)
            && !s.MustBefore.Where(m => m.Office == said.By.Office).SelectMany(m => m.LeftBy).Any(from => s.World.Route.Required.Any(r => r.Office == from && !r.SilenceCounts)))),
        new("silence counts only when its time is over", s => Silent(s) is not { } said || IsOver(s, said.By.Office)),
        new("silence counts only of who had it in hand in time", s => Silent(s) is not { } said || (said.Notice is { } notice && ClockOf(s, said.By.Office) is { } clock
            && notice.By.Office == said.By.Office && said.By.Person == $"silence:{notice.By.Person}" && clock.BegunAt <= notice.At && notice.At < clock.DueAt)),
        new("silence of who wrote it counts for nothing", s => Silent(s)?.Notice is not { } notice || !Humans(notice.By).Any(s.World.Contributors.Contains)),
        new("who was cut off has not agreed", s => Silent(s) is not { CutOff: true }),
        new("silence counts only of who is waited for, alone", s => Silent(s) is not { } said || IsWaitedFor(s, said.By.Office, alone: true)),
        new("time asks the office above only when it is over", s => s.Said is not { Kind: DecisionKind.Escalated, CutOff: false } said || IsOver(s, said.By.Office)),
        new("time asks the office above only of who is waited for", s => s.Said is not { Kind: DecisionKind.Escalated } said || IsWaitedFor(s, said.By.Office, alone: false)),
        new("only who is late or cut off is passed over", s => s.Said is not { Kind: DecisionKind.Bypassed, CutOff: false } said || IsOver(s, said.PassedOver!)),
        new("only who is waited for is passed over", s => s.Said is not { Kind: DecisionKind.Bypassed } said || IsWaitedFor(s, said.PassedOver!, alone: false)),

        new("only what is urgent goes out before its clearance", s => Released(s) is null || s.World.Lane is Lane.Immediate or Lane.Flash),
        new("only what the policy lets go out before its clearance does", s => Released(s) is null || s.World.Route.ImmediateAllowed),
        new("nothing that an office objects to goes out before its clearance", s => Released(s) is null || !Requirement.HasStandingObjection(s.SaidBefore)),
        new("what goes out before its clearance is reviewed", s => Released(s) is not { } said || said.ReviewBy > said.At),
        new("only what went out before its clearance is reviewed, once", s => s.Given is null || (s.Before.Request is { PermitId: not null } r
            && r.Decisions.Any(d => d is { Undone: false, Kind: DecisionKind.ReleasedImmediately }) && r.Review?.Verdict is null)),
        new("somebody else reviews it", s => s.Given is not { } given || !Humans(given.By).Intersect(Humans(s.Before.Request!.Decisions.Last(d => d.Kind is DecisionKind.ReleasedImmediately && !d.Undone).By)).Any()),
        new("whoever wrote it reviews nothing", s => s.Given is not { } given || !Humans(given.By).Any(s.World.Contributors.Contains)),
        new("only the route's offices review it", s => s.Given is not { } given || s.World.Route.Required.Any(r => r.Office == given.By.Office)),
        new("only officers and heads review it", s => s.Given is null || s.Given.Role is Roles.ClearingOfficer or Roles.HeadOfUnit),
        new("whoever does not uphold it says why", s => s.Given is not { Verdict: ReviewVerdict.NotUpheld } given || !string.IsNullOrWhiteSpace(given.Comment)),
    ];

    /// <summary>The last thing that was said sends it out before its offices have cleared it.</summary>
    private static bool IsBeforeClearance(ClearanceRequest request) => Requirement.Said(request).LastOrDefault()?.Kind is DecisionKind.ReleasedImmediately;

    private static OfficerDecision? Silent(Step s) => s.Said?.Kind is DecisionKind.DeemedCleared ? s.Said : null;

    private static OfficerDecision? Released(Step s) => s.Said?.Kind is DecisionKind.ReleasedImmediately ? s.Said : null;

    private static IEnumerable<string> Humans(Capacity by) => by.ActingFor is { } absent ? [by.Person, absent] : [by.Person];

    private static OfficeClock? ClockOf(Step s, string office) => s.Before.Request!.Clocks.FirstOrDefault(c => c.Office == office && c.PackageDigest == s.Before.Request!.PackageDigest);

    private static bool IsOver(Step s, string office) => ClockOf(s, office)?.DueAt <= s.Before.Now;

    /// <summary>It is the office's turn, and it has neither cleared nor objected.</summary>
    private static bool IsWaitedFor(Step s, string office, bool alone)
    {
        var (said, must) = (s.SaidBefore, s.MustBefore);
        return must.Exists(m => (alone ? m.Office == office && m.StandIns.Count == 0 : m.Hears(office)) && !Requirement.IsDone(m, said) && !Requirement.HasStandingObjection(said, m)
            && must.TrueForAll(other => other.Stage >= m.Stage || Requirement.IsDone(other, said)));
    }
}
