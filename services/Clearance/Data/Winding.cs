using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Calendar;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Data;

/// <summary>Begins the offices' clocks by the hours that the register knows of them at that moment.</summary>
/// <remarks>In the lanes Immediate and Flash minutes pass at night too: a text that cannot wait is not to wait for opening time. So do they for an office whose hours nobody has recorded.</remarks>
internal static class Winding
{
    public static async Task<ClearanceRequest> WoundAsync(this ClearanceDb db, ClearanceRequest request, DateTimeOffset now, CancellationToken ct)
    {
        var after = await db.AfterAsync(ClockRules.Unwound(request), request.Lane is Lane.Immediate or Lane.Flash, ct);
        return ClockRules.Wind(request, now, (office, minutes) => after(office, now, minutes));
    }

    /// <summary>When so many minutes of an office's time are over, counted from an instant.</summary>
    /// <param name="round">True to count around the clock.</param>
    public static async Task<Func<string, DateTimeOffset, int, DateTimeOffset>> AfterAsync(this ClearanceDb db, IReadOnlyList<string> offices, bool round, CancellationToken ct)
    {
        var known = round || offices.Count == 0 ? [] : await db.Offices.AsNoTracking().Where(o => offices.Contains(o.Code)).ToDictionaryAsync(o => o.Code, ct);
        return (office, from, minutes) => known.TryGetValue(office, out var book)
            ? WorkingTime.Add(OfficeHours.Of(book), from, minutes).ToWholeMilliseconds()
            : from.AddMinutes(minutes);
    }
}
