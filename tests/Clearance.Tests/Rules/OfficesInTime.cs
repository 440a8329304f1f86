using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using static WorkflowPlatform.Clearance.Tests.Examples;
using static WorkflowPlatform.Clearance.Tests.Waiting;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class OfficesInTime
{
    /// <summary>For each guard an escalation that only this guard refuses: taken out, it would pass.</summary>
    private static readonly Dictionary<string, Func<ClearanceRequest, OfficerDecision, (ClearanceRequest, OfficerDecision)>> OnlyRefusedBy = new()
    {
        ["in-clearance"] = (r, d) => (r with { Status = ClearanceStatus.Lapsed }, d),
        ["same-text"] = (r, d) => (r, d with { PackageDigest = Other, Clock = d.Clock! with { PackageDigest = Other } }),
        ["window-open"] = (r, d) => (r, d with { At = r.NotAfter }),
        ["said-by-the-clock"] = (r, d) => (r, d with { By = new Capacity("officer", "DESK") }),
        ["waited-for"] = (r, d) => (Yes(ClearanceRules.Decide(r, Decision(r, "desk", DecisionKind.Objected, office: "DESK"))), d),
        ["time-over"] = (r, d) => (r, d with { At = Noon + Hour - TimeSpan.FromMilliseconds(1) }),
        ["somebody-above"] = (r, d) => (r, d with { ReferredTo = "DESK" }),
    };

    private static string Other => new('0', 64);

    [Fact]
    public void Every_guard_refuses_an_escalation_that_no_other_guard_would()
    {
        OnlyRefusedBy.Keys.ShouldBe(ClockRules.EscalationGuards.Select(g => g.Name), ignoreOrder: true);
        foreach (var (name, change) in OnlyRefusedBy)
        {
            var open = OnClock();
            var (request, decision) = change(open, Escalation(open));
            ClearanceRules.Decide(request, decision).Allows(out _, out _).ShouldBeFalse(name);
            ClearanceRules.Decide(request, decision, [.. ClockRules.EscalationGuards.Where(g => g.Name != name)]).Allows(out _, out _).ShouldBeTrue($"without {name}");
        }
    }

    [Fact]
    public void An_office_is_reminded_at_half_and_at_the_end_and_then_the_one_above_is_asked_each_once()
    {
        var request = OnClock();
        Struck(request, Noon.AddMinutes(29)).Facts.ShouldBeEmpty();
        (request, var half) = Struck(request, Noon.AddMinutes(30));
        half.ShouldHaveSingleItem().ShouldBeOfType<ClearanceReminded>().Reminder.ShouldBe(1);
        Struck(request, Noon.AddMinutes(59)).Facts.ShouldBeEmpty();
        (request, var end) = Struck(request, Noon + Hour);
        end.Select(f => f.GetType()).ShouldBe([typeof(ClearanceReminded), typeof(ClearanceEscalated)]);
        ((ClearanceEscalated)end[1]).ShouldSatisfyAllConditions(e => (e.From, e.To, e.Cause).ShouldBe(("DESK", "ABOVE", "late")), e => e.DueAt.ShouldBe(Noon + Hour));
        Struck(request, Noon.AddDays(1).AddHours(1)).Facts.ShouldBeEmpty();
    }

    [Fact]
    public void A_clock_that_steps_back_and_forth_does_nothing_twice_and_nothing_early()
    {
        var (request, told) = (OnClock(), new List<IFact>());
        foreach (var minute in new[] { 31, 5, 31, -60, 61, 29, 60, 0, 70, 59 })
        {
            (request, var facts) = Struck(request, Noon.AddMinutes(minute));
            told.AddRange(facts);
        }
        told.Select(f => f.GetType()).ShouldBe([typeof(ClearanceReminded), typeof(ClearanceReminded), typeof(ClearanceEscalated)]);
        told.ShouldAllBe(f => f.At >= Noon.AddMinutes(30));
    }

    [Fact]
    public void Who_slept_through_half_of_the_time_is_reminded_of_the_end_alone()
    {
        var facts = Struck(OnClock(), Noon.AddHours(3)).Facts;
        facts.OfType<ClearanceReminded>().Select(f => f.Reminder).ShouldBe([2]);
        facts[^1].ShouldBeOfType<ClearanceEscalated>();
    }

    [Fact]
    public void What_was_fixed_when_the_turn_began_stays_whatever_the_office_does_with_its_hours()
    {
        var request = OnClock();
        var later = ClockRules.Wind(request, Noon.AddMinutes(10), (_, _) => Noon.AddDays(9));
        later.Clocks.ShouldBe(request.Clocks);
    }

    [Fact]
    public void The_office_above_clears_in_place_of_the_late_one_which_still_may()
    {
        var request = Late(OnClock());
        ClearanceSheet.Of(request).LineOf("DESK")!.StandIns.ShouldBe(["ABOVE"]);
        Yes(ClearanceRules.Decide(request, Decision(request, "desk", office: "DESK", at: Noon.AddHours(2)))).Status.ShouldBe(ClearanceStatus.InClearance);
        var cleared = Yes(ClearanceRules.Decide(request, Decision(request, "above", office: "ABOVE", at: Noon.AddHours(2))));
        ClearanceSheet.Of(cleared).LineOf("DESK")!.State.ShouldBe(LineState.Cleared);
        No(ClearanceRules.Decide(cleared, Decision(cleared, "desk", office: "DESK", at: Noon.AddHours(2)))).ShouldBe(DecisionGuards.NotYourTurn);
        var all = Yes(ClearanceRules.Decide(cleared, Decision(cleared, "officer", at: Noon.AddHours(2))));
        Permit(all, Noon.AddHours(3)).Decisions.Select(d => (d.Person, d.Office, d.Kind)).ShouldBe(
            [("clock:late", "DESK", DecisionKind.Escalated), ("above", "ABOVE", DecisionKind.Cleared), ("officer", "CENTRAL", DecisionKind.Cleared)]);
    }

    [Fact]
    public void The_office_above_needs_as_many_of_its_own_people_and_the_two_are_not_mixed()
    {
        var request = Late(OnClock(offices: [("DESK", 1, 2)]));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "desk", office: "DESK")));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "above-1", office: "ABOVE")));
        request.Status.ShouldBe(ClearanceStatus.InClearance);
        Yes(ClearanceRules.Decide(request, Decision(request, "above-2", office: "ABOVE"))).Status.ShouldBe(ClearanceStatus.Cleared);
    }

    [Fact]
    public void What_the_office_above_said_for_itself_before_does_not_count_for_the_late_one()
    {
        var request = OnClock(offices: [("DESK", 1, 1), ("ABOVE", 1, 1)]);
        request = Late(Yes(ClearanceRules.Decide(request, Decision(request, "above", office: "ABOVE"))));
        (request.Status, ClearanceSheet.Of(request).LineOf("DESK")!.State).ShouldBe((ClearanceStatus.InClearance, LineState.Open));
        No(ClearanceRules.Decide(request, Decision(request, "above", office: "ABOVE"))).ShouldBe(DecisionGuards.AlreadyDecided);
        Yes(ClearanceRules.Decide(request, Decision(request, "above-2", office: "ABOVE"))).Status.ShouldBe(ClearanceStatus.Cleared);
    }

    /// <summary>Else one person would be two offices, on their one word.</summary>
    [Theory]
    [InlineData(1, "DESK")] // Side by side the vote is the office's own, and the late one is still waited for.
    [InlineData(2, "ABOVE")] // In sequence the late one is first.
    public void A_vote_in_a_late_office_s_place_is_not_also_the_office_s_own(int stage, string left)
    {
        var request = Late(OnClock(offices: [("DESK", 1, 1), ("ABOVE", stage, 1)]));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "above", office: "ABOVE", at: Noon + Hour)));
        request.Status.ShouldBe(ClearanceStatus.InClearance);
        ClearanceSheet.Of(request).Lines.Single(line => !line.IsCleared).ShouldSatisfyAllConditions(line => line.Office.ShouldBe(left), line => line.Given.ShouldBe(0));
        No(ClearanceRules.Decide(request, Decision(request, "above", office: "ABOVE", at: Noon + Hour))).ShouldBe(DecisionGuards.AlreadyDecided);
        request = Yes(ClearanceRules.Decide(request, Decision(request, "above-2", office: "ABOVE", at: Noon + Hour)));
        Permit(request, Noon.AddHours(2)).Decisions.Count(d => d.Kind is DecisionKind.Cleared).ShouldBe(2);
    }

    [Fact]
    public void Where_the_office_above_has_one_person_alone_the_sheet_says_who_is_awaited_and_the_other_ways_stay_open()
    {
        var request = Late(OnClock(offices: [("DESK", 1, 1), ("ABOVE", 2, 1)]));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "above", office: "ABOVE", at: Noon + Hour)));
        (ClearanceSheet.Of(request).IsAsked("ABOVE"), ClearanceSheet.Of(request).LineOf("ABOVE")!.State).ShouldBe((true, LineState.Open));
        var due = ClockRules.ClockOf(request, "ABOVE")!.DueAt!.Value;
        var (higher, facts) = Struck(request, due, "ABOVE", "TOP");
        facts[^1].ShouldBeOfType<ClearanceEscalated>().To.ShouldBe("TOP");
        Yes(ClearanceRules.Decide(higher, Decision(higher, "top", office: "TOP", at: due))).Status.ShouldBe(ClearanceStatus.Cleared);
        Yes(ClearanceRules.Decide(request, Bypass(request, office: "ABOVE", at: due))).Status.ShouldBe(ClearanceStatus.Cleared);

        request = Late(OnClock(offices: [("DESK", 1, 1), ("ABOVE", 1, 1)]));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "above", office: "ABOVE", at: Noon + Hour)));
        ClearanceSheet.Of(request).LineOf("DESK")!.ShouldSatisfyAllConditions(line => line.State.ShouldBe(LineState.Open), line => line.StandIns.ShouldBe(["ABOVE"]));
        Struck(request, Noon.AddHours(3), "ABOVE", "TOP").Facts[^1].ShouldBeOfType<ClearanceEscalated>().To.ShouldBe("TOP");
        Yes(ClearanceRules.Decide(request, Decision(request, "desk", office: "DESK", at: Noon + Hour))).Status.ShouldBe(ClearanceStatus.Cleared);
    }

    [Fact]
    public void A_vote_that_the_late_office_came_to_do_without_is_the_office_s_own()
    {
        var request = Late(OnClock(offices: [("DESK", 1, 2), ("ABOVE", 2, 1)]));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "above", office: "ABOVE", at: Noon + Hour)));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "desk", office: "DESK", at: Noon + Hour)));
        ClearanceSheet.Of(request).Lines.Select(line => (line.Office, line.Given, line.IsCleared)).ShouldBe([("DESK", 1, false), ("ABOVE", 0, false)]);
        request = Yes(ClearanceRules.Decide(request, Decision(request, "desk-2", office: "DESK", at: Noon + Hour)));
        Permit(request, Noon.AddHours(2)).Decisions.Count(d => d.Kind is DecisionKind.Cleared).ShouldBe(3);
    }

    [Fact]
    public void The_office_above_has_its_own_hour_and_then_the_next_one_is_asked_until_there_is_none()
    {
        var request = Late(OnClock());
        (request, var facts) = Struck(request, Noon + 2 * Hour, "ABOVE", "TOP");
        facts[^1].ShouldBeOfType<ClearanceEscalated>().To.ShouldBe("TOP");
        ClearanceSheet.Of(request).LineOf("DESK")!.StandIns.ShouldBe(["ABOVE", "TOP"]);
        (request, facts) = Struck(request, Noon + 3 * Hour, "TOP", above: null);
        facts.ShouldHaveSingleItem().ShouldBeOfType<ClearanceReminded>().Reminder.ShouldBe(2);
        Struck(request, Noon + 9 * Hour, "TOP", above: null).Facts.ShouldBeEmpty();
    }

    [Fact]
    public void An_office_above_may_object_or_leave_it_to_the_one_above_it()
    {
        var request = Late(OnClock());
        ClearanceSheet.Of(Yes(ClearanceRules.Decide(request, Decision(request, "above", DecisionKind.Objected, office: "ABOVE")))).LineOf("DESK")!.State.ShouldBe(LineState.Objected);
        var referred = Yes(ClearanceRules.Decide(request, Decision(request, "above", DecisionKind.Referred, office: "ABOVE") with { ReferredTo = "TOP" }));
        ClearanceSheet.Of(referred).LineOf("DESK")!.StandIns.ShouldBe(["ABOVE", "TOP"]);
    }

    [Fact]
    public void Of_several_offices_the_one_whose_time_is_over_first_is_told_and_only_while_it_is_waited_for()
    {
        var request = OnClock();
        var desk = ClockRules.ClockOf(request, "DESK")!;
        ClockRules.FirstDue(request, ClearanceSheet.Of(request), ["DESK"]).ShouldBe(desk);
        ClockRules.FirstDue(request, ClearanceSheet.Of(request), ["ABOVE"]).ShouldBeNull("it is not asked");
        var late = Late(request);
        var above = new OfficeClock("ABOVE", late.PackageDigest, Noon, null, desk.DueAt!.Value.AddMinutes(-1));
        var both = late with { Clocks = [.. late.Clocks.Where(c => c.Office != "ABOVE"), above] };
        ClockRules.FirstDue(both, ClearanceSheet.Of(both), ["DESK", "ABOVE"]).ShouldBe(above);
        ClockRules.FirstDue(both, ClearanceSheet.Of(both), ["DESK"])!.Office.ShouldBe("DESK", "the late one may still decide");
        var unlimited = both with { Clocks = [.. both.Clocks.Select(c => c with { DueAt = null })] };
        ClockRules.FirstDue(unlimited, ClearanceSheet.Of(unlimited), ["DESK", "ABOVE"]).ShouldBeNull();
        var cleared = Yes(ClearanceRules.Decide(both, Decision(both, "above", office: "ABOVE")));
        ClockRules.FirstDue(cleared, ClearanceSheet.Of(cleared), ["DESK", "ABOVE"]).ShouldBeNull();
    }

    [Fact]
    public void Who_was_cut_off_is_not_waited_for_and_who_objects_or_has_cleared_is_not_late()
    {
        Struck(OnClock(), Noon, cutOff: true).Facts.ShouldHaveSingleItem().ShouldBeOfType<ClearanceEscalated>().Cause.ShouldBe("cut-off");
        foreach (var cause in new[] { ReachRules.Declared, ReachRules.Unseen })
        {
            ClockRules.Strike(OnClock(), "DESK", Look(Noon) with { CutOff = cause }).Allows(out var escalated, out _).ShouldBeTrue();
            escalated!.Fact.ShouldBeOfType<ClearanceEscalated>().CutOff.ShouldBe(cause);
            (escalated.State.Decisions[^1].CutOff, escalated.State.Decisions[^1].CutOffCause).ShouldBe((true, cause));
        }
        var request = OnClock();
        Struck(Yes(ClearanceRules.Decide(request, Decision(request, "desk", DecisionKind.Objected, office: "DESK"))), Noon.AddHours(2)).Facts.ShouldBeEmpty();
        Struck(Yes(ClearanceRules.Decide(request, Decision(request, "desk", office: "DESK"))), Noon.AddHours(2)).Facts.ShouldBeEmpty();
    }

    [Fact]
    public void Whoever_has_to_wait_again_has_its_whole_hour_when_it_is_asked_again()
    {
        var request = OnClock();
        request = Yes(ClearanceRules.Decide(request, Decision(request, "desk", office: "DESK", at: Noon)));
        ClockRules.ClockOf(request, "CENTRAL")!.DueAt.ShouldBe(Noon + Hour);
        request = Yes(ClearanceRules.Decide(request, Decision(request, "desk", DecisionKind.Objected, office: "DESK", at: Noon.AddMinutes(10))));
        ClockRules.ClockOf(request, "CENTRAL").ShouldBeNull();
        request = Yes(ClearanceRules.Decide(request, Decision(request, "desk", office: "DESK", at: Noon.AddMinutes(20))));
        ClockRules.ClockOf(request, "CENTRAL")!.DueAt.ShouldBe(Noon.AddMinutes(80));
    }

    private static OfficerDecision Escalation(ClearanceRequest request) => new(
        Guid.CreateVersion7(Noon), new Capacity(ClockRules.Late, "DESK"), DecisionKind.Escalated, request.PackageDigest, null, null, Noon + Hour, Noon + Hour,
        Role: ClockRules.Role, ReferredTo: "ABOVE") { Clock = ClockRules.ClockOf(request, "DESK") };
}
