using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using Status = WorkflowPlatform.Clearance.Domain.ClearanceStatus;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>What must hold of every step, in the words of the requirement.</summary>
internal sealed record Invariant(string Name, Func<Step, bool> Holds);

/// <summary>Everything that must never happen, written from the raw decisions, the route and the register's rows, and apart from the guards.</summary>
internal static partial class Invariants
{
    public const string Rights = "nobody has a right that the register does not give";
    public const string Permit = "a permit is for these bytes, whole, once, and in its time";
    public const string Due = "what is due can be settled";

    private static readonly Status[] Over = [Status.Returned, Status.Refused, Status.Withdrawn, Status.Overtaken, Status.Lapsed, Status.Revoked];

    /// <summary>Of every step that a rule accepted.</summary>
    public static readonly IReadOnlyList<Invariant> OfSteps =
    [
        new("the end is the end", s => s.Before.Request is not { } before || !Over.Contains(before.Status) || (s.Yes!.State.Status == before.Status && s.Yes.Fact is RetrospectiveReviewed or ReviewOverdue)),
        new("one fact is one version", s => s.Yes!.State.Version == (s.Before.Request?.Version ?? 0) + 1 && s.Yes.Fact.Version == s.Yes.State.Version),
        new("every fact stands in the table and leads where it says", s =>
            ClearanceStates.Table.Next(s.Before.Request?.Status, s.Yes!.Fact.GetType().Name) is { } to && to == s.Yes.State.Status),
        new("nothing else changes", s => s.Before.Request is not { } before || (Rewritten(s, before) is var r && before == r with
        {
            Version = before.Version, Status = before.Status, Decisions = before.Decisions, DueAt = before.DueAt, PermitId = before.PermitId, Revocation = before.Revocation,
            Recorded = s.Noted is { } noted && r.Recorded.SequenceEqual(before.Recorded.Append(noted)) ? before.Recorded : r.Recorded,
            Clocks = before.Clocks, Review = before.Review, ReviewBy = before.ReviewBy, ReviewAlertAt = before.ReviewAlertAt, Amendment = before.Amendment, Lapses = before.Lapses,
        })),
        new("what was said stays said", WhatWasSaidStaysSaid),
        new("only its officer takes back a decision, the last one, and in time", s => s.Yes!.Fact is not DecisionUndone ||
            (s.Before.Request!.Decisions.Last(d => !d.Undone) is var last && last.By.Person == s.Undoing && s.Before.Now < last.UndoUntil && s.Yes.State.Decisions.Single(d => d.Id == last.Id).Undone)),

        new("nothing is said after the window", s => s.Said is not { } said || said.At < s.World.Package.NotAfter),
        new("every decision is of these bytes", s => s.Said is not { } said || said.PackageDigest == s.Before.Request!.PackageDigest),
        new("only offices that are asked speak", s => s.Said is not { } said || said.Kind switch
        {
            DecisionKind.Overruled or DecisionKind.OvertakenByEvents => said.By.Office == "CENTRAL",
            DecisionKind.Bypassed => said.By.Office == "CENTRAL" || IsAsked(s, said.By.Office),
            DecisionKind.ReleasedImmediately => said.By.Office == "CENTRAL" || said.DutyId is not null,
            _ => IsAsked(s, said.By.Office),
        }),
        new("heads set aside, officers decide, and nobody speaks for the clock", s => s.Said is not { } said || said.Kind switch
        {
            DecisionKind.Overruled => said.Role == Roles.HeadOfUnit,
            DecisionKind.Bypassed => s.World.Route.Bypass.Contains(said.Role),
            DecisionKind.ReleasedImmediately => said.Role == Roles.DutyOfficer,
            DecisionKind.Escalated => said.By.Person.StartsWith("clock:", StringComparison.Ordinal) && said.Role == "clock",
            DecisionKind.DeemedCleared => said.By.Person.StartsWith("silence:", StringComparison.Ordinal) && said.Role == "silence",
            _ => said.Role == Roles.ClearingOfficer,
        }),
        new("whoever wrote it says nothing", s => s.Said is not { } said || !s.WritersBefore.Contains(said.By.Person)),
        new("whoever wrote it says nothing through a deputy", s => s.Said?.By.ActingFor is not { } absent || !s.WritersBefore.Contains(absent)),
        new("nothing that whoever wrote it said counts", s => s.WritersAfter is var writers && !s.SaidAfter.SelectMany(Requirement.Humans).Any(writers.Contains)),
        new("whoever stands aside stays aside", s => s.Said is not { } said ||
            !s.Before.Request!.Decisions.Any(d => !d.Undone && d.Kind is DecisionKind.Recused && Requirement.ShareAHuman(d, said))),
        new("one human is one vote", s => s.VotesAfter is var votes && votes.Count == Requirement.Distinct(votes)),
        new("whoever passes over an office clears for none", s => s.SaidAfter.Where(d => d.Kind is DecisionKind.Bypassed).ToList() is var over
            && !over.Exists(one => s.VotesAfter.Concat(over).Any(d => d.Id != one.Id && Requirement.ShareAHuman(d, one)))),
        new("stages decide in their order", s => s.Said is not { } said || !Requirement.Clears(said) || InOrder(s.MustBefore, s.SaidBefore, said)),
        new("only an objection that stands is set aside", s => s.Said?.Kind is not DecisionKind.Overruled || Requirement.HasStandingObjection(s.SaidBefore)),
        new("nobody sets aside their own objection", s => s.Said?.Kind is not DecisionKind.Overruled || !Requirement.HasStandingObjectionOf(s.Said, s.SaidBefore)),
        new("whoever leaves it to an office clears nothing for it", s => !s.SaidAfter.Any(left =>
            left.Kind is DecisionKind.Referred && Requirement.Votes(s.SaidAfter, left.ReferredTo).Any(vote => Requirement.ShareAHuman(vote, left)))),
        new("a matter goes to the office above", s => s.Said?.Kind is not (DecisionKind.Referred or DecisionKind.Escalated) || (s.Said.ReferredTo is { } above && above == s.World.Parents.GetValueOrDefault(s.Said.By.Office))),
        new("nothing grave is said without a word", s => s.Said is not { } said || said.Kind is DecisionKind.Cleared or DecisionKind.NotObjected or DecisionKind.Recused or DecisionKind.Escalated or DecisionKind.DeemedCleared || !string.IsNullOrWhiteSpace(said.Comment)),
        new("a return has its reason", s => s.Said?.Kind is not DecisionKind.Returned || s.Said.ReasonCode is not null),

        new("a change brings its text", s => (s.Said?.Kind is DecisionKind.ClearedAsAmended) == (s.Yes!.Fact is AmendmentDecided) && (s.Yes.Fact is not AmendmentDecided || (s.Amending is not null && s.Yes.State.Amendment is not null))),
        new("only what the policy lets be changed is", s => s.Amending is not { } a || Changed(a).All(s.World.Route.Amendable.Contains)),
        new("a change changes something, soundly", s => s.Amending?.Changes is not { } c || (Changed(s.Amending).Any()
            && (c.Text is null || c.Text.Trim().Length > 0) && (c.AltTexts ?? new Dictionary<string, string>()).Count == 0 && (c.Links ?? []).All(link => link.StartsWith("https://", StringComparison.Ordinal)))),
        new("what lapses was given on what is no longer so", s => s.Yes!.Fact is not VotesLapsed || !s.SaidAfter.Any(Requirement.Clears)),

        new("cleared is what every office has cleared", s => s.Yes!.State.Status is not (Status.Cleared or Status.PermitIssued) || s.IsMet || IsBeforeClearance(s.Yes.State)),
        new("one vote, one line", s => s.Yes!.State.Status is not Status.Cleared || IsBeforeClearance(s.Yes.State) || Requirement.Votes(s.SaidAfter).Count >= Requirement.Needed(s.World.Route, s.SaidAfter)),
        new("nothing is said for a text whose account is closed", s => s.Said is not { } said || !s.Before.Request!.Lapses.Any(lapse => lapse.Cause == "account-closed")
            || !(Requirement.Clears(said) || said.Kind is DecisionKind.Overruled or DecisionKind.Bypassed or DecisionKind.DeemedCleared or DecisionKind.ReleasedImmediately)),
        new("somebody says yes", s => s.Yes!.State.Status is not (Status.Cleared or Status.PermitIssued) || Requirement.SomebodySaidYes(s.SaidAfter) || IsBeforeClearance(s.Yes.State)),
        new("what every office has cleared waits for nobody", s => s.Yes!.State.Status is not Status.InClearance || !s.IsMet),
        new(Permit, APermitIsInOrder),

        new("only a permit that is out is wanted back", s => s.Wanted is null || s.Before.Request is { Status: Status.PermitIssued, PermitId: not null }),
        new("only one wish for it is open", s => s.Wanted is null || s.Before.Request!.Revocation is not { Refused: null }),
        new("too late stays too late", s => s.Wanted is null || s.Before.Request!.Revocation is not { Refused: not null }),
        new("only the central unit wants it back", s => s.Wanted is null || s.Wanted.By.Office == "CENTRAL"),
        new("it is wanted back for a reason, in words", s => s.Wanted is null || (RevocationReasons.All.Contains(s.Wanted.ReasonCode) && !string.IsNullOrWhiteSpace(s.Wanted.Comment))),
        .. OfExceptions, .. OfTurns, .. OfCalls,
    ];

