using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Oversight.Features;

/// <summary>An auditor has the whole ledger gone over: <c>GET ledger/verification</c>.</summary>
public static class VerifyLedger
{
    public static void Map(RouteGroupBuilder ledger) => ledger.MapGet("verification", HandleAsync).ForRole(Roles.Auditor);

    private static async Task<Ok<LedgerReport>> HandleAsync(OversightDb db, CancellationToken ct)
    {
        var verification = new LedgerVerification();
        var entries = db.Ledger.AsNoTracking().OrderBy(e => e.Aggregate).ThenBy(e => e.AggregateId).ThenBy(e => e.Version);
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(ct)) verification.Add(entry); // One at a time in memory.
        return TypedResults.Ok(verification.Report());
    }
}
