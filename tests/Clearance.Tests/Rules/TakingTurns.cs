using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using static WorkflowPlatform.Clearance.Tests.Examples;
using static WorkflowPlatform.Clearance.Tests.Waiting;

namespace WorkflowPlatform.Clearance.Tests.Rules;

/// <summary>An office's time and what it was shown are of one turn: another text, changed facts or another office's matter begin another.</summary>
public sealed class TakingTurns
{
    private static readonly (string, int, int)[] SideBySide = [("DESK", 1, 1), ("CENTRAL", 1, 1)];
    private static readonly DateTimeOffset Late = Noon + Hour, AtFifty = Noon.AddMinutes(50);

    [Fact]
    public void Silence_that_ran_on_one_text_never_counts_for_the_text_that_it_was_changed_into()
    {
        var before = OnClock(offices: SideBySide);
        var (notice, amended) = (Noticed()(before), Amended(before, AtFifty));
        (amended.PackageDigest, Clock(amended).BegunAt, Clock(amended).Reminders).ShouldBe((new string('a', 64), AtFifty.AddSeconds(20), 0));
        Struck(amended, Late).Facts.ShouldBeEmpty("its time has only begun");

        var due = Clock(amended).DueAt!.Value;
        due.ShouldBe(AtFifty.AddSeconds(20) + Hour);
        Struck(amended, due, notice: _ => notice).Facts[^1].ShouldBeOfType<ClearanceEscalated>();
        Struck(amended, due, notice: _ => notice with { At = due.AddMinutes(-5) }).Facts[^1].ShouldBeOfType<ClearanceEscalated>("shown the old text, whenever that was written down");
        Struck(amended, due, notice: _ => notice with { At = due.AddMinutes(-5), TurnAt = Clock(amended).BegunAt }).Facts[^1].ShouldBeOfType<ClearanceEscalated>();
        Struck(amended, due, notice: Noticed(at: due.AddMinutes(-5))).Facts[^1].ShouldBeOfType<SilenceCounted>();
    }

