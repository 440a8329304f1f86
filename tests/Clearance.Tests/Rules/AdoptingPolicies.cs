using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.PolicyExamples;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class AdoptingPolicies
{
    private static readonly string InForce = new('f', 64);
    private static readonly SealedPack Policy = new(Pack(Rule("every-text", Condition.Always)), new string('a', 64));
    private static readonly Capacity Proposer = new("officer", "CENTRAL");

    private static readonly Dictionary<string, PolicyProposals.Adoption> OnlyRefusedBy = new()
    {
        ["proposed"] = Good() with { Proposal = Proposed() with { Status = PolicyProposalStatus.Withdrawn } },
        ["central-unit"] = Good() with { By = new Capacity("colleague", "HUB-ASIA") },
        ["second-person"] = Good() with { By = Proposer },
        ["same-in-force"] = Good() with { Replaces = new string('0', 64) },
        ["still-clean"] = Good() with { Faults = [new PolicyFault(7, 1, "policy.unknown-office", "No office has the code \"GONE\".")] },
    };

    [Fact]
    public void A_second_person_adopts_what_the_first_proposed()
    {
        PolicyProposals.Adopt(Good()).Allows(out var adopted, out _).ShouldBeTrue();
        (adopted!.State.Status, adopted.State.Version).ShouldBe((PolicyProposalStatus.Adopted, 2));
        var fact = adopted.Fact.ShouldBeOfType<PolicyAdopted>();
        (fact.PolicyDigest, fact.InsteadOf, fact.ProposedBy.Person, fact.By.Person).ShouldBe((Policy.Digest, InForce, "officer", "colleague"));
    }

    [Fact]
    public void Every_guard_refuses_an_adoption_that_no_other_guard_would()
    {
        OnlyRefusedBy.Keys.ShouldBe(PolicyProposals.AdoptionGuards.Select(g => g.Name), ignoreOrder: true);
        foreach (var (name, adoption) in OnlyRefusedBy)
        {
            PolicyProposals.Adopt(adoption).Allows(out _, out _).ShouldBeFalse(name);
            PolicyProposals.Adopt(adoption, [.. PolicyProposals.AdoptionGuards.Where(g => g.Name != name)]).Allows(out _, out _).ShouldBeTrue($"without {name}");
        }
    }

    [Fact]
    public void Nobody_adopts_by_another_hand_what_they_proposed()
    {
        foreach (var by in new[] { new Capacity("colleague", "CENTRAL", "officer"), new Capacity("officer", "CENTRAL", "colleague") })
        {
            PolicyProposals.Adopt(Good() with { By = by }).Allows(out _, out var refusal).ShouldBeFalse();
            refusal!.Code.ShouldBe("policy.second-person");
        }
        PolicyProposals.Adopt(Good() with { Proposal = Proposed() with { ProposedBy = Proposer with { ActingFor = "head" } }, By = new Capacity("head", "CENTRAL") }).Allows(out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void What_was_withdrawn_or_replaced_can_be_proposed_again_and_what_is_in_force_or_on_the_table_cannot()
    {
        Refused(PolicyProposals.Propose(Proposed(), Policy, InForce, null, Proposer, Examples.Noon)).ShouldBe("policy.proposed-already");
        Refused(PolicyProposals.Propose(null, Policy, Policy.Digest, null, Proposer, Examples.Noon)).ShouldBe("policy.in-force");
        Refused(PolicyProposals.Propose(null, Policy, InForce, new string('b', 64), Proposer, Examples.Noon)).ShouldBe("policy.edition-taken");
        Refused(PolicyProposals.Propose(null, Policy, InForce, null, new Capacity("author", "KBL"), Examples.Noon)).ShouldBe("policy.central-only");
        foreach (var status in new[] { PolicyProposalStatus.Withdrawn, PolicyProposalStatus.Adopted })
        {
            PolicyProposals.Propose(Proposed() with { Version = 2, Status = status }, Policy, InForce, null, Proposer, Examples.Noon).Allows(out var again, out _).ShouldBeTrue();
            (again!.State.Version, again.State.AdoptedBy).ShouldBe((3, null));
        }
    }

    [Fact]
    public void The_states_are_written_down() => Generated.ShouldBeFresh("services/Clearance/policy-states.md", PolicyProposals.Table.ToMarkdown("States of a proposed policy"));

    private static string Refused(Platform.Decisions.Decision<PolicyProposal> decision)
    {
        decision.Allows(out _, out var refusal).ShouldBeFalse();
        return refusal!.Code;
    }

    private static PolicyProposal Proposed()
    {
        PolicyProposals.Propose(null, Policy, InForce, null, Proposer, Examples.Noon).Allows(out var proposed, out _).ShouldBeTrue();
        proposed!.Fact.ShouldBeOfType<PolicyProposed>().Policy.ShouldBe("example@3");
        return proposed.State;
    }

    private static PolicyProposals.Adoption Good() => new(Proposed(), new Capacity("colleague", "CENTRAL"), InForce, InForce, [], Examples.Noon.AddMinutes(5));
}
