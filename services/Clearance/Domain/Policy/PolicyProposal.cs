using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>One pack's way into force, known by the digest of what it says. It can be proposed again once it has been withdrawn or replaced.</summary>
/// <param name="Name">The pack's id and edition.</param>
public sealed record PolicyProposal(
    string Digest, int Version, string Name, string Title, int Rules, PolicyProposalStatus Status,
    Capacity ProposedBy, DateTimeOffset ProposedAt, Capacity? AdoptedBy, DateTimeOffset? AdoptedAt) : IAggregate
{
    string IAggregate.LedgerId => Digest;
}

/// <summary>How a proposal stands.</summary>
public enum PolicyProposalStatus { Proposed, Adopted, Withdrawn }

/// <summary>Which policy new rounds are judged by. One row: of two that are adopted at once, one finds it changed.</summary>
/// <param name="Version">Counts adoptions, and is compared when one is written.</param>
/// <param name="Digest">Null until the first adoption: the preset that comes with the program.</param>
public sealed record PolicyInForce(int Id, int Version, string? Digest, DateTimeOffset? Since);

/// <summary>Who may bring a policy into force, and when.</summary>
public static class PolicyProposals
{
    public static readonly Transitions<PolicyProposalStatus> Table = new(
        (null, nameof(PolicyProposed), PolicyProposalStatus.Proposed, "somebody of the central unit proposes a pack that checks clean"),
        (PolicyProposalStatus.Proposed, nameof(PolicyAdopted), PolicyProposalStatus.Adopted, "somebody else of the central unit adopts it"),
        (PolicyProposalStatus.Proposed, nameof(PolicyProposalWithdrawn), PolicyProposalStatus.Withdrawn, "the central unit takes it off the table"),
        (PolicyProposalStatus.Withdrawn, nameof(PolicyProposed), PolicyProposalStatus.Proposed, "it is proposed again"),
        (PolicyProposalStatus.Adopted, nameof(PolicyProposed), PolicyProposalStatus.Proposed, "it is proposed again after another has replaced it"));

    /// <summary>What an adoption is judged on.</summary>
    /// <param name="Replaces">Digest of the policy that the adopter saw in force.</param>
    /// <param name="InForce">Digest of the one that is.</param>
    /// <param name="Faults">What the check finds today: offices may have gone since the proposal.</param>
    public sealed record Adoption(PolicyProposal Proposal, Capacity By, string Replaces, string InForce, IReadOnlyList<PolicyFault> Faults, DateTimeOffset At);

    /// <summary>The checks on an adoption, in their order. Taking one out makes a test fail.</summary>
    public static readonly IReadOnlyList<Guard<Adoption>> AdoptionGuards =
    [
        new("proposed", a => Table.Allows(a.Proposal.Status, nameof(PolicyAdopted)) ? null : NotProposed(a.Proposal.Status)),
        new("central-unit", a => a.By.Office == Offices.Central ? null : CentralOnly),
        new("second-person", a => People(a.Proposal.ProposedBy).Intersect(People(a.By)).Any() ? SecondPerson : null),
        new("same-in-force", a => a.Replaces == a.InForce ? null : OtherInForce(a.InForce)),
        new("still-clean", a => a.Faults.Count == 0 ? null : Faulty(a.Faults)),
    ];

    /// <param name="sameName">Digest of another pack that bears this id and edition; null when none does.</param>
    public static Decision<PolicyProposal> Propose(PolicyProposal? current, SealedPack policy, string inForce, string? sameName, Capacity by, DateTimeOffset now)
    {
        var pack = policy.Pack;
        if (by.Office != Offices.Central) return CentralOnly;
        if (policy.Digest == inForce) return InForceAlready;
        if (sameName is not null) return EditionTaken(pack.Name);
        if (!Table.Allows(current?.Status, nameof(PolicyProposed))) return ProposedAlready;
        var proposed = new PolicyProposal(policy.Digest, (current?.Version ?? 0) + 1, pack.Name, pack.Title, pack.Rules.Count, PolicyProposalStatus.Proposed, by, now, null, null);
        return Accept(proposed, new PolicyProposed(proposed.Digest, proposed.Version, proposed.Name, proposed.Rules, by, now));
    }

    public static Decision<PolicyProposal> Adopt(Adoption adoption) => Adopt(adoption, AdoptionGuards);

    internal static Decision<PolicyProposal> Adopt(Adoption adoption, IReadOnlyList<Guard<Adoption>> guards)
    {
        if (guards.FirstRefusal(adoption) is { } refusal) return refusal;
        var adopted = adoption.Proposal with { Version = adoption.Proposal.Version + 1, Status = PolicyProposalStatus.Adopted, AdoptedBy = adoption.By, AdoptedAt = adoption.At };
        return Accept(adopted, new PolicyAdopted(adopted.Digest, adopted.Version, adopted.Name, adoption.InForce, adopted.ProposedBy, adoption.By, adoption.At));
    }

    public static Decision<PolicyProposal> Withdraw(PolicyProposal proposal, Capacity by, DateTimeOffset now)
    {
        if (!Table.Allows(proposal.Status, nameof(PolicyProposalWithdrawn))) return NotProposed(proposal.Status);
        if (by.Office != Offices.Central) return CentralOnly;
        var withdrawn = proposal with { Version = proposal.Version + 1, Status = PolicyProposalStatus.Withdrawn };
        return Accept(withdrawn, new PolicyProposalWithdrawn(withdrawn.Digest, withdrawn.Version, withdrawn.Name, by, now));
    }

    private static IEnumerable<string> People(Capacity by) => by.ActingFor is { } absent ? [by.Person, absent] : [by.Person];

    public static readonly Refusal CentralOnly = new("policy.central-only", "Policies are proposed and adopted by clearing officers and the head of the central unit.", 403);
    public static readonly Refusal SecondPerson = new("policy.second-person", "Whoever proposed it does not adopt it, nor does anybody acting for them. Ask somebody else of the central unit.", 403);
    public static readonly Refusal InForceAlready = new("policy.in-force", "This very policy is in force.");
    public static readonly Refusal ProposedAlready = new("policy.proposed-already", "This very policy is proposed already. Somebody else can adopt it.");

    public static Refusal EditionTaken(string name) => new("policy.edition-taken", $"{name} exists and says something else. Count the version up, so that a permit's policy means one thing.");

    public static Refusal OtherInForce(string digest) => new("policy.other-in-force", $"Another policy came into force since you looked ({digest[..12]}…). See what it says, then decide whether this one should replace it.");

    public static Refusal NotProposed(PolicyProposalStatus status) => new("policy.not-proposed", $"It is not on the table: {status}.");

    public static Refusal Faulty(IReadOnlyList<PolicyFault> faults) =>
        new("policy.faulty", string.Join(' ', faults.Take(3).Select(f => f.Line > 0 ? $"Line {f.Line}: {f.Reason}" : f.Reason)) + (faults.Count > 3 ? $" And {faults.Count - 3} more." : ""), 400);
}
