using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Clearance.Data;

/// <summary>That somebody passed over an office: kept for good, so that it is counted when the text has changed and its votes have lapsed.</summary>
/// <param name="Office">The office that was passed over.</param>
/// <param name="Role">In which right, with the capacity.</param>
public sealed record Bypass(Guid DecisionId, Guid RequestId, string Mission, string Office, Capacity By, string Role, string Reason, DateTimeOffset At)
{
    /// <summary>True when it was taken back in time.</summary>
    public bool Undone { get; init; }

    public static Bypass Of(ClearanceRequest request, OfficerDecision said) =>
        new(said.Id, request.Id, request.Mission, said.PassedOver ?? "", said.By, said.Role, said.Comment ?? "", said.At) { Undone = said.Undone };
}

/// <summary>Writes down the bypasses as they are said and taken back. Nothing is ever removed.</summary>
internal static class BypassRows
{
    public static void MapBypasses(this ModelBuilder model)
    {
        var bypass = model.Entity<Bypass>();
        bypass.ToTable("bypass").HasKey(b => b.DecisionId);
        bypass.Property(b => b.By).AsJson();
    }

    /// <param name="before">What was said until now. To be taken before anything is recorded.</param>
    public static async Task KeepBypassesAsync(this ClearanceDb db, IReadOnlyList<OfficerDecision> before, ClearanceRequest now, CancellationToken ct)
    {
        foreach (var said in now.Decisions.Where(d => d.Kind is DecisionKind.Bypassed))
            if (before.FirstOrDefault(d => d.Id == said.Id) is not { } known)
                db.Bypasses.Add(Bypass.Of(now, said));
            else if (said.Undone && !known.Undone) // By whoever said it, who need not be of the office.
                db.Entry(await db.Bypasses.IgnoreQueryFilters().SingleAsync(b => b.DecisionId == said.Id, ct)).Property(b => b.Undone).CurrentValue = true;
    }
}
