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
        var known = (await (
            from seat in db.Seats.AsNoTracking()
            where requests.Contains(seat.RequestId)
            join waiting in db.Waiting on seat.RequestId equals waiting.RequestId into open
            from waiting in open.DefaultIfEmpty()
            where seat.Assigned != null || waiting.ClaimedUntil > now
            select new { seat.RequestId, seat.Office, seat.Assigned, seat.AssignedBy, waiting.ClaimedBy, waiting.ClaimedUntil }).ToListAsync(ct)).ToLookup(s => s.RequestId);
        return requests.ToLookup(id => id, id => new AtWork(
            known[id].FirstOrDefault(s => s.ClaimedUntil > now) is { } c ? new Claimed(c.ClaimedBy!, c.ClaimedUntil!.Value) : null,
            [.. known[id].Where(s => s.Assigned is not null).Select(s => new Given(s.Office, s.Assigned!, s.AssignedBy!))]));
    }
}
