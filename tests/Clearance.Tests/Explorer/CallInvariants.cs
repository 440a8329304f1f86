using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>What must hold of a clearance given by telephone or on paper.</summary>
internal static partial class Invariants
{
    private static IReadOnlyList<Invariant> OfCalls =>
    [
        new("what is written down is said of these bytes", s => s.Noted is not { } noted || noted.PackageDigest == s.Before.Request!.PackageDigest),
        new("nothing is written down after the window", s => s.Noted is not { } noted || noted.At < s.World.Package.NotAfter),
        new("only people of an office write down what was said", s => s.Noted is not { } noted || noted.Role is Roles.ClearingOfficer or Roles.HeadOfUnit or Roles.DutyOfficer),
        new("only what was said for an office that is asked is written down", s => s.Noted is not { } noted || IsAsked(s, noted.Office)),
        new("nobody writes down their own word", s => s.Noted is not { } noted || !Humans(noted.By).Contains(noted.GivenBy)),
        new("whoever wrote it writes down nothing", s => s.Noted is not { } noted || !Humans(noted.By).Any(s.WritersBefore.Contains)),
        new("whoever wrote it gives nothing by telephone", s => s.Noted is not { } noted || !s.WritersBefore.Contains(noted.GivenBy)),
        new("it was said by telephone or on paper", s => s.Noted is not { } noted || noted.Means is "telephone" or "paper"),
        new("what is written down counts for nothing by itself", s => s.Noted is null || (s.Yes!.State.Status == s.Before.Request!.Status && s.SaidAfter.SequenceEqual(s.SaidBefore))),

        new("only what was written down is signed", s => s.Said?.RecordedAs is null || Signed(s) is not null),
        new("only who gave it signs it", s => Signed(s) is not { } noted || noted.GivenBy == s.Said!.By.Person),
        new("it is signed for the office for which it was given", s => Signed(s) is not { } noted || noted.Office == s.Said!.By.Office),
        new("it is signed for the bytes of which it was said", s => Signed(s) is not { } noted || noted.PackageDigest == s.Said!.PackageDigest),
        new("it is signed once", s => s.Said?.RecordedAs is not { } id || !s.Before.Request!.Decisions.Any(d => !d.Undone && d.RecordedAs == id)),
    ];

    /// <summary>What was written down and is now signed; null when it was not, or nothing is signed.</summary>
    private static RecordedClearance? Signed(Step s) => s.Said?.RecordedAs is { } id ? s.Before.Request!.Recorded.FirstOrDefault(r => r.Id == id) : null;
}
