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
        (lapsed.Status, lapsed.DueAt, lapsed.Lapses.Single()).ShouldBe((ClearanceStatus.InClearance, lapsed.NotAfter, new Lapse("line:a", Noon.AddSeconds(5))));
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
    public void Only_what_makes_an_account_stricter_is_a_cause()
    {
        var known = new KnownAccount("noticeboard:KBL", 1, "KBL", "noticeboard", Live: true, Flagship: false);
        LapseRules.CauseOf(null, known).ShouldBeNull();
        LapseRules.CauseOf(known, known with { Version = 2 }).ShouldBeNull();
        LapseRules.CauseOf(known, known with { Live = false }).ShouldBe("account-closed");
        LapseRules.CauseOf(null, known with { Live = false }).ShouldBe("account-closed");
        LapseRules.CauseOf(known with { Live = false }, known with { Live = false }).ShouldBeNull();
        LapseRules.CauseOf(known with { Live = false }, known).ShouldBeNull();
        LapseRules.CauseOf(known, known with { Flagship = true }).ShouldBe("account-flagship");
        LapseRules.CauseOf(known with { Flagship = true }, known).ShouldBeNull();
        LapseRules.CauseOf(known, known with { Mission = "TYO" }).ShouldBe("account-moved");
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
