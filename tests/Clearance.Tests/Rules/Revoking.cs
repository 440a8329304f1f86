using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class Revoking
{
    /// <summary>For each guard a wish that only this guard refuses: taken out, it would pass.</summary>
    private static readonly Dictionary<string, (ClearanceRequest Request, Revocation Wanted)> OnlyRefusedBy = new()
    {
        ["permit-out"] = (Open(), Wanted()),
        ["not-asked"] = (Permitted() with { Revocation = Wanted() }, Wanted()),
        ["not-too-late"] = (Permitted() with { Revocation = Wanted() with { Refused = "released" } }, Wanted()),
        ["right-office"] = (Permitted(), Wanted() with { By = new Capacity("author", "KBL") }),
        ["has-reason"] = (Permitted(), Wanted() with { Comment = " " }),
    };

    [Fact]
    public void Every_guard_refuses_a_wish_that_no_other_guard_would()
    {
        OnlyRefusedBy.Keys.ShouldBe(RevocationRules.Guards.Select(g => g.Name), ignoreOrder: true);
        foreach (var (name, (request, wanted)) in OnlyRefusedBy)
        {
            RevocationRules.Ask(request, wanted).Allows(out _, out _).ShouldBeFalse(name);
            RevocationRules.Ask(request, wanted, [.. RevocationRules.Guards.Where(g => g.Name != name)]).Allows(out _, out _).ShouldBeTrue($"without {name}");
        }
    }

    [Fact]
    public void A_stopped_release_grants_it_and_that_is_the_end()
    {
        var asked = Yes(RevocationRules.Ask(Permitted(), Wanted()));
        var revoked = Yes(RevocationRules.Stopped(asked, Noon));
        revoked.Status.ShouldBe(ClearanceStatus.Revoked);
        ClearanceStates.Table.IsTerminal(revoked.Status).ShouldBeTrue();
        RevocationRules.Stopped(revoked, Noon).Allows(out _, out _).ShouldBeFalse();
        RevocationRules.TooLateFor(revoked, "stopped", Noon).Allows(out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_release_that_is_over_refuses_it_and_it_is_not_asked_again()
    {
        var refused = Yes(RevocationRules.TooLateFor(Yes(RevocationRules.Ask(Permitted(), Wanted())), "released", Noon));
        (refused.Status, refused.Revocation!.Refused).ShouldBe((ClearanceStatus.PermitIssued, "released"));
        RevocationRules.Ask(refused, Wanted()).Allows(out _, out var why).ShouldBeFalse();
        why!.Code.ShouldBe("clearance.revocation-too-late");
        RevocationRules.Stopped(refused, Noon).Allows(out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void An_answer_that_nobody_waits_for_changes_nothing()
    {
        RevocationRules.Stopped(Permitted(), Noon).Allows(out _, out _).ShouldBeFalse();
        RevocationRules.TooLateFor(Permitted(), "released", Noon).Allows(out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Every_step_stands_in_the_table()
    {
        var asked = RevocationRules.Ask(Permitted(), Wanted());
        Fact(asked).ShouldBeOfType<PermitRevocationAsked>().By.ShouldBe(new Capacity("officer", "CENTRAL"));
        foreach (var (from, step) in new[] { (Permitted(), asked), (Yes(asked), RevocationRules.Stopped(Yes(asked), Noon)), (Yes(asked), RevocationRules.TooLateFor(Yes(asked), "released", Noon)) })
            ClearanceStates.Table.Next(from.Status, Fact(step).GetType().Name).ShouldBe(Yes(step).Status);
    }

    private static Revocation Wanted() => new(Guid.CreateVersion7(Noon), new Capacity("officer", "CENTRAL"), "events", "The visit was called off.", Noon);

    private static ClearanceRequest Permitted()
    {
        var open = Open();
        return open with { Version = 3, Status = ClearanceStatus.PermitIssued, PermitId = Guid.CreateVersion7(Noon), Decisions = [Decision(open)], DueAt = null };
    }

    private static IFact Fact(Decision<ClearanceRequest> decision)
    {
        decision.Allows(out var accepted, out var refusal).ShouldBeTrue(refusal?.Code);
        return accepted!.Fact;
    }

    private static ClearanceRequest Yes(Decision<ClearanceRequest> decision)
    {
        decision.Allows(out var accepted, out var refusal).ShouldBeTrue(refusal?.Code);
        accepted!.State.Version.ShouldBe(accepted.Fact.Version);
        return accepted.State;
    }
}
