using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Clearance.Data;

/// <summary>A pack as it was written and as its digest is of it. Never changed and never deleted: permits name it.</summary>
public sealed record KeptPolicy(string Digest, string Yaml, byte[] Canonical);

/// <summary>Maps the policies.</summary>
internal static class PolicyTables
{
    public static void MapPolicies(this ModelBuilder model)
    {
        var proposal = model.Aggregate<PolicyProposal>("policy_proposal");
        proposal.HasKey(p => p.Digest);
        proposal.Property(p => p.ProposedBy).AsJson();
        proposal.Property(p => p.AdoptedBy).AsJson();
        model.Entity<KeptPolicy>().ToTable("policy").HasKey(p => p.Digest);
        model.Entity<PolicyInForce>(row =>
        {
            row.ToTable("policy_in_force").HasKey(p => p.Id);
            row.Property(p => p.Id).ValueGeneratedNever();
            row.Property(p => p.Version).IsConcurrencyToken();
        });
    }
}
