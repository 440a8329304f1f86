using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Clearance.Tests.Examples;
using static WorkflowPlatform.Clearance.Tests.Waiting;

namespace WorkflowPlatform.Clearance.Tests.Rules;

/// <summary>Whatever people, clocks and silence do in whatever order, with a clock that also steps back.</summary>
public sealed class AnyWaiting
{
    private static readonly string[] People = ["author", "desk", "desk-2", "above", "officer", "head"];
    private static readonly string[] Seats = ["DESK", "ABOVE", "CENTRAL"];
    private static readonly DecisionKind[] Words = [DecisionKind.Cleared, DecisionKind.Objected, DecisionKind.Overruled, DecisionKind.Referred, DecisionKind.Recused];
    private static readonly DecisionKind[] Yes = [DecisionKind.Cleared, DecisionKind.Overruled, DecisionKind.ReleasedImmediately];

    private sealed record Step(int Act, int Person, int Office, int Word, int Minutes, bool Odd);

    private static readonly Arbitrary<Step[]> Histories = (
        from act in Gen.Choose(0, 9)
        from person in Gen.Choose(0, 5)
        from office in Gen.Choose(0, 2)
        from word in Gen.Frequency((5, Gen.Constant(0)), (3, Gen.Choose(0, 4)))
        from minutes in Gen.Choose(-20, 45)
        from odd in Gen.Elements(true, false)
        select new Step(act, person, office, word, minutes, odd)).ArrayOf().ToArbitrary();

    [Fact]
    public void No_permit_rests_on_silence_and_passing_over_alone_or_on_a_contributor() => Prop.ForAll(Histories, steps =>
    {
        ReleasePermit? permit = null;
        var request = Live(steps, (_, _) => { }, issued => permit = issued);
        if (permit is null) return;
        permit.Decisions.ShouldContain(d => Yes.Contains(d.Kind));
        permit.Decisions.ShouldAllBe(d => !request.Contributors.Contains(d.Person) && d.Person != "silence:author");
        (ClearanceSheet.Of(request).IsCleared || permit.Decisions[^1].Kind is DecisionKind.ReleasedImmediately).ShouldBeTrue();
        permit.Decisions.Where(d => d.Kind is DecisionKind.Cleared or DecisionKind.Bypassed).Select(d => d.Person).GroupBy(p => p)
            .ShouldAllBe(own => own.Count() == 1 || permit.Decisions.Any(d => d.Kind == DecisionKind.Objected && d.Person == own.Key));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Every_step_stands_in_the_table_and_nothing_is_early_or_twice() => Prop.ForAll(Histories, steps =>
    {
        Live(steps, (before, accepted) =>
        {
            accepted.State.Version.ShouldBe(before.Version + 1);
            ClearanceStates.Table.Next(before.Status, accepted.Fact.GetType().Name).ShouldBe(accepted.State.Status, accepted.Fact.GetType().Name);
            if (accepted.Fact is ClearanceReminded r)
            {
                var clock = ClockRules.ClockOf(before, r.Office)!;
                r.Reminder.ShouldBeGreaterThan(clock.Reminders);
                // Where nobody is left to be asked in its place it is told at once that it is cut off.
                if (ClearanceSheet.Of(before).LinesBefore(r.Office).Any(line => line.State is LineState.Open && Above(r.Office) is { } above && line.Office != above && !line.StandIns.Contains(above)))
                    r.At.ShouldBeGreaterThanOrEqualTo(clock.HalfAt!.Value);
            }
            if (accepted.Fact is ClearanceEscalated { Cause: "late" } e) e.At.ShouldBeGreaterThanOrEqualTo(e.DueAt!.Value);
            if (accepted.Fact is SilenceCounted s) s.Notice.ShouldSatisfyAllConditions(n => n.NoticedBy.ShouldNotBe("author"), n => n.NoticedAt.ShouldBeLessThan(n.DueAt), n => n.DueAt.ShouldBeLessThanOrEqualTo(s.At));
        }, _ => { });
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    /// <summary>Else a text would stay cleared for ever and nobody would know why.</summary>
    [Fact]
    public void What_is_cleared_gets_its_permit_when_the_case_is_heard_again() => Prop.ForAll(Histories, steps =>
    {
        var request = Live(steps, (_, _) => { }, _ => { });
        if (request.Status is ClearanceStatus.Cleared) Permit(request, request.Standing!.UndoUntil);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static string? Above(string office) => office == "DESK" ? "ABOVE" : office == "ABOVE" ? "CENTRAL" : null;

    private static ClearanceRequest Live(Step[] steps, Action<ClearanceRequest, Accepted<ClearanceRequest>> onEach, Action<ReleasePermit> onPermit)
    {
        var (request, now, notices) = (OnClock(Lane.Immediate), Noon, new Dictionary<string, Notice>());
        foreach (var step in steps)
        {
            now = now.AddMinutes(step.Minutes);
            var (person, office) = (People[step.Person], Seats[step.Office]);
            if (step is { Act: 6 } && ClockRules.ClockOf(request, office) is { } turn) notices[office] = new Notice(new Capacity(person, office), now, turn.PackageDigest, turn.BegunAt);
            var answer = step.Act switch
            {
                0 or 1 or 2 => ClearanceRules.Decide(request, Decision(request, person, Words[step.Word], at: now, office: Words[step.Word] is DecisionKind.Overruled ? "CENTRAL" : office)),
                3 or 4 or 6 => ClockRules.Strike(request, office, Look(now, Above(office), step is { Odd: true, Act: 4 }, notices.GetValueOrDefault(office))),
                5 => ClearanceRules.Decide(request, Bypass(request, person, office, now)),
                7 when step.Odd => ClearanceRules.Decide(request, Immediate(request, person, now)),
                8 when step.Odd => ClearanceRules.Undo(request, new Capacity(person, office), now),
                8 => LapseRules.Lapse(request, "line:visas", now),
                _ => PermitOffice.Issue(request, Guid.CreateVersion7(now), now, permit =>
                {
                    onPermit(permit);
                    return "envelope";
                }),
            };
            if (!answer.Allows(out var accepted, out _)) continue;
            onEach(request, accepted);
            request = Wound(accepted.State, now);
        }
        return request;
    }
}
