using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;

namespace WorkflowPlatform.Clearance.Features.Queueing;

/// <summary>Who is at work on a request: shown to the offices, and to nobody else.</summary>
/// <param name="Claim">Null when nobody has it open.</param>
public sealed record AtWork(AtWork.Claimed? Claim, IReadOnlyList<AtWork.Given> Assigned)
{
    public sealed record Claimed(string Person, DateTimeOffset Until);

    public sealed record Given(string Office, string Person, string By);

    /// <summary>Who of the asker's office could take it; told on the sheet alone.</summary>
    public IReadOnlyList<string> Colleagues { get; init; } = [];

    public static AtWork Nobody { get; } = new(null, []);

    internal static async Task<ILookup<Guid, AtWork>> OnAsync(ClearanceDb db, IReadOnlyList<Guid> requests, DateTimeOffset now, CancellationToken ct)
    {
        var claims = await db.Waiting.AsNoTracking().Where(w => requests.Contains(w.RequestId) && w.ClaimedUntil > now)
            .Select(w => new { w.RequestId, w.ClaimedBy, w.ClaimedUntil }).ToDictionaryAsync(w => w.RequestId, ct);
        var given = (await db.Seats.AsNoTracking().Where(s => requests.Contains(s.RequestId) && s.Assigned != null)
            .Select(s => new { s.RequestId, s.Office, s.Assigned, s.AssignedBy }).ToListAsync(ct)).ToLookup(s => s.RequestId);
        return requests.ToLookup(id => id, id => new AtWork(
            claims.TryGetValue(id, out var c) ? new Claimed(c.ClaimedBy!, c.ClaimedUntil!.Value) : null, [.. given[id].Select(s => new Given(s.Office, s.Assigned!, s.AssignedBy!))]));
    }
}
