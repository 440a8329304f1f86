using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class Lapsing
{
    [Fact]
    public void Votes_given_so_far_no_longer_count_and_have_to_be_given_again()
    {
        var request = OpenOn(Route(("HUB", 1, 1), ("CENTRAL", 2, 1)));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "hub", office: "HUB")));
        request = Yes(ClearanceRules.Decide(request, Decision(request))) with { Clocks = [new OfficeClock("HUB", request.PackageDigest, Noon, Noon.AddHours(1), Noon.AddHours(2))] };

        var lapsed = Yes(LapseRules.Lapse(request, "line:a", Noon.AddSeconds(5)));
        lapsed.Clocks.ShouldBeEmpty("whoever is asked again has its whole time");
        (lapsed.Status, lapsed.DueAt, lapsed.Lapses.Single()).ShouldBe((ClearanceStatus.InClearance, lapsed.NotAfter, new Lapse("line:a", Noon.AddSeconds(5), 2)));
        ClearanceSheet.Of(lapsed).Lines.ShouldAllBe(line => line.Given == 0);
        Refused(ClearanceRules.Undo(lapsed, Decision(request).By, Noon.AddSeconds(6))).ShouldBe(ClearanceRules.NothingToUndo);
        Refused(PermitOffice.Issue(lapsed with { Status = ClearanceStatus.Cleared }, Guid.CreateVersion7(Noon), Noon.AddMinutes(1), _ => "envelope")).ShouldBe(PermitOffice.NotCleared);

        lapsed = Yes(ClearanceRules.Decide(lapsed, Decision(lapsed, "hub", office: "HUB", at: Noon.AddSeconds(10))));
        lapsed = Yes(ClearanceRules.Decide(lapsed, Decision(lapsed, at: Noon.AddSeconds(11))));
        Yes(PermitOffice.Issue(lapsed, Guid.CreateVersion7(Noon), Noon.AddMinutes(1), permit =>
        {
            permit.Decisions.Count.ShouldBe(2, "what lapsed is no ground for a permit");
            return "envelope";
        })).Status.ShouldBe(ClearanceStatus.PermitIssued);
    }

    [Fact]
    public void What_holds_a_text_up_stands_and_what_set_it_aside_does_not()
    {
        var request = OpenOn(Route(("DESK", 1, 1), ("CENTRAL", 2, 1)));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "partial", DecisionKind.Recused, office: "DESK")));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "desk", DecisionKind.Objected, office: "DESK")));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "head", DecisionKind.Overruled)));

        var lapsed = Yes(LapseRules.Lapse(request, "figure:a", Noon));
        ClearanceSheet.Of(lapsed).LineOf("DESK")!.State.ShouldBe(LineState.Objected);
        ClearanceSheet.Of(lapsed).IsRecused(Decision(lapsed, "partial", office: "DESK")).ShouldBeTrue();
    }

    [Fact]
    public void A_return_that_can_still_be_undone_goes_on_and_what_was_said_before_it_has_lapsed_all_the_same()
    {
        var request = OpenOn(Route(("CENTRAL", 1, 2)));
        request = Yes(ClearanceRules.Decide(request, Decision(request)));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "colleague", DecisionKind.Returned)));

        var lapsed = Yes(LapseRules.Lapse(request, "account-closed", Noon));
        (lapsed.Status, lapsed.DueAt).ShouldBe((ClearanceStatus.ReturnDecided, request.DueAt));
        var undone = Yes(ClearanceRules.Undo(lapsed, Decision(request, "colleague").By, Noon));
        ClearanceSheet.Of(undone).LineOf("CENTRAL")!.Given.ShouldBe(0);
    }

    [Fact]
    public void Where_nobody_has_said_anything_or_all_is_over_nothing_lapses()
    {
        Refused(LapseRules.Lapse(Open(), "line:a", Noon)).ShouldBe(LapseRules.NothingLapses);
        var request = Open();
        var decided = Yes(ClearanceRules.Decide(request, Decision(request)));
        foreach (var over in new[] { ClearanceStatus.Withdrawn, ClearanceStatus.Returned, ClearanceStatus.Refused, ClearanceStatus.Lapsed, ClearanceStatus.Revoked, ClearanceStatus.Overtaken })
            Refused(LapseRules.Lapse(decided with { Status = over }, "line:a", Noon)).ShouldBe(LapseRules.NothingLapses);
        Refused(LapseRules.Lapse(Yes(LapseRules.Lapse(decided, "line:a", Noon)), "line:a", Noon)).ShouldBe(LapseRules.NothingLapses);
    }

    [Fact]
    public void With_its_permit_out_it_is_told_and_nothing_is_stopped()
    {
        var request = Open();
        var permitted = Yes(PermitOffice.Issue(Yes(ClearanceRules.Decide(request, Decision(request))), Guid.CreateVersion7(Noon), Noon.AddSeconds(20), _ => "envelope"));
        LapseRules.Lapse(permitted, "line:a", Noon.AddMinutes(1)).Allows(out var told, out _).ShouldBeTrue();
        told!.Fact.ShouldBeOfType<PermitGroundsLapsed>().PermitId.ShouldBe(permitted.PermitId!.Value);
        (told.State.Status, told.State.Revocation, told.State.Decisions.Any(d => d.Lapsed)).ShouldBe((ClearanceStatus.PermitIssued, null, false));
        Refused(LapseRules.Lapse(permitted, "line:a", permitted.NotAfter)).ShouldBe(LapseRules.NothingLapses);
    }

    [Fact]
    public void What_makes_an_account_stricter_or_takes_it_away_or_gives_it_back_is_a_cause()
    {
        var (request, known) = (Open(), new KnownAccount("noticeboard:KBL", 1, "KBL", "noticeboard", Live: true, Flagship: false));
        LapseRules.CauseOf(null, known, request).ShouldBeNull();
        LapseRules.CauseOf(known, known with { Version = 2 }, request).ShouldBeNull();
        LapseRules.CauseOf(known, known with { Live = false, Flagship = true }, request).ShouldBe("account-closed");
        LapseRules.CauseOf(null, known with { Live = false }, request).ShouldBe("account-closed");
        LapseRules.CauseOf(known, known with { Flagship = true }, request).ShouldBe("account-flagship");
        LapseRules.CauseOf(known with { Flagship = true }, known, request).ShouldBeNull();
        LapseRules.CauseOf(known, known with { Mission = "TYO" }, request).ShouldBe("account-moved");

        var closed = Yes(LapseRules.Lapse(request, "account-closed", Noon));
        LapseRules.CauseOf(known with { Live = false }, known with { Live = false, Flagship = true }, closed).ShouldBeNull();
        LapseRules.CauseOf(known with { Live = false }, known with { Mission = "TYO" }, closed).ShouldBe("account-moved");
        LapseRules.CauseOf(known with { Live = false }, known with { Flagship = true }, closed).ShouldBe("account-back");
        LapseRules.CauseOf(known, known with { Version = 3 }, Yes(LapseRules.Lapse(closed, "account-back", Noon))).ShouldBeNull();
    }

    /// <summary>By whatever way it would be moved on, and whoever got round the guards: the permit office asks again.</summary>
    [Fact]
    public void For_a_closed_account_nothing_is_cleared_and_no_permit_issued_and_it_can_be_sent_back()
    {
        var request = Open();
        var closed = Yes(LapseRules.Lapse(Yes(ClearanceRules.Decide(request, Decision(request))), "account-closed", Noon));
        Refused(ClearanceRules.Decide(closed, Decision(closed))).ShouldBe(DecisionGuards.AccountGone);
        Yes(ClearanceRules.Decide(closed, Decision(closed, kind: DecisionKind.Returned))).Status.ShouldBe(ClearanceStatus.ReturnDecided);

        var forged = closed with { Status = ClearanceStatus.Cleared, Decisions = [.. closed.Decisions, Decision(closed)] };
        Refused(PermitOffice.Issue(forged, Guid.CreateVersion7(Noon), Noon.AddMinutes(1), _ => "envelope")).ShouldBe(DecisionGuards.AccountGone);
        var back = Yes(LapseRules.Lapse(closed, "account-back", Noon));
        Permitted(Yes(ClearanceRules.Decide(back, Decision(back)))).ShouldBe([DecisionKind.Cleared]);
    }

    [Fact]
    public void What_was_said_by_the_route_before_is_heard_by_that_and_what_is_asked_since_then_has_to_be_given()
    {
        var request = OpenOn(Route(("DESK", 1, 1), ("HUB", 2, 1)));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "desk", office: "DESK")));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "partial", DecisionKind.Recused, office: "HUB")));
        LapseRules.Lapse(request, "account-flagship", Noon.AddSeconds(5), new(Route(("CENTRAL", 1, 2)), [])).Allows(out var lapsed, out _).ShouldBeTrue();
        lapsed!.Fact.ShouldBeOfType<VotesLapsed>().ShouldSatisfyAllConditions(f => f.PolicyVersion.ShouldBe("example@1"), f => f.Offices.ShouldBe(["CENTRAL"]));
        request = Yes(ClearanceRules.Decide(lapsed.State, Decision(lapsed.State)));
        request.Status.ShouldBe(ClearanceStatus.InClearance);
        Refused(ClearanceRules.Decide(request, Decision(request, "partial"))).ShouldBe(DecisionGuards.Recused);
        Permitted(Yes(ClearanceRules.Decide(request, Decision(request, "colleague")))).ShouldBe([DecisionKind.Recused, DecisionKind.Cleared, DecisionKind.Cleared]);
    }

    [Fact]
    public void Every_decision_keeps_the_policy_by_which_it_was_judged_and_a_permit_asks_for_that()
    {
        var request = OpenOn(Route(("DESK", 1, 1), ("CENTRAL", 2, 1)));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "desk", office: "DESK")));
        var lapsed = LapseRules.Lapse(request, "account-flagship", Noon.AddSeconds(5), new(Route(("CENTRAL", 1, 1)) with { PolicyVersion = "example@2" }, []));
        request = Yes(lapsed);
        request = Yes(ClearanceRules.Decide(request, Decision(request)));
        request.Decisions.Select(d => d.PolicyVersion).ShouldBe(["example@1", "example@2"]);
        PermitOffice.Draw(request, Guid.CreateVersion7(), request.DueAt!.Value, out _)!.PolicyVersion.ShouldBe("example@2");

        var other = request with { Decisions = [request.Decisions[0] with { PolicyVersion = "example@2" }, request.Decisions[1]] };
        PermitOffice.Draw(other, Guid.CreateVersion7(), request.DueAt!.Value, out var refusal).ShouldBeNull();
        refusal!.Code.ShouldBe("clearance.not-cleared");

        var older = request with { Decisions = [.. request.Decisions.Select(d => d with { PolicyVersion = null })] };
        PermitOffice.Draw(older, Guid.CreateVersion7(), request.DueAt!.Value, out _).ShouldNotBeNull("said before that was kept");
    }

    [Fact]
    public void A_change_of_the_text_that_waits_is_routed_anew_too()
    {
        var request = Open();
        var changed = request with { Status = ClearanceStatus.AmendmentDecided, Amendment = new Amendment(new string('a', 64), 1, "", 0, ["author"], request.Route) };
        var lapsed = Yes(LapseRules.Lapse(changed, "account-flagship", Noon, new(Route(("CENTRAL", 1, 2)), []), new(Route(("CENTRAL", 1, 3)), [])));
        (lapsed.Route.Required[0].Quorum, lapsed.Amendment!.Route.Required[0].Quorum).ShouldBe((2, 3));
    }

    /// <summary>Whoever could write to the request's row could bring back no vote, and take none away that counts against it.</summary>
    [Fact]
    public void A_vote_that_lapsed_is_not_brought_back_by_another_mark()
    {
        var request = Open();
        var lapsed = Yes(LapseRules.Lapse(Yes(ClearanceRules.Decide(request, Decision(request))), "line:a", Noon));
        foreach (var forged in new[] { lapsed with { Decisions = [lapsed.Decisions[0] with { Lapsed = false }] }, lapsed with { Lapses = [] } })
            Refused(PermitOffice.Issue(forged with { Status = ClearanceStatus.Cleared }, Guid.CreateVersion7(Noon), Noon.AddMinutes(1), _ => "envelope")).ShouldBe(PermitOffice.NotCleared);
    }

    [Fact]
    public void A_permit_that_is_refused_when_its_time_has_come_is_told_once()
    {
        var request = OpenOn(Route(("CENTRAL", 1, 2)));
        var stuck = Yes(ClearanceRules.Decide(request, Decision(request))) with { Status = ClearanceStatus.Cleared, DueAt = Noon.AddSeconds(20) };
        Refused(PermitOffice.Withhold(stuck, Noon.AddSeconds(19))).ShouldBe(ClearanceRules.NotDue);
        PermitOffice.Withhold(stuck, Noon.AddSeconds(20)).Allows(out var told, out _).ShouldBeTrue();
        told!.Fact.ShouldBeOfType<PermitWithheld>().Code.ShouldBe("clearance.not-cleared");
        (told.State.Status, told.State.DueAt).ShouldBe((ClearanceStatus.Cleared, stuck.NotAfter));
        Refused(PermitOffice.Withhold(told.State, Noon.AddHours(1))).ShouldBe(ClearanceRules.NotDue);
        Yes(ClearanceRules.Settle(told.State, stuck.NotAfter)).Status.ShouldBe(ClearanceStatus.Lapsed);

        var sound = Open();
        Refused(PermitOffice.Withhold(Yes(ClearanceRules.Decide(sound, Decision(sound))), Noon.AddSeconds(20))).ShouldBe(ClearanceRules.NotDue);
    }

    [Fact]
    public void Another_embargo_is_another_package_and_nobody_has_decided_on_it()
    {
        var package = Package();
        var moved = package with { NotBefore = package.NotBefore.AddHours(1) };
        DigestOf(moved).ShouldNotBe(DigestOf(package));
        var cleared = Decision(Opened(package));
        Refused(ClearanceRules.Decide(Opened(moved), cleared)).ShouldBe(DecisionGuards.TextChanged);
        ClearanceSheet.Of(Opened(moved) with { Decisions = [cleared] }).IsCleared.ShouldBeFalse();
    }

    [Fact]
    public void Who_took_no_part_at_a_later_stage_holds_up_no_permit_after_a_lapse()
    {
        var request = AtTheHub();
        request = ClearedAnew(Yes(ClearanceRules.Decide(request, Decision(request, "partial", DecisionKind.Recused, office: "HUB"))), out var lapsed, "hub", "HUB");
        ClearanceSheet.Of(lapsed).IsRecused(Decision(lapsed, "partial", office: "HUB")).ShouldBeTrue();
        Permitted(request).ShouldBe([DecisionKind.Recused, DecisionKind.Cleared, DecisionKind.Cleared]);
    }

    [Fact]
    public void Who_left_it_to_the_office_above_at_a_later_stage_holds_up_no_permit_after_a_lapse()
    {
        var request = AtTheHub();
        request = ClearedAnew(Yes(ClearanceRules.Decide(request, Decision(request, "hub", DecisionKind.Referred, office: "HUB"))), out var lapsed, "above", "ABOVE");
        ClearanceSheet.Of(lapsed).Lines.Select(line => line.Office).ShouldBe(["DESK", "ABOVE"]);
        Permitted(request).ShouldBe([DecisionKind.Referred, DecisionKind.Cleared, DecisionKind.Cleared]);
    }

    [Fact]
    public void Who_was_late_at_a_later_stage_holds_up_no_permit_after_a_lapse()
    {
        var request = AtTheHub();
        var late = new OfficerDecision(
            Guid.CreateVersion7(Noon), new(ClockRules.Late, "HUB"), DecisionKind.Escalated, request.PackageDigest, null, null, Noon, Noon, Role: ClockRules.Role, ReferredTo: "ABOVE")
        {
            Clock = new OfficeClock("HUB", request.PackageDigest, Noon.AddHours(-1), Noon.AddMinutes(-30), Noon),
        };
        Permitted(ClearedAnew(Yes(ClearanceRules.Decide(request, late)), out _, "above", "ABOVE")).ShouldBe([DecisionKind.Escalated, DecisionKind.Cleared, DecisionKind.Cleared]);
    }

    /// <summary>It was asked only because another office had left it the matter; that is no reason to forget what it said.</summary>
    [Fact]
    public void What_the_office_above_has_against_it_in_anothers_place_stands_after_a_lapse()
    {
        var request = AtTheHub();
        request = Yes(ClearanceRules.Decide(request, Decision(request, "hub", DecisionKind.Referred, office: "HUB")));
        request = ClearedAnew(Yes(ClearanceRules.Decide(request, Decision(request, "above", DecisionKind.Objected, office: "ABOVE"))), out _, "above-2", "ABOVE");
        (request.Status, ClearanceSheet.Of(request).LineOf("ABOVE")!.State).ShouldBe((ClearanceStatus.InClearance, LineState.Objected));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "head", DecisionKind.Overruled, at: Noon.AddSeconds(12))));
        Permitted(request).Count().ShouldBe(5);
    }

    /// <summary>A desk that has cleared a text, before a hub.</summary>
    private static ClearanceRequest AtTheHub() =>
        OpenOn(Route(("DESK", 1, 1), ("HUB", 2, 1))) is var request ? Yes(ClearanceRules.Decide(request, Decision(request, "desk", office: "DESK"))) : request;

    /// <summary>A figure changes, and then it is cleared again.</summary>
    private static ClearanceRequest ClearedAnew(ClearanceRequest request, out ClearanceRequest lapsed, string person, string office)
    {
        lapsed = Yes(LapseRules.Lapse(request, "figure:a", Noon.AddSeconds(5)));
        var again = Yes(ClearanceRules.Decide(lapsed, Decision(lapsed, "desk", office: "DESK", at: Noon.AddSeconds(10))));
        return Yes(ClearanceRules.Decide(again, Decision(again, person, at: Noon.AddSeconds(11), office: office)));
    }

    /// <summary>What the permit rests on.</summary>
    private static IEnumerable<DecisionKind> Permitted(ClearanceRequest request) =>
        PermitOffice.Draw(request, Guid.CreateVersion7(Noon), Noon.AddMinutes(1), out var refusal)?.Decisions.Select(d => d.Kind) ?? throw new ShouldAssertException($"No permit: {refusal!.Code}");

    private static ClearanceRequest Opened(Contracts.ReleasePackage package) =>
        Yes(ClearanceRules.Open(null, Guid.CreateVersion7(Noon), package, DigestOf(package), Route(("CENTRAL", 1, 1)), Noon));

    private static Refusal Refused(Decision<ClearanceRequest> decision)
    {
        decision.Allows(out _, out var refusal).ShouldBeFalse();
        return refusal!;
    }

    private static ClearanceRequest Yes(Decision<ClearanceRequest> decision)
    {
        decision.Allows(out var accepted, out var refusal).ShouldBeTrue(refusal?.Code);
        accepted!.State.Version.ShouldBe(accepted.Fact.Version);
        return accepted.State;
    }
}
