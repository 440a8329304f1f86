using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using static WorkflowPlatform.Clearance.Tests.Examples;
using static WorkflowPlatform.Clearance.Tests.Waiting;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class GivenByTelephone
{
    /// <summary>For each guard a record that only this guard refuses: taken out, it would be written down.</summary>
    private static readonly Dictionary<string, Func<ClearanceRequest, RecordedClearance, (ClearanceRequest, RecordedClearance)>> OnlyRefusedBy = new()
    {
        ["in-clearance"] = (r, c) => (r with { Status = ClearanceStatus.Lapsed }, c),
        ["same-text"] = (r, c) => (r, c with { PackageDigest = new string('0', 64) }),
        ["window-open"] = (r, c) => (r, c with { At = r.NotAfter }),
        ["right-role"] = (r, c) => (r, c with { Role = Roles.DraftingOfficer }),
        ["office-asked"] = (r, c) => (r, c with { Office = "ELSEWHERE" }),
        ["somebody-else"] = (r, c) => (r, c with { GivenBy = "officer" }),
        ["no-contributor-writes"] = (r, c) => (r with { Contributors = ["author", "officer"] }, c),
        ["no-contributor-gives"] = (r, c) => (r with { Contributors = ["author", "giver"] }, c),
        ["known-means"] = (r, c) => (r, c with { Means = "rumour" }),
    };

    /// <summary>The same for a countersignature.</summary>
    private static readonly Dictionary<string, Func<ClearanceRequest, OfficerDecision, (ClearanceRequest, OfficerDecision)>> SignatureOnlyRefusedBy = new()
    {
        ["recorded"] = (r, d) => (r, d with { RecordedAs = Guid.CreateVersion7(Noon) }),
        ["given-by-the-signer"] = (r, d) => (r, d with { By = new Capacity("colleague", "DESK") }),
        ["for-that-office"] = (r, d) => (r, d with { By = new Capacity("giver", "CENTRAL") }),
        ["of-this-text"] = (r, d) => (r with { PackageDigest = new string('a', 64) }, d with { PackageDigest = new string('a', 64) }),
        ["not-yet"] = (r, d) => (r with { Decisions = [Decision(r, "somebody", DecisionKind.Recused, office: "DESK") with { RecordedAs = d.RecordedAs }] }, d),
    };

    [Fact]
    public void Every_guard_refuses_a_record_that_no_other_guard_would()
    {
        OnlyRefusedBy.Keys.ShouldBe(RecordingRules.Guards.Select(g => g.Name), ignoreOrder: true);
        foreach (var (name, change) in OnlyRefusedBy)
        {
            var open = SideBySide();
            var (request, recorded) = change(open, Call(open));
            RecordingRules.Record(request, recorded).Allows(out _, out _).ShouldBeFalse(name);
            RecordingRules.Record(request, recorded, [.. RecordingRules.Guards.Where(g => g.Name != name)]).Allows(out _, out _).ShouldBeTrue($"without {name}");
        }
    }

    [Fact]
    public void Every_guard_refuses_a_countersignature_that_no_other_guard_would()
    {
        SignatureOnlyRefusedBy.Keys.ShouldBe(RecordingRules.SignatureGuards.Select(g => g.Name), ignoreOrder: true);
        foreach (var (name, change) in SignatureOnlyRefusedBy)
        {
            var open = SideBySide();
            var recorded = Yes(RecordingRules.Record(open, Call(open)));
            var (request, decision) = change(recorded, Signature(recorded));
            RecordingRules.Countersign(request, decision).Allows(out _, out _).ShouldBeFalse(name);
            RecordingRules.Countersign(request, decision, [.. RecordingRules.SignatureGuards.Where(g => g.Name != name)]).Allows(out _, out _).ShouldBeTrue($"without {name}");
        }
    }

    [Fact]
    public void It_counts_only_once_whoever_gave_it_has_signed_and_then_as_their_word()
    {
        var request = SideBySide();
        var recorded = Told(RecordingRules.Record(request, Call(request)));
        recorded.Fact.ShouldBeOfType<ClearanceRecorded>().ShouldSatisfyAllConditions(f => f.By.Person.ShouldBe("officer"), f => f.GivenBy.ShouldBe("giver"));
        ClearanceSheet.Of(recorded.State).LineOf("DESK")!.State.ShouldBe(LineState.Open);
        var signed = Told(RecordingRules.Countersign(recorded.State, Signature(recorded.State)));
        signed.Fact.ShouldBeOfType<ClearanceGiven>().By.Person.ShouldBe("giver");
        RecordingRules.IsCountersigned(signed.State, signed.State.Recorded[0]).ShouldBeTrue();
        var cleared = Yes(ClearanceRules.Decide(signed.State, Decision(signed.State, "officer")));
        Permit(cleared, Noon.AddMinutes(1)).Decisions.Select(d => d.Person).ShouldBe(["giver", "officer"]);
    }

    [Fact]
    public void Four_eyes_and_every_other_guard_hold_for_whoever_gave_it()
    {
        var request = SideBySide();
        request = Yes(RecordingRules.Record(request, Call(request)));
        No(RecordingRules.Countersign(request with { Contributors = ["author", "giver"] }, Signature(request))).ShouldBe(DecisionGuards.ContributorsMayNotClear);
        No(RecordingRules.Countersign(request, Signature(request) with { Role = Roles.HeadOfUnit })).ShouldBe(DecisionGuards.NotThisRole);
    }

    private static ClearanceRequest SideBySide() => OnClock(offices: [("DESK", 1, 1), ("CENTRAL", 1, 1)]);

    private static RecordedClearance Call(ClearanceRequest request) =>
        new(Guid.CreateVersion7(Noon), new Capacity("officer", "CENTRAL"), Roles.ClearingOfficer, "giver", "DESK", "telephone", request.PackageDigest, "Fine by the desk.", Noon);

    private static OfficerDecision Signature(ClearanceRequest request) => Decision(request, "giver", office: "DESK") with { RecordedAs = request.Recorded[0].Id };
}