    /// <summary>The first that a step breaks; null when it breaks none.</summary>
    public static string? FirstBroken(Step step)
    {
        foreach (var invariant in OfSteps)
            if (!invariant.Holds(step)) return invariant.Name;
        return null;
    }

    /// <summary>The register gives it: an appointment of one's own that runs, or the appointment of somebody else that runs, by a delegation that runs.</summary>
    public static bool IsGiven(World world, HeldCapacity right, DateTimeOffset now)
    {
        var holder = right.ActingFor ?? right.Person;
        var appointed = world.Appointments.Any(a => a.Person == holder && a.Office == right.Office && a.Role == right.Role && a.From <= now && !(a.To <= now));
        return appointed && (right.ActingFor is null || (right.ActingFor != right.Person && right.Role is Roles.ClearingOfficer or Roles.HeadOfUnit or Roles.DutyOfficer
            && world.Delegations.Any(d => d.Absent == holder && d.Deputy == right.Person && d.Office == right.Office && d.Role == right.Role && d.From <= now && d.To > now)));
    }

    private static bool IsAsked(Step s, string office) => s.MustBefore.Exists(must => must.Hears(office));

    /// <summary>What a change that is made may rewrite, set back: the package of its officer's digest comes, with whoever wrote it, and nothing else.</summary>
    private static ClearanceRequest Rewritten(Step s, ClearanceRequest before)
    {
        var after = s.Yes!.State;
        if (s.Yes.Fact is not PackageAmended || before.Amendment?.Digest != after.PackageDigest || s.Before.Now < before.Decisions.Last(d => !d.Undone).UndoUntil) return after;
        var package = s.World.Known[after.PackageDigest];
        if (!s.WritersAfter.SetEquals(package.Contributors) || !package.Contributors.SequenceEqual(after.Contributors)) return after;
        if (!after.EarlierDigests.SequenceEqual([.. before.EarlierDigests, before.PackageDigest])) return after;
        return after with
        {
            PackageDigest = before.PackageDigest, EarlierDigests = before.EarlierDigests, Contributors = before.Contributors, Excerpt = before.Excerpt, Characters = before.Characters,
            Route = before.Route, Findings = before.Findings,
        };
    }

