using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class Deciding
{
    /// <summary>For each guard a decision that only this guard refuses: taken out, it would pass.</summary>
    private static readonly Dictionary<string, (ClearanceRequest Request, OfficerDecision Decision)> OnlyRefusedBy = new()
    {
        ["in-clearance"] = Case(request => request with { Status = ClearanceStatus.Lapsed }, d => d),
        ["same-text"] = Case(request => request, d => d with { PackageDigest = new string('0', 64) }),
        ["window-open"] = Case(request => request, d => d with { At = Noon.AddHours(26) }),
        ["account-stands"] = Case(request => request with { Lapses = [new Lapse("account-closed", Noon, 0)] }, d => d),
        ["right-office"] = Case(request => request, d => d with { By = new Capacity("officer", "KBL") }),
        ["right-role"] = Case(request => request, d => d with { Role = Roles.HeadOfUnit }),
        ["your-turn"] = Case(_ => OpenOn(Route(("HUB", 1, 1), ("CENTRAL", 2, 1))), d => d),
        ["no-contributor"] = Case(request => request with { Contributors = ["author", "officer"] }, d => d),
        ["no-delegate-of-a-contributor"] = Case(request => request, d => d with { By = new Capacity("officer", "CENTRAL", "author") }),
        ["not-recused"] = Case(request => request with { Decisions = [Decision(request, kind: DecisionKind.Recused)] }, d => d),
        ["one-person-one-vote"] = Case(_ => OpenOn(Route(("CENTRAL", 1, 2))) is var two ? two with { Decisions = [Decision(two)] } : two, d => d),
        ["left-to-another"] = Case(
            _ => OpenOn(Route(("DESK", 1, 1), ("CENTRAL", 1, 1))) is var left ? left with { Decisions = [Decision(left, kind: DecisionKind.Referred, office: "DESK") with { ReferredTo = "CENTRAL" }] } : left, d => d),
        ["anothers-objection"] = Case(
            request => request with { Decisions = [Decision(request, kind: DecisionKind.Objected)] }, d => d with { Kind = DecisionKind.Overruled, Role = Roles.HeadOfUnit, Comment = "It is agreed." }),
        ["objection-there"] = Case(request => request, d => d with { Kind = DecisionKind.Overruled, Role = Roles.HeadOfUnit, Comment = "It is agreed." }),
        ["referred-upwards"] = Case(request => request, d => d with { Kind = DecisionKind.Referred, Comment = "Above us." }),
        ["says-why"] = Case(request => request, d => d with { Kind = DecisionKind.Objected }),
        ["return-has-reason"] = Case(request => request, d => d with { Kind = DecisionKind.Returned, Comment = "Name the committee." }),
        ["amendment-brings-text"] = Case(request => request, d => d with { Kind = DecisionKind.ClearedAsAmended, Comment = "The hour." }),
    };

    [Fact]
    public void An_officer_who_wrote_none_of_it_clears_the_text_they_saw()
    {
        var request = Open();
        ClearanceRules.Decide(request, Decision(request)).Allows(out var accepted, out _).ShouldBeTrue();
        accepted!.State.Status.ShouldBe(ClearanceStatus.Cleared);
        accepted.Fact.ShouldBeOfType<PackageCleared>().By.ShouldBe(new Capacity("officer", "CENTRAL"));
    }

    [Fact]
    public void Every_guard_refuses_a_decision_that_no_other_guard_would()
    {
        OnlyRefusedBy.Keys.ShouldBe(DecisionGuards.All.Select(g => g.Name), ignoreOrder: true);
        foreach (var (name, (request, decision)) in OnlyRefusedBy)
        {
            ClearanceRules.Decide(request, decision).Allows(out _, out _).ShouldBeFalse(name);
            ClearanceRules.Decide(request, decision, [.. DecisionGuards.All.Where(g => g.Name != name)]).Allows(out _, out _).ShouldBeTrue($"without {name}");
        }
    }

    [Fact]
    public void The_first_refusal_is_the_answer()
    {
        var request = Open() with { Status = ClearanceStatus.Lapsed };
        ClearanceRules.Decide(request, Decision(request, "author")).Allows(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("clearance.not-in-clearance");
    }

    [Fact]
    public void A_decision_can_be_taken_back_by_its_officer_until_its_period_is_over()
    {
        var cleared = Accepted(ClearanceRules.Decide(Open(), Decision(Open())), alsoWith: request => Decision(request));
        ClearanceRules.Undo(cleared, new Capacity("officer", "CENTRAL"), Noon.AddSeconds(19)).Allows(out var undone, out _).ShouldBeTrue();
        undone!.State.Status.ShouldBe(ClearanceStatus.InClearance);
        undone.State.Standing.ShouldBeNull();
        ClearanceRules.Undo(cleared, new Capacity("officer", "CENTRAL"), Noon.AddSeconds(20)).Allows(out _, out var late).ShouldBeFalse();
        late.ShouldBe(ClearanceRules.UndoOver);
        ClearanceRules.Undo(cleared, new Capacity("colleague", "CENTRAL"), Noon).Allows(out _, out var notYours).ShouldBeFalse();
        notYours.ShouldBe(ClearanceRules.NotYours);
    }

    [Fact]
    public void A_return_is_told_only_when_its_period_is_over()
    {
        var request = Open();
        var returning = Yes(ClearanceRules.Decide(request, Decision(request, kind: DecisionKind.Returned)));
        ClearanceRules.Settle(returning, Noon.AddSeconds(19)).Allows(out _, out _).ShouldBeFalse();
        ClearanceRules.Settle(returning, Noon.AddSeconds(20)).Allows(out var told, out _).ShouldBeTrue();
        told!.Fact.ShouldBeOfType<PackageReturned>().ReasonCode.ShouldBe("facts");
    }

    [Fact]
    public void What_nobody_clears_in_its_window_lapses()
    {
        var request = Open();
        ClearanceRules.Settle(request, request.NotAfter.AddMilliseconds(-1)).Allows(out _, out _).ShouldBeFalse();
        Yes(ClearanceRules.Settle(request, request.NotAfter)).Status.ShouldBe(ClearanceStatus.Lapsed);
    }

    [Fact]
    public void The_author_gets_it_back_as_long_as_no_permit_is_out()
    {
        var request = Open();
        Yes(ClearanceRules.Withdraw(request, Noon)).Status.ShouldBe(ClearanceStatus.Withdrawn);
        var cleared = Yes(ClearanceRules.Decide(request, Decision(request)));
        Yes(ClearanceRules.Withdraw(cleared, Noon)).Status.ShouldBe(ClearanceStatus.Withdrawn);
        var permitted = Yes(PermitOffice.Issue(cleared, Guid.CreateVersion7(Noon), Noon.AddSeconds(20), _ => "envelope"));
        ClearanceRules.Withdraw(permitted, Noon.AddSeconds(21)).Allows(out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void The_table_of_states_is_as_the_document_says() => Testing.Generated.ShouldBeFresh(
        "services/Clearance/states.md", ClearanceStates.Table.ToMarkdown("States of a clearance request"));

    private static (ClearanceRequest, OfficerDecision) Case(Func<ClearanceRequest, ClearanceRequest> request, Func<OfficerDecision, OfficerDecision> decision)
    {
        var changed = request(Open());
        return (changed, decision(Decision(changed)));
    }

    private static ClearanceRequest Accepted(Decision<ClearanceRequest> _, Func<ClearanceRequest, OfficerDecision> alsoWith)
    {
        var request = Open();
        return Yes(ClearanceRules.Decide(request, alsoWith(request)));
    }

    private static ClearanceRequest Yes(Decision<ClearanceRequest> decision)
    {
        decision.Allows(out var accepted, out var refusal).ShouldBeTrue(refusal?.Code);
        accepted!.State.Version.ShouldBe(accepted.Fact.Version);
        return accepted.State;
    }
}
