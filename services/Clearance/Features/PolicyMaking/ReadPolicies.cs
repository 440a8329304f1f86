using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features.PolicyMaking;

/// <summary>What the policy is, was and could become: <c>GET /policies</c>, <c>/policies/in-force</c>, <c>/policies/{policy}</c> and <c>/policies/schema</c>.</summary>
public static class ReadPolicies
{
    private const int Most = 200;

    /// <param name="Status">Null for one that comes with the program and that nobody has proposed.</param>
    public sealed record Item(string Digest, int? Version, string Name, string Title, int Rules, bool InForce, PolicyProposalStatus? Status, Capacity? ProposedBy, DateTimeOffset? ProposedAt, Capacity? AdoptedBy, DateTimeOffset? AdoptedAt);

    /// <param name="Items">Those that were proposed, the latest first; at most 200.</param>
    /// <param name="Presets">Those that come with the program.</param>
    public sealed record Response(string InForce, DateTimeOffset? Since, IReadOnlyList<Item> Items, IReadOnlyList<Item> Presets);

    /// <param name="Yaml">As it was written.</param>
    /// <param name="Canonical">What the digest is of.</param>
    /// <param name="Paper">In plain words, Markdown.</param>
    public sealed record Policy(Item Item, string Yaml, string Canonical, string Paper);

    public static void Map(RouteGroupBuilder policies)
    {
        policies.MapGet("", ListAsync).ForRole();
        policies.MapGet("schema", () => TypedResults.Text(PackSchema.Json, "application/schema+json")).ForRole();
        policies.MapGet("in-force", InForceAsync).ForRole();
        policies.MapGet("{policy}", OneAsync).ForRole();
    }

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> ListAsync(Actor actor, Acting acting, ClearanceDb db, PolicyShelf shelf, CancellationToken ct)
    {
        if (!PolicyMakers.MayRead(await acting.AsAsync(actor, ct))) return Authorization.NotYourRole.ToProblem();
        var (row, inForce) = (await shelf.RowAsync(ct), await shelf.InForceAsync(ct));
        var proposals = await db.PolicyProposals.AsNoTracking().OrderByDescending(p => p.ProposedAt).Take(Most).ToListAsync(ct);
        return TypedResults.Ok(new Response(inForce.Digest, row.Since, [.. proposals.Select(p => Told(p, inForce))], [.. PolicyShelf.OfProgram.Select(p => Told(p, inForce))]));
    }

    /// <summary>For everybody: by what a text will be judged is no secret of those who judge.</summary>
    private static async Task<Ok<Policy>> InForceAsync(HttpContext http, ClearanceDb db, PolicyShelf shelf, CancellationToken ct)
    {
        var row = await shelf.RowAsync(ct);
        IfMatch.Tell(http, row.Version);
        return TypedResults.Ok(await PolicyAsync(await shelf.InForceAsync(ct), db, shelf, ct));
    }

    private static async Task<Results<Ok<Policy>, NotFound, ProblemHttpResult>> OneAsync(
        [FromRoute(Name = "policy")] string digest, HttpContext http, Actor actor, Acting acting, ClearanceDb db, PolicyShelf shelf, CancellationToken ct)
    {
        if (!PolicyMakers.MayRead(await acting.AsAsync(actor, ct))) return Authorization.NotYourRole.ToProblem();
        if (await shelf.FindAsync(digest, ct) is not { } policy) return TypedResults.NotFound();
        var told = await PolicyAsync(policy, db, shelf, ct);
        if (told.Item.Version is { } version) IfMatch.Tell(http, version);
        return TypedResults.Ok(told);
    }

    private static async Task<Policy> PolicyAsync(SealedPack policy, ClearanceDb db, PolicyShelf shelf, CancellationToken ct)
    {
        var inForce = await shelf.InForceAsync(ct);
        var proposal = await db.PolicyProposals.AsNoTracking().SingleOrDefaultAsync(p => p.Digest == policy.Digest, ct);
        return new Policy(
            proposal is null ? Told(policy, inForce) : Told(proposal, inForce), await shelf.YamlAsync(policy.Digest, ct),
            Encoding.UTF8.GetString(PackFile.Canonical(policy.Pack)), PolicyPaper.Of(policy));
    }

    private static Item Told(PolicyProposal p, SealedPack inForce) =>
        new(p.Digest, p.Version, p.Name, p.Title, p.Rules, p.Digest == inForce.Digest, p.Status, p.ProposedBy, p.ProposedAt, p.AdoptedBy, p.AdoptedAt);

    private static Item Told(SealedPack p, SealedPack inForce) =>
        new(p.Digest, null, p.Pack.Name, p.Pack.Title, p.Pack.Rules.Count, p.Digest == inForce.Digest, null, null, null, null, null);
}