    private static IEnumerable<string> Changed(AmendmentRules.Amending a)
    {
        if (a.Changes.Text is { } text && text != a.Package.Text) yield return "text";
        if (a.Changes.Links is { } links && !links.SequenceEqual(a.Package.Links)) yield return "links";
    }

    private static bool WhatWasSaidStaysSaid(Step s)
    {
        if (s.Before.Request is not { } before) return s.Yes!.State.Decisions.Count == 0;
        var after = s.Yes!.State.Decisions;
        if (after.Count != before.Decisions.Count + (s.Said is null ? 0 : 1)) return false;
        if (s.Said is { } said && after[^1] != said with { PolicyVersion = before.Route.PolicyVersion }) return false; // And it keeps the policy by which it was judged.
        var changed = before.Decisions.Zip(after).Where(pair => pair.First != pair.Second).ToList();
        return s.Yes.Fact switch
        {
            DecisionUndone => changed.Count == 1 && changed[0].First with { Undone = true } == changed[0].Second,
            VotesLapsed { Cause: var cause } => (changed.Count > 0 || cause.StartsWith("account-", StringComparison.Ordinal) || before.Clocks.Any(c => before.Route.Required.Any(r => r.SilenceCounts && r.Office == c.Office))) && changed.TrueForAll(pair => pair.First with { Lapsed = true } == pair.Second),
            _ => changed.Count == 0,
        };
    }

    private static bool InOrder(List<Requirement.Must> must, IReadOnlyList<OfficerDecision> before, OfficerDecision said) =>
        must.Exists(its => its.Hears(said.By.Office) && must.TrueForAll(m => m.Stage >= its.Stage || Requirement.IsDone(m, before)));

    private static bool APermitIsInOrder(Step s)
    {
        if (s.Yes!.Fact is not PermitIssued fact) return s.Signed.Count == 0 && s.Yes.State.PermitId == s.Before.Request?.PermitId;
        var (request, said, now) = (s.Yes.State, s.SaidBefore, s.Before.Now);
        return s.Signed.Count == 1 && s.Signed[0] is var permit && s.Before.Request!.PermitId is null && s.Before.Request.Status is Status.Cleared
            && permit.PermitId == request.PermitId && fact.PermitId == request.PermitId && permit.RequestId == request.Id
            && permit.PackageDigest == request.PackageDigest && fact.PackageDigest == request.PackageDigest
            && permit.Account == s.World.Package.Account && permit.Network == s.World.Package.Network && permit.Mission == s.World.Package.Mission
            && permit.NotBefore == s.World.Package.NotBefore && permit.NotAfter == s.World.Package.NotAfter && permit.PolicyVersion == s.World.Route.PolicyVersion
            && permit.IssuedAt == now && now < permit.NotAfter && said.All(d => d.UndoUntil <= now)
            && permit.Contributors.SequenceEqual(s.World.Known[permit.PackageDigest].Contributors) && s.WritersAfter.SetEquals(permit.Contributors)
            && permit.Decisions.Select(d => (d.Id, d.Person, d.Office, d.ActingFor, d.Kind)).SequenceEqual(said.Select(d => (d.Id, d.By.Person, d.By.Office, d.By.ActingFor, d.Kind)))
            && (s.IsMet || IsBeforeClearance(request));
    }
}
