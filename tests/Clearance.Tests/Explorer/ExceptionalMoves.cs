using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>What moves a text besides an officer's own word: clocks, silence, passing over, release before clearance and its review.</summary>
internal sealed partial class Moves
{
    private static readonly Guid DutyId = World.Id(13);

    private IEnumerable<Move> Exceptional(IReadOnlyList<HeldCapacity> rights) =>
    [
        .. world.Offices.SelectMany(Strikes), .. world.IsThorough ? Thorough(rights) : [],
    ];

    private IEnumerable<Move> Thorough(IReadOnlyList<HeldCapacity> rights) =>
    [
        .. world.Offices.SelectMany(Silences), .. world.Offices.SelectMany(Escalations),
        .. rights.SelectMany(right => world.Offices.SelectMany(office => PassingOver(right, office))), .. rights.SelectMany(Releases), .. rights.SelectMany(Reviews), Overdue, Closing,
    ];

    private string? Above(string office) => world.Parents.GetValueOrDefault(office);

    /// <summary>The worker looks at an office's clock: with the proof of a notice, without one, with one that proves nothing, and when the office was cut off.</summary>
    private IEnumerable<Move> Strikes(string office)
    {
        yield return Strike($"the clock of {office}", office, _ => null, false);
        yield return Strike($"the clock of {office}, which is cut off", office, _ => null, true);
        foreach (var notice in Notices(office)) yield return Strike($"the clock of {office}, opened by {notice.By}", office, notice.Of, false);
    }

    private IReadOnlyList<(string By, Func<OfficeClock, Notice> Of)> Notices(string office) =>
    [
        ("ben in time", clock => Shown("ben", clock)), ("ben too late", clock => Shown("ben", clock) with { At = clock.DueAt ?? clock.BegunAt }),
        ("ana", clock => Shown("ana", clock)), ("dia for ana", clock => Shown("dia", clock, "ana")),
        ("ben with another text", clock => Shown("ben", clock) with { PackageDigest = world.OtherDigest }), ("ben a turn before", clock => Shown("ben", clock) with { TurnAt = clock.BegunAt.AddMinutes(-1) }),
    ];

    private static Notice Shown(string person, OfficeClock clock, string? absent = null) => new(new Capacity(person, clock.Office, absent), clock.BegunAt, clock.PackageDigest, clock.BegunAt);

    private Move Strike(string name, string office, Func<OfficeClock, Notice?> notice, bool cutOff) => On(name, (s, request) =>
    {
        var answer = ClockRules.Strike(request, office, new ClockRules.Look(
            World.Id(100 + request.Decisions.Count), s.Now, Above(office), cutOff ? ReachRules.Declared : null, ClockRules.ClockOf(request, office) is { } clock ? notice(clock) : null, World.UndoPeriod));
        answer.Allows(out var yes, out _);
        return Asked(s, name, answer) with { Said = yes?.State.Decisions.Count > request.Decisions.Count ? yes.State.Decisions[^1] : null };
    }, 3) with { Reach = (office, cutOff) };

    /// <summary>A silence as the worker would write it, and as somebody would who wants it to count.</summary>
    private IEnumerable<Move> Silences(string office)
    {
        foreach (var (by, of) in Notices(office))
            yield return Bring($"the silence of {office}, opened by {by}", s => Silence(s, office, of));
        yield return Bring($"the silence of {office}, opened by nobody", s => Silence(s, office, _ => null));
        yield return Bring($"the silence of {office}, cut off", s => Silence(s, office, Notices(office)[0].Of) with { CutOff = true });
        yield return Bring($"the silence of {office}, of other bytes", s => Silence(s, office, clock => Shown("ben", clock) with { PackageDigest = world.OtherDigest }) with { PackageDigest = world.OtherDigest, Clock = Clock(s, office, world.OtherDigest) });
        yield return Bring($"the silence of {office}, in an officer's name", s => Silence(s, office, Notices(office)[0].Of) with { Role = "clearing-officer" });
    }

    private static OfficerDecision Silence(Situation s, string office, Func<OfficeClock, Notice?> of)
    {
        var clock = Clock(s, office, s.Request!.PackageDigest);
        var notice = clock is null ? null : of(clock);
        return Word(s, new Capacity(SilenceRules.Prefix + (notice?.By.Person ?? "ben"), office), DecisionKind.DeemedCleared, SilenceRules.Role) with { Clock = clock, Notice = notice };
    }

