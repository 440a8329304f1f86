using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.Waiting;

/// <summary>Keeps when somebody of an office fetched a page last: an office of whom nobody is seen while something waits is cut off.</summary>
/// <remarks>Feed readers and other programs go on asking while nobody looks. So a request counts only when whoever sends it says that a person asked for it to read it now; without a word it does not.</remarks>
public sealed class Presence(ClearanceDb db, Presence.SeenHere here, TimeProvider clock)
{
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    /// <summary>The header that says so, with the value <see cref="Person"/>.</summary>
    public const string Header = "Presence";

    public const string Person = "person";

    /// <summary>What this process has kept already: most pages come within a minute of another.</summary>
    public sealed class SeenHere : ConcurrentDictionary<string, DateTimeOffset>;

    /// <param name="said">What the header said; null without it.</param>
    public async Task SeeAsync(string? said, IReadOnlyList<HeldCapacity> held, CancellationToken ct)
    {
        if (said != Person) return;
        var now = clock.Now;
        var seen = held.Where(h => Roles.OfAnOffice.Contains(h.Role) && !(here.TryGetValue(h.Office, out var at) && (now - at).Duration() < Grain)).DistinctBy(h => h.Office).ToDictionary(h => h.Office);
        if (seen.Count == 0) return;
        var offices = seen.Keys.ToList();
        var known = await db.Presences.AsNoTracking().Where(p => offices.Contains(p.Office)).ToDictionaryAsync(p => p.Office, ct);
        foreach (var (office, right) in seen.Where(s => !known.TryGetValue(s.Key, out var last) || (now - last.SeenAt).Duration() >= Grain))
            await SeeAsync(right, known.ContainsKey(office), now, ct);
        foreach (var office in offices) here[office] = known.TryGetValue(office, out var last) && (now - last.SeenAt).Duration() < Grain ? last.SeenAt : now;
    }

    private async Task SeeAsync(HeldCapacity right, bool known, DateTimeOffset now, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        db.Entry(new PresenceRow(right.Office, now)).State = known ? EntityState.Modified : EntityState.Added;
        var reach = await db.Reaches.SingleOrDefaultAsync(r => r.Office == right.Office, ct);
        if (ReachRules.See(reach, right, now).Allows(out var back, out _)) db.Record(reach, back);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // A colleague was seen at the same moment: that is as good.
        }
        db.ChangeTracker.Clear();
    }
}

/// <summary>Keeps what became of an office's reach.</summary>
internal static class Reaching
{
    /// <returns>False when somebody else was faster.</returns>
    public static async Task<bool> SaveAsync(this ClearanceDb db, OfficeReach? current, Accepted<OfficeReach> accepted, CancellationToken ct)
    {
        db.Record(current, accepted);
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
