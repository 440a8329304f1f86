using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using static WorkflowPlatform.Clearance.Tests.Examples;
using static WorkflowPlatform.Clearance.Tests.Waiting;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class ReleasingImmediately
{
    /// <summary>For each guard a release that only this guard refuses: taken out, it would pass.</summary>
    private static readonly Dictionary<string, Func<ClearanceRequest, OfficerDecision, (ClearanceRequest, OfficerDecision)>> OnlyRefusedBy = new()
    {
        ["in-clearance"] = (r, d) => (r with { Status = ClearanceStatus.Lapsed }, d),
        ["same-text"] = (r, d) => (r, d with { PackageDigest = new string('0', 64) }),
        ["window-open"] = (r, d) => (r, d with { At = r.NotAfter, ReviewBy = r.NotAfter.AddDays(1) }),
        ["account-stands"] = (r, d) => (r with { Lapses = [new Lapse("account-closed", Noon, 0)] }, d),
        ["urgent-lane"] = (r, d) => (r with { Lane = Lane.Priority }, d),
        ["policy-allows"] = (r, d) => (r with { Route = r.Route with { ImmediateAllowed = false } }, d),
        ["duty-officer"] = (r, d) => (r, d with { Role = Roles.ClearingOfficer }),
        ["on-duty"] = (r, d) => (r, d with { By = new Capacity("duty", "HUB") }),
        ["no-contributor"] = (r, d) => (r with { Contributors = ["author", "duty"] }, d),
        ["no-delegate-of-a-contributor"] = (r, d) => (r, d with { By = new Capacity("duty", "CENTRAL", "author") }),
        ["not-recused"] = (r, d) => (r with { Decisions = [Decision(r, "duty", DecisionKind.Recused)] }, d),
        ["nobody-objects"] = (r, d) => (Yes(ClearanceRules.Decide(r, Decision(r, "desk", DecisionKind.Objected, office: "DESK"))), d),
        ["says-why"] = (r, d) => (r, d with { Comment = " " }),
        ["review-set"] = (r, d) => (r, d with { ReviewBy = null }),
    };

    private static readonly Dictionary<string, (ClearanceRequest Request, ReviewGiven Review)> ReviewOnlyRefusedBy = new()
    {
        ["review-open"] = (Released() is var r ? r with { Review = new(r.Decisions[0].Id, ReviewVerdict.Upheld) } : r, Given()),
        ["right-role"] = (Released(), Given() with { Role = Roles.DutyOfficer }),
        ["right-office"] = (Released(), Given() with { By = new Capacity("officer", "ELSEWHERE") }),
        ["somebody-else"] = (Released(), Given() with { By = new Capacity("deputy", "CENTRAL", "duty") }),
        ["no-contributor"] = (Released(), Given() with { By = new Capacity("deputy", "CENTRAL", "author") }),
        ["says-why"] = (Released(), Given() with { Verdict = ReviewVerdict.NotUpheld }),
    };

    [Fact]
    public void Every_guard_refuses_a_release_that_no_other_guard_would()
    {
        OnlyRefusedBy.Keys.ShouldBe(ImmediateRules.Guards.Select(g => g.Name), ignoreOrder: true);
        foreach (var (name, change) in OnlyRefusedBy)
        {
            var open = OnClock(Lane.Immediate);
            var (request, decision) = change(open, Immediate(open));
            ClearanceRules.Decide(request, decision).Allows(out _, out _).ShouldBeFalse(name);
            ClearanceRules.Decide(request, decision, [.. ImmediateRules.Guards.Where(g => g.Name != name)]).Allows(out _, out _).ShouldBeTrue($"without {name}");
        }
    }

    [Fact]
    public void Every_guard_refuses_a_review_that_no_other_guard_would()
    {
        ReviewOnlyRefusedBy.Keys.ShouldBe(ReviewRules.Guards.Select(g => g.Name), ignoreOrder: true);
        foreach (var (name, (request, review)) in ReviewOnlyRefusedBy)
        {
            ReviewRules.Review(request, review).Allows(out _, out _).ShouldBeFalse(name);
            ReviewRules.Review(request, review, [.. ReviewRules.Guards.Where(g => g.Name != name)]).Allows(out _, out _).ShouldBeTrue($"without {name}");
        }
    }

    [Fact]
    public void A_duty_officer_releases_with_a_reason_and_the_permit_names_it_as_what_it_is()
    {
        var request = OnClock(Lane.Flash);
        var released = Told(ClearanceRules.Decide(request, Immediate(request)));
        released.State.Status.ShouldBe(ClearanceStatus.Cleared);
        released.Fact.ShouldBeOfType<ReleasedImmediately>().ReviewBy.ShouldBe(Noon.AddDays(1));
        Permit(released.State, Noon.AddSeconds(20)).Decisions.ShouldHaveSingleItem().Kind.ShouldBe(DecisionKind.ReleasedImmediately);
        ReviewRules.OpenRelease(released.State).ShouldBeNull("nothing is out yet");
    }

    [Fact]
    public void An_office_that_has_the_duty_by_the_roster_may_as_well()
    {
        var request = OnClock(Lane.Immediate);
        Yes(ClearanceRules.Decide(request, Immediate(request) with { By = new Capacity("duty", "HUB"), DutyId = Guid.CreateVersion7(Noon) })).Status.ShouldBe(ClearanceStatus.Cleared);
    }

    [Fact]
    public void It_can_be_taken_back_in_its_period_and_then_there_is_nothing_to_review()
    {
        var request = OnClock(Lane.Immediate);
        request = Yes(ClearanceRules.Decide(request, Immediate(request)));
        request = Yes(ClearanceRules.Undo(request, new Capacity("duty", "CENTRAL"), Noon.AddSeconds(19)));
        (request.Status, request.ReviewBy).ShouldBe((ClearanceStatus.InClearance, null));
    }

    [Fact]
    public void It_stays_visible_until_somebody_else_has_reviewed_it_and_is_told_once_when_that_is_late()
    {
        var request = Released();
        (request.ReviewBy, request.ReviewAlertAt).ShouldBe((Noon.AddDays(1), Noon.AddDays(1)));
        ReviewRules.Overdue(request, Noon.AddDays(1).AddMilliseconds(-1)).Allows(out _, out _).ShouldBeFalse();
        var overdue = Told(ReviewRules.Overdue(request, Noon.AddDays(1)));
        overdue.Fact.ShouldBeOfType<ReviewOverdue>();
        (overdue.State.ReviewBy, overdue.State.ReviewAlertAt).ShouldBe((Noon.AddDays(1), null));
        No(ReviewRules.Overdue(overdue.State, Noon.AddDays(2))).ShouldBe(ClearanceRules.NotDue);
        var reviewed = Told(ReviewRules.Review(overdue.State, Given()));
        reviewed.Fact.ShouldBeOfType<RetrospectiveReviewed>().Verdict.ShouldBe(ReviewVerdict.Upheld);
        (reviewed.State.ReviewBy, reviewed.State.Review!.OverdueAt).ShouldBe((null, Noon.AddDays(1)));
        No(ReviewRules.Review(reviewed.State, Given())).ShouldBe(ReviewRules.NothingOpen);
    }

    private static ReviewGiven Given() => new(new Capacity("officer", "CENTRAL"), Roles.ClearingOfficer, ReviewVerdict.Upheld, null, Noon.AddHours(1));

    private static ClearanceRequest Released()
    {
        var request = OnClock(Lane.Immediate);
        request = Yes(ClearanceRules.Decide(request, Immediate(request)));
        return Yes(PermitOffice.Issue(request, Guid.CreateVersion7(Noon), Noon.AddSeconds(20), _ => "envelope"));
    }
}
