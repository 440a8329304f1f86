using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Messaging;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>Does what falls due by itself: issues permits when the period for undoing is over, tells returns, lets lapse what nobody cleared in time.</summary>
public sealed partial class SettleRequests(
    [FromKeyedServices("clearance")] Backend backend, [FromKeyedServices("clearance")] Wakeup wakeup,
    IServiceScopeFactory scopes, PermitSigner signer, TimeProvider clock, ILogger<SettleRequests> log)
    : Loop("clearance.settle", backend, wakeup, clock, log)
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private readonly TimeProvider clock = clock;
    private readonly ILogger log = log;

    protected override async Task<TimeSpan> RoundAsync(SingleActive turn, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DataScope>().BecomeSystem();
        var db = scope.ServiceProvider.GetRequiredService<ClearanceDb>();

        var now = clock.Now;
        var due = await db.Requests.Where(r => r.DueAt <= now).OrderBy(r => r.DueAt).Select(r => r.Id).Take(AtOnce).ToListAsync(ct);
        var refused = false;
        foreach (var id in due) refused |= !await SettleAsync(db, id, ct);
        if (refused) return Longest;
        if (due.Count == AtOnce) return TimeSpan.Zero;

        var next = await db.Requests.Where(r => r.DueAt != null).MinAsync(r => r.DueAt, ct);
        return next is null ? Longest : TimeSpan.FromMilliseconds(Math.Clamp((next.Value - clock.Now).TotalMilliseconds, 1, Longest.TotalMilliseconds));
    }

    private async Task<bool> SettleAsync(ClearanceDb db, Guid id, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var request = await db.Requests.SingleAsync(r => r.Id == id, ct);
        if (request.DueAt is null || request.DueAt > clock.Now) return true; // It moved on since the list was made.
        if (!Settled(request, clock.Now).Allows(out var accepted, out var refusal))
        {
            NotSettled(log, request.Id, refusal.Code);
            return false;
        }
        await db.RecordAsync(request, accepted, ct);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // An officer or the author was faster: what they did stands, and the next round looks again.
        }
        return true;
    }

    private Decision<ClearanceRequest> Settled(ClearanceRequest request, DateTimeOffset now) =>
        request.Status is ClearanceStatus.Cleared && now < request.NotAfter
            ? PermitOffice.Issue(request, Guid.CreateVersion7(now), now, signer.Sign)
            : ClearanceRules.Settle(request, now);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} is due and cannot be settled: {Code}")]
    private static partial void NotSettled(ILogger log, Guid requestId, string code);
}

/// <summary>Clearance's seal: signs permits with the newest key of its folder.</summary>
public sealed class PermitSigner(SigningKey key)
{
    public string Sign(ReleasePermit permit) => Dsse.Sign(ReleasePermit.V1, CanonicalJson.Serialize(permit), key);
}