    private IEnumerable<Move> Escalations(string office)
    {
        yield return Bring($"{office} is late", s => Escalation(s, office, ClockRules.Late));
        yield return Bring($"{office} is cut off", s => Escalation(s, office, ClockRules.CutOff) with { CutOff = true });
        yield return Bring($"{office} is late with other bytes", s => Escalation(s, office, ClockRules.Late) with { PackageDigest = world.OtherDigest, Clock = Clock(s, office, world.OtherDigest) });
        yield return Bring($"ben says that {office} is late", s => Escalation(s, office, "ben"));
        yield return Bring($"{office} is late, and nobody is above", s => Escalation(s, office, ClockRules.Late) with { ReferredTo = null });
    }

    private OfficerDecision Escalation(Situation s, string office, string by) =>
        Word(s, new Capacity(by, office), DecisionKind.Escalated, ClockRules.Role) with { Clock = Clock(s, office, s.Request!.PackageDigest), ReferredTo = Above(office), UndoUntil = s.Now };

    private IEnumerable<Move> PassingOver(HeldCapacity right, string office)
    {
        yield return Bring($"{Name(right)} passes over {office}", s => PassOver(s, right, office));
        if (office != "DESK") yield break;
        yield return Bring($"{Name(right)} passes over {office} without a word", s => PassOver(s, right, office) with { Comment = " " });
        yield return Bring($"{Name(right)} passes over {office} with other bytes", s => PassOver(s, right, office) with { PackageDigest = world.OtherDigest, Clock = Clock(s, office, world.OtherDigest) });
    }

    private static OfficerDecision PassOver(Situation s, HeldCapacity right, string office) =>
        Word(s, right.Capacity, DecisionKind.Bypassed, right.Role) with { PassedOver = office, Clock = Clock(s, office, s.Request!.PackageDigest), Comment = "They cannot be reached." };

    private IEnumerable<Move> Releases(HeldCapacity right)
    {
        yield return Bring($"{Name(right)} releases it at once", s => Release(s, right));
        yield return Bring($"{Name(right)} releases it at once by the roster", s => Release(s, right) with { DutyId = DutyId });
        yield return Bring($"{Name(right)} releases it at once without a word", s => Release(s, right) with { Comment = null });
        yield return Bring($"{Name(right)} releases it at once without a review", s => Release(s, right) with { ReviewBy = null });
        yield return Bring($"{Name(right)} releases other bytes at once", s => Release(s, right) with { PackageDigest = world.OtherDigest });
    }

    private static OfficerDecision Release(Situation s, HeldCapacity right) =>
        Word(s, right.Capacity, DecisionKind.ReleasedImmediately, right.Role) with { Comment = "It cannot wait.", ReviewBy = s.Now < World.Afternoon ? World.Afternoon : s.Now.AddDays(1) };

    private IEnumerable<Move> Reviews(HeldCapacity right)
    {
        yield return Review($"{Name(right)} upholds it", right, ReviewVerdict.Upheld, null);
        yield return Review($"{Name(right)} does not uphold it", right, ReviewVerdict.NotUpheld, "It could have waited.");
        yield return Review($"{Name(right)} does not uphold it and does not say why", right, ReviewVerdict.NotUpheld, null);
    }

    private Move Review(string name, HeldCapacity right, ReviewVerdict verdict, string? comment) => On(name, (s, request) =>
    {
        var given = new ReviewGiven(right.Capacity, right.Role, verdict, comment, s.Now);
        return Asked(s, name, rules.Review(request, given)) with { Given = given };
    });

    private Move Overdue => On("the review is overdue", (s, request) => Asked(s, "the review is overdue", ReviewRules.Overdue(request, s.Now)));

    private Move Closing => On("the account is closed", (s, request) => LapseRules.AccountStands(request) ? Asked(s, "the account is closed", LapseRules.Lapse(request, "account-closed", s.Now)) : null);

    private Move Bring(string name, Func<Situation, OfficerDecision> said) => On(name, (s, request) =>
    {
        var decision = said(s);
        return Asked(s, name, rules.Decide(request, decision)) with { Said = decision };
    }, 2);

    private static OfficerDecision Word(Situation s, Capacity by, DecisionKind kind, string role) =>
        new(World.Id(100 + s.Request!.Decisions.Count), by, kind, s.Request.PackageDigest, null, null, s.Now, s.Now + World.UndoPeriod, false, role);

    /// <summary>The office's clock as it stands, under whichever bytes.</summary>
    private static OfficeClock? Clock(Situation s, string office, string digest) =>
        s.Request!.Clocks.FirstOrDefault(c => c.Office == office) is { } clock ? clock with { PackageDigest = digest } : null;
}
