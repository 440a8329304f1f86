using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>Lets the votes on open requests lapse when what they rest on has changed.</summary>
public sealed class Lapsing(ClearanceDb db, PackageStore packages, Routing routing, TimeProvider clock)
{
    /// <summary>Saved with whatever is saved next.</summary>
    /// <param name="causeOf">What the change means for a request; null when nothing.</param>
    /// <param name="news">What the register has just told of the account; null when it is not about that.</param>
    public async Task LapseAsync(IQueryable<ClearanceRequest> resting, Func<ClearanceRequest, string?> causeOf, CancellationToken ct, KnownAccount? news = null)
    {
        var now = clock.Now;
        foreach (var request in await resting.Where(r => LapseRules.Open.Contains(r.Status) && r.NotAfter > now).ToListAsync(ct))
        {
            if (causeOf(request) is not { } cause) continue;
            var (anew, amended) = LapseRules.AsksAnew(cause) ? (await RoutedAsync(request.PackageDigest), await RoutedAsync(request.Amendment?.Digest)) : (null, null);
            if (LapseRules.Lapse(request, cause, now, anew, amended).Allows(out var accepted, out _)) await db.RecordAsync(request, accepted, ct);
        }

        async Task<Routed?> RoutedAsync(string? digest) => digest is null ? null : await routing.RouteAsync(await packages.ReadAsync(digest, ct), now, ct, news);
    }
}
