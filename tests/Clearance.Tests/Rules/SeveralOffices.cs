using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class SeveralOffices
{
    [Fact]
    public void Offices_of_one_stage_are_asked_side_by_side_and_the_next_stage_when_all_of_them_have_cleared()
    {
        var request = OpenOn(Route(("DESK-A", 1, 1), ("DESK-B", 1, 1), ("CENTRAL", 2, 1)));
        Asked(request).ShouldBe(["DESK-A", "DESK-B"]);
        request = Yes(request, Decision(request, "a", office: "DESK-A"));
        Asked(request).ShouldBe(["DESK-B"]);
        No(request, Decision(request, "officer")).ShouldBe(DecisionGuards.NotYourTurn);
        request = Yes(request, Decision(request, "b", office: "DESK-B"));
        Asked(request).ShouldBe(["CENTRAL"]);
        Yes(request, Decision(request, "officer")).Status.ShouldBe(ClearanceStatus.Cleared);
    }

    [Fact]
    public void A_quorum_of_two_takes_two_people_and_two_seats()
    {
        var request = OpenOn(Route(("CENTRAL", 1, 2)));
        request = Yes(request, Decision(request, "officer"));
        request.Status.ShouldBe(ClearanceStatus.InClearance);
        No(request, Decision(request, "officer")).ShouldBe(DecisionGuards.AlreadyDecided);
        No(request, Decision(request, "officer", actingFor: "absent")).ShouldBe(DecisionGuards.AlreadyDecided);
        No(request, Decision(request, "deputy", actingFor: "officer")).ShouldBe(DecisionGuards.AlreadyDecided);
        Yes(request, Decision(request, "colleague")).Status.ShouldBe(ClearanceStatus.Cleared);
    }

    [Fact]
    public void One_person_does_not_clear_for_two_offices()
    {
        var request = OpenOn(Route(("HUB", 1, 1), ("CENTRAL", 2, 1)));
        request = Yes(request, Decision(request, "officer", office: "HUB"));
        No(request, Decision(request, "officer")).ShouldBe(DecisionGuards.AlreadyDecided);
    }

    [Fact]
    public void An_objection_holds_the_text_up_until_its_officer_clears_it_after_all()
    {
        var request = OpenOn(Route(("DESK", 1, 1), ("CENTRAL", 2, 1)));
        request = Yes(request, Decision(request, "desk", DecisionKind.Objected, office: "DESK"));
        request.Status.ShouldBe(ClearanceStatus.InClearance);
        No(request, Decision(request, "officer")).ShouldBe(DecisionGuards.NotYourTurn);
        // A colleague's clearing does not make it go away.
        request = Yes(request, Decision(request, "desk-colleague", office: "DESK"));
        Asked(request).ShouldBe(["DESK"]);
        request = Yes(request, Decision(request, "desk", office: "DESK"));
        Asked(request).ShouldBe(["CENTRAL"]);
    }

    [Fact]
    public void An_office_that_has_cleared_can_still_object()
    {
        var request = OpenOn(Route(("DESK", 1, 1), ("CENTRAL", 2, 1)));
        request = Yes(request, Decision(request, "desk", office: "DESK"));
        request = Yes(request, Decision(request, "desk", DecisionKind.Objected, office: "DESK"));
        No(request, Decision(request, "officer")).ShouldBe(DecisionGuards.NotYourTurn);
    }

    [Fact]
    public void The_head_of_the_central_unit_sets_an_objection_aside_with_a_reason_and_a_later_one_stands()
    {
        var request = OpenOn(Route(("DESK", 1, 1), ("CENTRAL", 2, 1)));
        request = Yes(request, Decision(request, "desk", DecisionKind.Objected, office: "DESK"));
        No(request, Decision(request, "head", DecisionKind.Overruled) with { Comment = " " }).ShouldBe(DecisionGuards.SayWhy);
        request = Yes(request, Decision(request, "head", DecisionKind.Overruled));
        ClearanceSheet.Of(request).LineOf("DESK")!.State.ShouldBe(LineState.Overruled);
        Asked(request).ShouldBe(["CENTRAL"]);
        request = Yes(request, Decision(request, "desk-colleague", DecisionKind.Objected, office: "DESK"));
        Asked(request).ShouldBe(["DESK"]);
    }

    [Fact]
    public void A_matter_referred_up_needs_as_many_of_the_office_above()
    {
        var request = OpenOn(Route(("DESK", 1, 2)));
        request = Yes(request, Decision(request, "desk", DecisionKind.Referred, office: "DESK"));
        var line = ClearanceSheet.Of(request).Lines.Single();
        (line.Office, line.Needed, line.Stage).ShouldBe(("ABOVE", 2, 1));
        line.ReferredBy.ShouldBe(["DESK"]);
        No(request, Decision(request, "desk-colleague", office: "DESK")).ShouldBe(DecisionGuards.NotThisOffice);
        request = Yes(request, Decision(request, "above-1", office: "ABOVE"));
        Yes(request, Decision(request, "above-2", office: "ABOVE")).Status.ShouldBe(ClearanceStatus.Cleared);
    }

    [Fact]
    public void An_objection_stands_when_a_colleague_refers_the_matter_up()
    {
        var request = OpenOn(Route(("DESK", 1, 1)));
        request = Yes(request, Decision(request, "desk", DecisionKind.Objected, office: "DESK"));
        request = Yes(request, Decision(request, "desk-colleague", DecisionKind.Referred, office: "DESK"));
        request = Yes(request, Decision(request, "above", office: "ABOVE"));
        (request.Status, ClearanceSheet.Of(request).LineOf("ABOVE")!.State).ShouldBe((ClearanceStatus.InClearance, LineState.Objected));
        Yes(request, Decision(request, "head", DecisionKind.Overruled)).Status.ShouldBe(ClearanceStatus.Cleared);
    }

    /// <summary>Who heads the central unit and clears for it could else object, set that aside, and be the two whom a rule asks for.</summary>
    [Fact]
    public void Nobody_sets_aside_what_they_objected_themselves_nor_through_a_deputy()
    {
        var request = OpenOn(Route(("CENTRAL", 1, 2)));
        request = Yes(request, Decision(request, "head", DecisionKind.Objected));
        No(request, Decision(request, "head", DecisionKind.Overruled)).ShouldBe(DecisionGuards.OwnObjection);
        No(request, Decision(request, "deputy", DecisionKind.Overruled, actingFor: "head")).ShouldBe(DecisionGuards.OwnObjection);
        Yes(request, Decision(request, "other-head", DecisionKind.Overruled)).Status.ShouldBe(ClearanceStatus.Cleared);
        request = Yes(request, Decision(request, "head")); // Who objected takes it back by clearing it, as one of two.
        Yes(request, Decision(request, "officer")).Status.ShouldBe(ClearanceStatus.Cleared);
    }

    [Fact]
    public void Nobody_with_rights_in_two_offices_leaves_a_text_to_themselves()
    {
        var request = OpenOn(Route(("DESK", 1, 1), ("CENTRAL", 1, 1)));
        var left = Decision(request, "both", DecisionKind.Referred, office: "DESK") with { ReferredTo = "CENTRAL" };
        No(Yes(request, Decision(request, "both")), left).ShouldBe(DecisionGuards.LeftToAnother);
        request = Yes(request, left);
        No(request, Decision(request, "both")).ShouldBe(DecisionGuards.LeftToAnother);
        No(request, Decision(request, "deputy", actingFor: "both")).ShouldBe(DecisionGuards.LeftToAnother);
        Yes(request, Decision(request, "officer")).Status.ShouldBe(ClearanceStatus.Cleared);
    }

    [Fact]
    public void Setting_it_aside_does_not_spare_the_office_above_its_own_word()
    {
        var request = OpenOn(Route(("DESK", 1, 1)));
        request = Yes(request, Decision(request, "desk", DecisionKind.Objected, office: "DESK"));
        request = Yes(request, Decision(request, "desk-colleague", DecisionKind.Referred, office: "DESK"));
        request = Yes(request, Decision(request, "head", DecisionKind.Overruled));
        Asked(request).ShouldBe(["ABOVE"]);
    }

    [Fact]
    public void Whoever_takes_no_part_any_more_has_cleared_nothing()
    {
        var request = OpenOn(Route(("CENTRAL", 1, 2)));
        request = Yes(request, Decision(request, "officer"));
        request = Yes(request, Decision(request, "officer", DecisionKind.Recused));
        request = Yes(request, Decision(request, "colleague"));
        (request.Status, ClearanceSheet.Of(request).Lines.Single().Given).ShouldBe((ClearanceStatus.InClearance, 1));
        Yes(request, Decision(request, "third")).Status.ShouldBe(ClearanceStatus.Cleared);
    }

    [Fact]
    public void What_is_taken_back_counts_no_more_and_neither_does_what_followed_from_it()
    {
        var request = OpenOn(Route(("DESK", 1, 1), ("CENTRAL", 2, 1)));
        request = Yes(request, Decision(request, "desk", DecisionKind.Referred, office: "DESK"));
        ClearanceRules.Undo(request, new Capacity("desk", "DESK"), Noon.AddSeconds(1)).Allows(out var undone, out _).ShouldBeTrue();
        Asked(undone!.State).ShouldBe(["DESK"]);
        // Others have built on it: only the last decision can be taken back.
        request = Yes(undone.State, Decision(undone.State, "desk", office: "DESK"));
        request = Yes(request, Decision(request, "officer"));
        ClearanceRules.Undo(request, new Capacity("desk", "DESK"), Noon.AddSeconds(1)).Allows(out _, out var no).ShouldBeFalse();
        no.ShouldBe(ClearanceRules.NotYours);
    }

    [Fact]
    public void A_refusal_and_what_events_overtook_end_the_round()
    {
        var request = OpenOn(Route(("DESK", 1, 1), ("CENTRAL", 2, 1)));
        var refused = Yes(request, Decision(request, "desk", DecisionKind.Refused, office: "DESK"));
        ClearanceRules.Settle(refused, Noon.AddSeconds(20)).Allows(out var told, out _).ShouldBeTrue();
        told!.Fact.ShouldBeOfType<PackageRefused>();
        Yes(request, Decision(request, "officer", DecisionKind.OvertakenByEvents)).Status.ShouldBe(ClearanceStatus.Overtaken);
        No(request, Decision(request, "desk", DecisionKind.OvertakenByEvents, office: "DESK")).ShouldBe(DecisionGuards.NotThisOffice);
    }

    /// <summary>Whoever could write to the request's row could not talk the permit office into anything.</summary>
    [Fact]
    public void A_permit_is_refused_when_the_decisions_on_the_sheet_do_not_clear_the_text()
    {
        var request = OpenOn(Route(("DESK", 1, 1), ("CENTRAL", 2, 1)));
        var forged = request with { Status = ClearanceStatus.Cleared, Decisions = [Decision(request, "desk", office: "DESK")] };
        PermitOffice.Issue(forged, Guid.CreateVersion7(Noon), Noon.AddSeconds(30), _ => "envelope").Allows(out _, out var no).ShouldBeFalse();
        no.ShouldBe(PermitOffice.NotCleared);
        var twice = request with { Status = ClearanceStatus.Cleared, Decisions = [Decision(request, "desk", office: "DESK"), Decision(request, "desk")] };
        PermitOffice.Issue(twice, Guid.CreateVersion7(Noon), Noon.AddSeconds(30), _ => "envelope").Allows(out _, out no).ShouldBeFalse();
        no.ShouldBe(DecisionGuards.AlreadyDecided);
    }

    private static IEnumerable<string> Asked(ClearanceRequest request) => ClearanceSheet.Of(request) is var sheet ? sheet.Lines.Where(l => sheet.IsAsked(l.Office)).Select(l => l.Office) : [];

    private static ClearanceRequest Yes(ClearanceRequest request, OfficerDecision decision)
    {
        ClearanceRules.Decide(request, decision).Allows(out var accepted, out var refusal).ShouldBeTrue(refusal?.Code);
        return accepted!.State;
    }

    private static Refusal No(ClearanceRequest request, OfficerDecision decision)
    {
        ClearanceRules.Decide(request, decision).Allows(out _, out var refusal).ShouldBeFalse();
        return refusal!;
    }
}
