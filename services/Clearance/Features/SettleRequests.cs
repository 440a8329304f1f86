using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Signing;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Messaging;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>Does what falls due by itself: issues permits when the period for undoing is over, tells returns, lets lapse what nobody cleared in time.</summary>
public sealed partial class SettleRequests(
    [FromKeyedServices("clearance")] Backend backend, [FromKeyedServices("clearance")] Wakeup wakeup,
    IServiceScopeFactory scopes, PermitSeal seal, TimeProvider clock, ILogger<SettleRequests> log)
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
        var due = await Waiting(db, now).Where(r => r.DueAt <= now).OrderBy(r => r.DueAt).Select(r => r.Id).Take(AtOnce).ToListAsync(ct);
        var refused = false;
        foreach (var id in due) refused |= !await SettleAsync(db, id, ct);
        if (refused) return Longest;
        if (due.Count == AtOnce) return TimeSpan.Zero;

        var next = await Waiting(db, clock.Now).MinAsync(r => r.DueAt, ct);
        if (seal.RestsUntil is { } rests && !(next < rests)) next = rests;
        return next is null ? Longest : TimeSpan.FromMilliseconds(Math.Clamp((next.Value - clock.Now).TotalMilliseconds, 1, Longest.TotalMilliseconds));
    }

    /// <summary>What something will happen to by itself. While the signer rests, what only wants a permit waits with it and holds up nothing else.</summary>
    private IQueryable<ClearanceRequest> Waiting(ClearanceDb db, DateTimeOffset now)
    {
        var waiting = db.Requests.Where(r => r.DueAt != null);
        return seal.RestsUntil > now ? waiting.Where(r => r.Status != ClearanceStatus.Cleared || r.NotAfter <= now) : waiting;
    }

    private async Task<bool> SettleAsync(ClearanceDb db, Guid id, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var request = await db.Requests.SingleAsync(r => r.Id == id, ct);
        var now = clock.Now;
        if (request.DueAt is null || request.DueAt > now) return true; // It moved on since the list was made.
        var wantsPermit = request.Status is ClearanceStatus.Cleared && now < request.NotAfter;
        if (wantsPermit && seal.RestsUntil > now) return true;
        try
        {
            var settled = wantsPermit ? await PermittedAsync(request, now, ct) : ClearanceRules.Settle(request, now);
            if (!settled.Allows(out var accepted, out var refusal))
            {
                NotSettled(log, request.Id, refusal.Code);
                if (!PermitOffice.Withhold(request, now).Allows(out accepted, out _)) return false;
            }
            await db.RecordAsync(request, accepted, ct);
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // An officer or the author was faster: what they did stands, and the next round looks again. A permit that was signed meanwhile has gone nowhere.
        }
        catch (SigningFailedException fault)
        {
            NotSigned(log, request.Id, seal.RestsUntil, fault.Message);
        }
        return true;
    }

    /// <summary>Signed between reading and saving, with no transaction open: a program may take its time. The save is by the version that was read.</summary>
    private async Task<Decision<ClearanceRequest>> PermittedAsync(ClearanceRequest request, DateTimeOffset now, CancellationToken ct)
    {
        var permitId = Guid.CreateVersion7(now);
        if (PermitOffice.Draw(request, permitId, now, out var refusal) is not { } permit) return refusal!;
        var envelope = await seal.SealAsync(permit, ct);
        return PermitOffice.Issue(request, permitId, now, _ => envelope);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} is due and cannot be settled: {Code}")]
    private static partial void NotSettled(ILogger log, Guid requestId, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} is cleared and gets no permit before {Again}, for it cannot be signed: {Why}")]
    private static partial void NotSigned(ILogger log, Guid requestId, DateTimeOffset? again, string why);
}
