using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using static WorkflowPlatform.Clearance.Tests.Examples;
using static WorkflowPlatform.Clearance.Tests.Waiting;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class CountingSilence
{
    private static readonly DateTimeOffset End = Noon + Hour;

    /// <summary>For each guard a silence that only this guard refuses: taken out, it would count.</summary>
    private static readonly Dictionary<string, Func<ClearanceRequest, OfficerDecision, (ClearanceRequest, OfficerDecision)>> OnlyRefusedBy = new()
    {
        ["in-clearance"] = (r, d) => (r with { Status = ClearanceStatus.Lapsed }, d),
        ["same-text"] = (r, d) => (r, d with { PackageDigest = new string('0', 64), Clock = d.Clock! with { PackageDigest = new string('0', 64) }, Notice = d.Notice! with { PackageDigest = new string('0', 64) } }),
        ["window-open"] = (r, d) => (r, d with { At = r.NotAfter }),
        ["account-stands"] = (r, d) => (r with { Lapses = [new Lapse("account-closed", Noon, 0)] }, d),
        ["said-by-nobody"] = (r, d) => (r, d with { Role = "clearing-officer" }),
        ["policy-allows"] = (_, _) => OnClock(silence: false) is var strict ? (strict, Silence(strict)) : default,
        ["waited-for"] = (r, d) => (Yes(ClearanceRules.Decide(r, Decision(r, "desk", DecisionKind.Objected, office: "DESK"))), d),
        ["not-escalated"] = (r, d) => (Late(r), d),
        ["not-cut-off"] = (r, d) => (r, d with { CutOff = true }),
        ["time-over"] = (r, d) => (r, d with { At = End.AddMilliseconds(-1) }),
        ["noticed"] = (r, d) => (r, d with { Notice = null }),
        ["noticed-in-this-turn"] = (r, d) => (r, d with { Notice = d.Notice! with { PackageDigest = new string('0', 64) } }),
        ["noticed-by-no-contributor"] = (r, d) => (r with { Contributors = ["author", "desk"] }, d),
        ["somebody-clears"] = (_, _) => OnClock(offices: [("DESK", 1, 1)]) is var alone ? (alone, Silence(alone)) : default,
    };

    [Fact]
    public void Every_guard_refuses_a_silence_that_no_other_guard_would()
    {
        OnlyRefusedBy.Keys.ShouldBe(SilenceRules.Guards.Select(g => g.Name), ignoreOrder: true);
        foreach (var (name, change) in OnlyRefusedBy)
        {
            var open = OnClock();
            var (request, decision) = change(open, Silence(open));
            ClearanceRules.Decide(request, decision).Allows(out _, out _).ShouldBeFalse(name);
            ClearanceRules.Decide(request, decision, [.. SilenceRules.Guards.Where(g => g.Name != name)]).Allows(out _, out _).ShouldBeTrue($"without {name}");
        }
    }

    [Fact]
    public void A_proven_notice_and_the_end_of_the_clock_count_as_no_objection_labelled_for_ever()
    {
        var (request, facts) = Struck(OnClock(), End, notice: Noticed());
        var counted = facts[^1].ShouldBeOfType<SilenceCounted>();
        (counted.Office, counted.Notice).ShouldBe(("DESK", new SilenceNotice("desk", Noon.AddMinutes(10), End) { BegunAt = Noon }));
        ClearanceSheet.Of(request).LineOf("DESK")!.State.ShouldBe(LineState.Deemed);
        var cleared = Yes(ClearanceRules.Decide(request, Decision(request, "officer", at: End)));
        Permit(cleared, End.AddMinutes(1)).Decisions[0].ShouldSatisfyAllConditions(
            d => (d.Person, d.Office, d.ActingFor, d.Kind).ShouldBe(("silence:desk", "DESK", null, DecisionKind.DeemedCleared)));
    }

    [Fact]
    public void The_fact_that_clears_it_carries_the_proof_when_silence_comes_last()
    {
        var request = OnClock(offices: [("DESK", 1, 1), ("CENTRAL", 1, 1)]);
        request = Yes(ClearanceRules.Decide(request, Decision(request, "officer")));
        (request, var facts) = Struck(request, End, notice: Noticed());
        facts[^1].ShouldBeOfType<PackageCleared>().ShouldSatisfyAllConditions(
            f => f.Kind.ShouldBe(DecisionKind.DeemedCleared), f => f.Silence.ShouldBe(new SilenceNotice("desk", Noon.AddMinutes(10), End) { BegunAt = Noon }));
        Permit(request, End.AddSeconds(20)).Decisions.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(60)]
    [InlineData(61)]
    public void A_notice_before_its_turn_or_after_its_time_proves_nothing(int minute) =>
        Struck(OnClock(), End.AddMinutes(1), notice: Noticed(at: Noon.AddMinutes(minute))).Facts[^1].ShouldBeOfType<ClearanceEscalated>();

    [Fact]
    public void Without_notice_without_leave_and_when_cut_off_silence_is_not_consent()
    {
        Struck(OnClock(), End).Facts[^1].ShouldBeOfType<ClearanceEscalated>();
        Struck(OnClock(silence: false), End, notice: Noticed()).Facts[^1].ShouldBeOfType<ClearanceEscalated>();
        Struck(OnClock(), End, cutOff: true, notice: Noticed()).Facts[^1].ShouldBeOfType<ClearanceEscalated>();
        Struck(OnClock(), End, notice: Noticed("author")).Facts[^1].ShouldBeOfType<ClearanceEscalated>();
        Struck(OnClock(), End, notice: Noticed("deputy", "author")).Facts[^1].ShouldBeOfType<ClearanceEscalated>();
    }

    [Fact]
    public void An_objection_within_the_period_opens_it_again_and_is_not_heard_after_it_nor_from_others()
    {
        var request = OnClock(offices: [("DESK", 1, 1), ("CENTRAL", 1, 1)]);
        request = Struck(Yes(ClearanceRules.Decide(request, Decision(request, "officer"))), End, notice: Noticed()).Request;
        request.Status.ShouldBe(ClearanceStatus.Cleared);
        OfficerDecision Against(int seconds, string office = "DESK") => Decision(request, "desk-2", DecisionKind.Objected, office: office, at: End.AddSeconds(seconds));
        No(ClearanceRules.Decide(request, Against(20))).Code.ShouldBe("clearance.not-in-clearance");
        No(ClearanceRules.Decide(request, Against(5, "CENTRAL"))).Code.ShouldBe("clearance.not-in-clearance");
        var against = Told(ClearanceRules.Decide(request, Against(19)));
        (against.State.Status, ClearanceSheet.Of(against.State).LineOf("DESK")!.State).ShouldBe((ClearanceStatus.InClearance, LineState.Objected));
        ClearanceStates.Table.Next(ClearanceStatus.Cleared, against.Fact.GetType().Name).ShouldBe(ClearanceStatus.InClearance);
        var overruled = Yes(ClearanceRules.Decide(against.State, Decision(against.State, "head", DecisionKind.Overruled, at: End.AddMinutes(1))));
        Permit(overruled, End.AddMinutes(2)).Decisions.Select(d => d.Kind).ShouldBe([DecisionKind.Cleared, DecisionKind.DeemedCleared, DecisionKind.Objected, DecisionKind.Overruled]);
    }

    /// <summary>Else it would lie in the queue for ever: cleared by all, and nothing that could move it.</summary>
    [Fact]
    public void An_objection_that_disowned_a_silence_is_not_taken_back_but_cleared_after_all()
    {
        var request = OnClock(offices: [("DESK", 1, 1), ("CENTRAL", 1, 1)]);
        request = Struck(Yes(ClearanceRules.Decide(request, Decision(request, "officer"))), End, notice: Noticed()).Request;
        request = Yes(ClearanceRules.Decide(request, Decision(request, "desk", DecisionKind.Objected, office: "DESK", at: End)));
        No(ClearanceRules.Undo(request, new Capacity("desk", "DESK"), End.AddSeconds(1))).ShouldBe(ClearanceRules.ObjectionStands);
        Permit(Yes(ClearanceRules.Decide(request, Decision(request, "desk", office: "DESK", at: End.AddSeconds(1)))), End.AddMinutes(1)).Decisions.Count.ShouldBe(4);
    }

    [Fact]
    public void Whoever_leaves_a_matter_to_an_office_that_was_silent_leaves_it_open()
    {
        var request = Struck(OnClock(offices: [("DESK", 1, 1), ("CENTRAL", 1, 1)]), End, notice: Noticed()).Request;
        var up = Decision(request, "officer", DecisionKind.Referred, at: End) with { ReferredTo = "DESK" };
        var left = Yes(ClearanceRules.Decide(request, up));
        (left.Status, ClearanceSheet.Of(left).Lines.ShouldHaveSingleItem().State).ShouldBe((ClearanceStatus.InClearance, LineState.Open));
    }

    [Fact]
    public void A_silence_written_into_the_row_without_its_proof_gets_no_permit()
    {
        var request = OnClock(offices: [("DESK", 1, 1), ("CENTRAL", 1, 1)]);
        request = Struck(Yes(ClearanceRules.Decide(request, Decision(request, "officer"))), End, notice: Noticed()).Request;
        var forged = request with { Decisions = [.. request.Decisions.Select(d => d with { Notice = null })] };
        PermitOffice.Draw(forged, Guid.CreateVersion7(End), End.AddMinutes(1), out var refusal).ShouldBeNull();
        refusal.ShouldBe(SilenceRules.NotNoticed);
    }

    private static OfficerDecision Silence(ClearanceRequest request) => new(
        Guid.CreateVersion7(Noon), new Capacity("silence:desk", "DESK"), DecisionKind.DeemedCleared, request.PackageDigest, null, null, End, End.AddSeconds(20), Role: SilenceRules.Role)
    {
        Clock = ClockRules.ClockOf(request, "DESK"), Notice = Noticed()(request),
    };
}