    [Fact]
    public void A_silence_with_the_clock_of_the_text_before_is_not_written_down_and_gets_no_permit()
    {
        var before = OnClock(offices: SideBySide);
        var silence = Struck(before, Late, notice: Noticed()).Request.Decisions[^1];
        var amended = Amended(before, AtFifty);
        var stolen = silence with { PackageDigest = amended.PackageDigest };
        No(ClearanceRules.Decide(amended, stolen)).ShouldBe(ClearanceRules.NotDue);
        No(ClearanceRules.Decide(amended, stolen with { Clock = stolen.Clock! with { PackageDigest = amended.PackageDigest } })).ShouldBe(SilenceRules.NotNoticed);

        var cleared = Yes(ClearanceRules.Decide(amended, Decision(amended, "officer-2", at: Late))) with { Status = ClearanceStatus.Cleared };
        var forged = cleared with { Decisions = [.. cleared.Decisions, stolen] };
        PermitOffice.Draw(forged, Guid.CreateVersion7(Noon), Late.AddHours(1), out var refusal).ShouldBeNull();
        refusal.ShouldBe(ClearanceRules.NotDue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void When_what_a_text_rests_on_changes_silence_begins_anew_whether_anybody_had_spoken_or_not(bool spoken)
    {
        var before = OnClock(offices: SideBySide);
        if (spoken) before = Yes(ClearanceRules.Decide(before, Decision(before, "officer")));
        var (notice, lapsed) = (Noticed()(before), Told(LapseRules.Lapse(before, "line:visas", AtFifty)).State);
        lapsed.PackageDigest.ShouldBe(before.PackageDigest);
        (Clock(lapsed).BegunAt, Clock(lapsed).DueAt).ShouldBe((AtFifty, AtFifty + Hour));
        Struck(lapsed, Late).Facts.ShouldBeEmpty();
        Struck(lapsed, AtFifty + Hour, notice: _ => notice with { At = AtFifty }).Facts[^1].ShouldBeOfType<ClearanceEscalated>("read before and written down after");
        Struck(lapsed, AtFifty + Hour, notice: Noticed(at: AtFifty)).Facts[^1].ShouldBeOfType<SilenceCounted>();
    }

    [Fact]
    public void Where_silence_counts_for_nothing_and_nobody_has_spoken_nothing_lapses() =>
        No(LapseRules.Lapse(OnClock(silence: false), "line:visas", AtFifty)).ShouldBe(LapseRules.NothingLapses);

    [Fact]
    public void An_office_that_is_asked_in_anothers_place_has_its_own_time_from_then_on()
    {
        var asked = Waiting.Late(OnClock());
        Clock(asked, "ABOVE").ShouldSatisfyAllConditions(c => c.BegunAt.ShouldBe(Late), c => c.DueAt.ShouldBe(Late + Hour), c => c.For.ShouldBe(["DESK"]));
        Struck(asked, Late.AddMinutes(59), "ABOVE", "CENTRAL").Facts.OfType<ClearanceEscalated>().ShouldBeEmpty();
        Struck(asked, Late + Hour, "ABOVE", "CENTRAL").Facts[^1].ShouldBeOfType<ClearanceEscalated>().To.ShouldBe("CENTRAL");
    }

    [Fact]
    public void Also_when_it_is_at_work_on_its_own_account_already_or_its_time_is_long_over()
    {
        var request = OnClock(silence: false, offices: SideBySide);
        request = Struck(request, Late, "CENTRAL", above: null).Request;
        Clock(request, "CENTRAL").Stopped.ShouldBeTrue();
        var asked = Struck(request, Late.AddMinutes(5), above: "CENTRAL").Request;
        Clock(asked, "CENTRAL").ShouldSatisfyAllConditions(c => c.BegunAt.ShouldBe(Late.AddMinutes(5)), c => c.Stopped.ShouldBeFalse(), c => c.Reminders.ShouldBe(0), c => c.For.ShouldBe(["CENTRAL", "DESK"]));
        Wound(asked, Late.AddMinutes(30)).Clocks.ShouldBe(asked.Clocks, "once");
    }

    [Fact]
    public void The_time_spent_in_anothers_place_is_not_taken_off_its_own()
    {
        var asked = Struck(OnClock(offices: [("DESK", 1, 1), ("ABOVE", 2, 1), ("CENTRAL", 3, 1)]), Late).Request;
        var own = Told(ClearanceRules.Decide(asked, Decision(asked, "desk", office: "DESK", at: Late.AddMinutes(50)))).State;
        Clock(own, "ABOVE").ShouldSatisfyAllConditions(c => c.BegunAt.ShouldBe(Late.AddMinutes(50)), c => c.For.ShouldBe(["ABOVE"]));
        Notice Above(OfficeClock turn) => new(new Capacity("above", "ABOVE"), Late.AddMinutes(55), turn.PackageDigest, turn.BegunAt);
        Struck(own, Late + Hour, "ABOVE", "CENTRAL", notice: _ => Above(Clock(asked, "ABOVE"))).Facts.ShouldBeEmpty();
        Struck(own, Late.AddMinutes(110), "ABOVE", "CENTRAL", notice: _ => Above(Clock(asked, "ABOVE"))).Facts[^1].ShouldBeOfType<ClearanceEscalated>();
        Struck(own, Late.AddMinutes(110), "ABOVE", "CENTRAL", notice: r => Above(Clock(r, "ABOVE"))).Facts[^1].ShouldBeOfType<SilenceCounted>();
    }

    [Fact]
    public void A_matter_that_is_left_taken_back_and_left_again_begins_its_time_again()
    {
        var request = OnClock(offices: [("ABOVE", 1, 1), ("DESK", 1, 1)]);
        var left = Told(ClearanceRules.Decide(request, Up(request, AtFifty))).State;
        var back = Told(ClearanceRules.Undo(left, new Capacity("desk", "DESK"), AtFifty.AddSeconds(15))).State;
        Clock(back, "ABOVE").ShouldSatisfyAllConditions(c => c.BegunAt.ShouldBe(AtFifty), c => c.For.ShouldBe(["ABOVE"]));
        var again = Told(ClearanceRules.Decide(back, Up(back, AtFifty.AddSeconds(18)))).State;
        Clock(again, "ABOVE").ShouldSatisfyAllConditions(c => c.BegunAt.ShouldBe(AtFifty.AddSeconds(18)), c => c.For.ShouldBe(["ABOVE", "DESK"]));
    }

    [Fact]
    public void A_matter_that_is_left_to_an_office_begins_its_time_and_is_not_answered_by_its_earlier_silence()
    {
        (string, int, int)[] three = [("ABOVE", 1, 1), ("CENTRAL", 1, 1), ("DESK", 1, 1)];
        var request = OnClock(offices: three);
        var left = Told(ClearanceRules.Decide(request, Up(request, AtFifty))).State;
        Clock(left, "ABOVE").ShouldSatisfyAllConditions(c => c.BegunAt.ShouldBe(AtFifty), c => c.For.ShouldBe(["ABOVE", "DESK"]));

        request = Yes(ClearanceRules.Decide(request, Decision(request, "officer")));
        Notice Above(ClearanceRequest r) => new(new Capacity("above", "ABOVE"), Noon, r.PackageDigest, Clock(r, "ABOVE").BegunAt);
        request = Struck(request, Late, "ABOVE", above: null, notice: Above).Request;
        ClearanceSheet.Of(request).LineOf("ABOVE")!.State.ShouldBe(LineState.Deemed);
        var after = Told(ClearanceRules.Decide(request, Up(request, Late))).State;
        (after.Status, ClearanceSheet.Of(after).Lines.Single(l => l.Office == "ABOVE").State, Clock(after, "ABOVE").BegunAt).ShouldBe((ClearanceStatus.InClearance, LineState.Open, Late));
    }

    [Fact]
    public void An_office_whose_word_was_asked_for_does_not_become_silent_through_the_one_above()
    {
        var request = OnClock(offices: [("ABOVE", 1, 1), ("CENTRAL", 1, 1), ("DESK", 1, 1)]);
        request = request with { Route = request.Route with { Required = [.. request.Route.Required.Select(r => r with { SilenceCounts = r.Office == "ABOVE" })] } };
        request = Yes(ClearanceRules.Decide(request, Decision(request, "officer")));
        Struck(request, Late, "ABOVE", above: null, notice: Above).Facts[^1].ShouldBeOfType<SilenceCounted>();
        var left = Told(ClearanceRules.Decide(request, Decision(request, "desk", DecisionKind.Referred, office: "DESK") with { ReferredTo = "ABOVE" })).State;
        Struck(left, Late, "ABOVE", above: null, notice: Above).Facts.ShouldAllBe(f => f is ClearanceReminded);

        static Notice Above(ClearanceRequest r) => new(new Capacity("above", "ABOVE"), Noon, r.PackageDigest, Clock(r, "ABOVE").BegunAt);
    }

    [Fact]
    public void An_office_whose_only_word_is_gone_with_who_gave_it_is_asked_anew_and_one_that_takes_it_back_is_not()
    {
        var open = OnClock(offices: SideBySide);
        var cleared = Told(ClearanceRules.Decide(open, Decision(open, "desk", office: "DESK", at: AtFifty))).State;
        var aside = Told(ClearanceRules.Decide(cleared, Decision(cleared, "desk", DecisionKind.Recused, office: "CENTRAL", at: Late.AddHours(1)))).State;
        Clock(aside).BegunAt.ShouldBe(Late.AddHours(1));
        Wound(aside, Late.AddHours(2)).Clocks.ShouldBe(aside.Clocks, "once");
        Struck(aside, Late.AddHours(1), notice: _ => Noticed()(cleared)).Facts.ShouldBeEmpty("it has only been asked");

        var undone = Told(ClearanceRules.Undo(cleared, new Capacity("desk", "DESK"), AtFifty.AddSeconds(5))).State;
        Clock(undone).BegunAt.ShouldBe(Noon);
    }

    private static OfficeClock Clock(ClearanceRequest request, string office = "DESK") => ClockRules.ClockOf(request, office).ShouldNotBeNull(office);

    /// <summary>Another officer changes the text, and the period for undoing passes.</summary>
    private static ClearanceRequest Amended(ClearanceRequest before, DateTimeOffset at)
    {
        var open = before with { Route = before.Route with { Amendable = [AmendmentRules.Text] } };
        var amending = new AmendmentRules.Amending(open, Decision(open, kind: DecisionKind.ClearedAsAmended, at: at), Package(), new Changes("The consular hall opens at ten."));
        var made = Told(AmendmentRules.Amend(amending, AmendmentRules.Draw(amending, new string('2', 32), out _)!, new string('a', 64), 1, open.Route)).State;
        return Told(AmendmentRules.Apply(made, at.AddSeconds(20))).State;
    }

    private static OfficerDecision Up(ClearanceRequest r, DateTimeOffset at) => Decision(r, "desk", DecisionKind.Referred, office: "DESK", at: at) with { ReferredTo = "ABOVE" };
}
