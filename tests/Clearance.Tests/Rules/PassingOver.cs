using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using static WorkflowPlatform.Clearance.Tests.Examples;
using static WorkflowPlatform.Clearance.Tests.Waiting;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class PassingOver
{
    /// <summary>For each guard an act that only this guard refuses: taken out, it would pass.</summary>
    private static readonly Dictionary<string, Func<ClearanceRequest, OfficerDecision, (ClearanceRequest, OfficerDecision)>> OnlyRefusedBy = new()
    {
        ["in-clearance"] = (r, d) => (r with { Status = ClearanceStatus.Lapsed }, d),
        ["same-text"] = (r, d) => (r, d with { PackageDigest = new string('0', 64), Clock = d.Clock! with { PackageDigest = new string('0', 64) } }),
        ["window-open"] = (r, d) => (r, d with { At = r.NotAfter }),
        ["account-stands"] = (r, d) => (r with { Lapses = [new Lapse("account-closed", Noon, 0)] }, d),
        ["policy-allows"] = (r, d) => (r, d with { Role = Roles.ClearingOfficer }),
        ["right-office"] = (r, d) => (r, d with { By = new Capacity("head", "ELSEWHERE") }),
        ["waited-for"] = (r, d) => (Yes(ClearanceRules.Decide(r, Decision(r, "desk", DecisionKind.Objected, office: "DESK"))), d),
        ["missing"] = (r, d) => (r, d with { At = Noon.AddMinutes(59) }),
        ["no-contributor"] = (r, d) => (r with { Contributors = ["author", "head"] }, d),
        ["no-delegate-of-a-contributor"] = (r, d) => (r, d with { By = new Capacity("head", "CENTRAL", "author") }),
        ["not-recused"] = (r, d) => (r with { Decisions = [Decision(r, "head", DecisionKind.Recused)] }, d),
        ["one-person-one-say"] = (_, _) => TwoAtOnce() is var two ? (Yes(ClearanceRules.Decide(two, Decision(two, "head"))), Bypass(two)) : default,
        ["somebody-clears"] = (_, _) => OnClock(offices: [("DESK", 1, 1)]) is var alone ? (alone, Bypass(alone)) : default,
        ["says-why"] = (r, d) => (r, d with { Comment = " " }),
    };

    [Fact]
    public void Every_guard_refuses_an_act_that_no_other_guard_would()
    {
        OnlyRefusedBy.Keys.ShouldBe(BypassRules.Guards.Select(g => g.Name), ignoreOrder: true);
        foreach (var (name, change) in OnlyRefusedBy)
        {
            var open = OnClock();
            var (request, decision) = change(open, Bypass(open));
            ClearanceRules.Decide(request, decision).Allows(out _, out _).ShouldBeFalse(name);
            ClearanceRules.Decide(request, decision, [.. BypassRules.Guards.Where(g => g.Name != name)]).Allows(out _, out _).ShouldBeTrue($"without {name}");
        }
    }

    [Fact]
    public void An_office_that_is_late_is_passed_over_by_name_and_with_a_reason()
    {
        var request = OnClock();
        var passed = Told(ClearanceRules.Decide(request, Bypass(request)));
        passed.Fact.ShouldBeOfType<OfficeBypassed>().ShouldSatisfyAllConditions(f => f.Office.ShouldBe("DESK"), f => f.By.Person.ShouldBe("head"));
        ClearanceSheet.Of(passed.State).LineOf("DESK")!.State.ShouldBe(LineState.Bypassed);
        No(ClearanceRules.Decide(passed.State, Decision(passed.State, "head", at: Noon + Hour))).ShouldBe(DecisionGuards.AlreadyDecided);
        var cleared = Yes(ClearanceRules.Decide(passed.State, Decision(passed.State, "officer", at: Noon + Hour)));
        Permit(cleared, Noon.AddHours(2)).Decisions.Select(d => (d.Person, d.Kind)).ShouldBe([("head", DecisionKind.Bypassed), ("officer", DecisionKind.Cleared)]);
    }

    [Fact]
    public void The_fact_that_clears_it_names_the_office_when_that_was_the_last()
    {
        var request = TwoAtOnce();
        request = Yes(ClearanceRules.Decide(request, Decision(request, "officer")));
        var passed = Told(ClearanceRules.Decide(request, Bypass(request)));
        passed.Fact.ShouldBeOfType<PackageCleared>().ShouldSatisfyAllConditions(f => f.Kind.ShouldBe(DecisionKind.Bypassed), f => f.PassedOver.ShouldBe("DESK"));
        Permit(passed.State, Noon.AddHours(2)).Decisions.Count.ShouldBe(2);
        ClearanceRules.Undo(passed.State, new Capacity("head", "CENTRAL"), Noon + Hour).Allows(out var undone, out _).ShouldBeTrue();
        ClearanceSheet.Of(undone!.State).LineOf("DESK")!.State.ShouldBe(LineState.Open);
    }

    [Fact]
    public void An_office_that_was_passed_over_can_still_object()
    {
        var request = OnClock();
        request = Yes(ClearanceRules.Decide(request, Bypass(request)));
        ClearanceSheet.Of(Yes(ClearanceRules.Decide(request, Decision(request, "desk", DecisionKind.Objected, office: "DESK", at: Noon.AddHours(2))))).HasObjections.ShouldBeTrue();
    }

    private static ClearanceRequest TwoAtOnce() => OnClock(offices: [("DESK", 1, 1), ("CENTRAL", 1, 1)]);
}
