using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Messaging;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.Waiting;

/// <summary>Does what the offices' clocks ask for: reminds, lets silence count where it may, asks the office above, and tells of reviews that are overdue.</summary>
public sealed class WatchClocks(
    [FromKeyedServices("clearance")] Backend backend, [FromKeyedServices("clearance")] Wakeup wakeup,
    IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock, ILogger<WatchClocks> log)
    : Loop("clearance.clocks", backend, wakeup, clock, log)
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1);
    private readonly TimeProvider clock = clock;
    private DateTimeOffset lookedAround = DateTimeOffset.MinValue;

    /// <summary>Its clocks go by minutes: it need not look after each commit of a crowd.</summary>
    protected override TimeSpan Together => TimeSpan.FromMilliseconds(500);

    protected override async Task<TimeSpan> RoundAsync(SingleActive turn, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DataScope>().BecomeSystem();
        var db = scope.ServiceProvider.GetRequiredService<ClearanceDb>();

        var now = clock.Now;
        if ((now - lookedAround).Duration() >= Often)
        {
            await MissAsync(db, now, ct);
            lookedAround = now;
        }
        var cutOff = await db.Reaches.Where(r => r.Cause != null).Select(r => r.Office).ToListAsync(ct);
        var due = await db.Seats.AsNoTracking().Where(s => s.Awaited && (s.DueAt <= now || cutOff.Contains(s.Office)))
            .OrderBy(s => s.DueAt).Take(AtOnce).ToListAsync(ct);
        foreach (var seat in due)
            while (await StrikeAsync(db, seat, ct)) { }

        var overdue = await db.Requests.AsNoTracking().Where(r => r.ReviewAlertAt <= now).OrderBy(r => r.ReviewAlertAt).Select(r => r.Id).Take(AtOnce).ToListAsync(ct);
        foreach (var id in overdue) await RecordAsync(db, id, r => ReviewRules.Overdue(r, clock.Now), ct);
        return due.Count == AtOnce || overdue.Count == AtOnce ? TimeSpan.Zero : Longest;
    }

    /// <summary>The next one thing that is due of an office's clock; false when nothing is, or somebody was faster.</summary>
    private async Task<bool> StrikeAsync(ClearanceDb db, Seat seat, CancellationToken ct)
    {
        var now = clock.Now;
        var above = await InItsPlaceAsync(db, seat.Office, now, ct);
        var notice = await db.Notices.AsNoTracking().SingleOrDefaultAsync(n => n.RequestId == seat.RequestId && n.Office == seat.Office, ct);
        var cutOff = await db.Reaches.AsNoTracking().Where(r => r.Office == seat.Office).Select(r => r.Cause).SingleOrDefaultAsync(ct);
        return await RecordAsync(db, seat.RequestId, request => ClockRules.Strike(request, seat.Office, new ClockRules.Look(
            Guid.CreateVersion7(now), now, above, cutOff,
            notice is null ? null : new Notice(new Capacity(notice.Person, notice.Office, notice.ActingFor), notice.At, notice.PackageDigest, notice.TurnAt),
            configuration.UndoPeriod(request.Lane))), ct);
    }

    /// <summary>Offices of whom nobody was seen for too long while something waited count as cut off.</summary>
    private async Task MissAsync(ClearanceDb db, DateTimeOffset now, CancellationToken ct)
    {
        var minutes = configuration.GetValue("Clearance:CutOffAfterMinutes", 24 * 60);
        var waiting = await db.Seats.Where(s => s.Awaited && s.AskedAt != null).GroupBy(s => s.Office).Select(g => new { Office = g.Key, Since = g.Min(s => s.AskedAt) }).ToListAsync(ct);
        var after = await db.AfterAsync(ct);
        foreach (var (office, asked) in waiting.Select(w => (w.Office, w.Since!.Value)))
        {
            var seen = await db.Presences.AsNoTracking().Where(p => p.Office == office).Select(p => (DateTimeOffset?)p.SeenAt).SingleOrDefaultAsync(ct);
            db.ChangeTracker.Clear();
            var current = await db.Reaches.SingleOrDefaultAsync(r => r.Office == office, ct);
            var since = ReachRules.MissingSince(current, asked, seen);
            if (ReachRules.Miss(current, office, since, after(office, since, minutes), now).Allows(out var missed, out _)) await db.SaveAsync(current, missed, ct);
        }
    }

    /// <summary>Whom to ask in an office's place: the one above it; for one that stands at the top the one that has the duty, else the central unit. Null for the central unit when no other has the duty.</summary>
    private static async Task<string?> InItsPlaceAsync(ClearanceDb db, string office, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.AboveAsync(office, ct) is { } above) return above;
        var onDuty = (await db.OnDutyAsync(now, ct)).FirstOrDefault(d => d.Office != office)?.Office;
        return onDuty ?? (office == Offices.Central ? null : Offices.Central);
    }

    private static async Task<bool> RecordAsync(ClearanceDb db, Guid id, Func<ClearanceRequest, Decision<ClearanceRequest>> rule, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var request = await db.Requests.SingleAsync(r => r.Id == id, ct);
        if (!rule(request).Allows(out var accepted, out _)) return false;
        try
        {
            await db.RecordAsync(request, accepted, ct);
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false; // An officer was faster: what they said stands, and the next round looks again.
        }
    }
}
