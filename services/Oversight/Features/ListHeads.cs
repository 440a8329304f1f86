using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Oversight.Features;

/// <summary>The last entry of each aggregate, to be compared with what the owners hold: <c>GET ledger/heads</c>.</summary>
/// <remarks>What a chain cannot prove about itself: that nothing was cut off its end, added to it, or rewritten as a whole.</remarks>
public static class ListHeads
{
    /// <param name="Hash">SHA-256 of the entry, hex; the owner keeps it beside the aggregate.</param>
    public sealed record Head(string Aggregate, string Id, int Version, string Hash);

    public static void Map(RouteGroupBuilder ledger) => ledger.MapGet("heads", Handle).ForRole(Roles.Auditor);

    private static Ok<IAsyncEnumerable<Head>> Handle(OversightDb db) => TypedResults.Ok(db.Ledger.AsNoTracking()
        .Where(e => !db.Ledger.Any(later => later.Aggregate == e.Aggregate && later.AggregateId == e.AggregateId && later.Version > e.Version))
        .OrderBy(e => e.Aggregate).ThenBy(e => e.AggregateId)
        .Select(e => new Head(e.Aggregate, e.AggregateId, e.Version, Convert.ToHexStringLower(e.Hash)))
        .AsAsyncEnumerable());
}
