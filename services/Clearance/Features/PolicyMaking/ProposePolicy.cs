using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.PolicyMaking;

/// <summary>Somebody of the central unit proposes a pack: <c>POST /policies</c>, the body in YAML; a deputy of several says for whom with <c>?actingFor=</c>.</summary>
public static class ProposePolicy
{
    /// <param name="InForce">Digest of the policy that it would replace.</param>
    /// <param name="Paper">The pack in plain words.</param>
    public sealed record Response(string Digest, int Version, string Name, PolicyProposalStatus Status, int Rules, string InForce, string Paper);

    public static void Map(RouteGroupBuilder policies) => policies
        .MapPost("", HandleAsync)
        .Accepts<string>("application/yaml")
        .WithMetadata(new RequestSizeLimitAttribute(PolicyUpload.MostBytes))
        .ForRole()
        .Once<ClearanceDb>();

    private static async Task<Results<Created<Response>, ProblemHttpResult>> HandleAsync(
        PolicyUpload upload, HttpContext http, Actor actor, Acting acting, ClearanceDb db, PolicyShelf shelf, TimeProvider clock, string? actingFor = null, CancellationToken ct = default)
    {
        if (PolicyMakers.Speaking(await acting.AsAsync(actor, ct), actingFor) is not { } by) return Authorization.NotYourRole.ToProblem();
        var (pack, faults) = PackReader.Read(upload.Bytes);
        if (pack is not null) faults = PolicyCheck.Check(pack, await db.PolicyBookAsync(ct));
        if (faults.Count > 0) return PolicyProposals.Faulty(faults).ToProblem(("faults", faults));

        var policy = PackFile.Seal(pack!);
        var (inForce, current) = (await shelf.InForceAsync(ct), await db.PolicyProposals.SingleOrDefaultAsync(p => p.Digest == policy.Digest, ct));
        if (!PolicyProposals.Propose(current, policy, inForce.Digest, await shelf.SameNameAsync(policy, ct), by, clock.Now).Allows(out var accepted, out var refusal))
            return refusal.ToProblem();

        if (!await db.Policies.AnyAsync(p => p.Digest == policy.Digest, ct))
            db.Policies.Add(new KeptPolicy(policy.Digest, Encoding.UTF8.GetString(upload.Bytes), PackFile.Canonical(policy.Pack)));
        db.Record(current, accepted);
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Created($"/api/clearance/policies/{policy.Digest}",
            new Response(policy.Digest, accepted.State.Version, accepted.State.Name, accepted.State.Status, accepted.State.Rules, inForce.Digest, PolicyPaper.Of(policy)));
    }
}
