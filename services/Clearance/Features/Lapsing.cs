using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>Lets the votes on open requests lapse when what they rest on has changed.</summary>
public sealed class Lapsing(ClearanceDb db, TimeProvider clock)
{
    /// <summary>Saved with whatever is saved next.</summary>
    public async Task LapseAsync(IQueryable<ClearanceRequest> resting, string cause, CancellationToken ct)
    {
        var now = clock.Now;
        foreach (var request in await resting.Where(r => LapseRules.Open.Contains(r.Status) && r.NotAfter > now).ToListAsync(ct))
            if (LapseRules.Lapse(request, cause, now).Allows(out var accepted, out _)) await db.RecordAsync(request, accepted, ct);
    }
}
