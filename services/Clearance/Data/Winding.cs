using WorkflowPlatform.Clearance.Calendar;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Data;

/// <summary>Begins the offices' clocks by the hours that the register knows of them at that moment.</summary>
/// <remarks>In the lanes Immediate and Flash minutes pass at night too: a text that cannot wait is not to wait for opening time. So do they for an office whose hours nobody has recorded.</remarks>
internal static class Winding
{
    public static async Task<ClearanceRequest> WoundAsync(this ClearanceDb db, ClearanceRequest request, DateTimeOffset now, CancellationToken ct)
    {
        var beginning = ClockRules.Unwound(request);
        var round = beginning.Count == 0 || request.Lane is Lane.Immediate or Lane.Flash;
        var known = round ? new Dictionary<string, KnownOffice>() : await db.OfficesAsync(ct);
        var wound = ClockRules.Wind(request, now, (office, minutes) => After(known, office, now, minutes));
        // Kept with the clock: whoever doubts its end later can reckon it again.
        return wound with { Clocks = [.. wound.Clocks.Select(c => c.DueAt is not null && beginning.Contains(c.Office) && known.TryGetValue(c.Office, out var book) ? c with { Calendar = new OfficeCalendar(book.Version, book.Zone, book.Hours) } : c)] };
    }

    /// <summary>When so many minutes of an office's time are over, counted from an instant.</summary>
    public static async Task<Func<string, DateTimeOffset, int, DateTimeOffset>> AfterAsync(this ClearanceDb db, CancellationToken ct)
    {
        var known = await db.OfficesAsync(ct);
        return (office, from, minutes) => After(known, office, from, minutes);
    }

    private static DateTimeOffset After(IReadOnlyDictionary<string, KnownOffice> known, string office, DateTimeOffset from, int minutes) =>
        known.TryGetValue(office, out var book) ? WorkingTime.Add(OfficeHours.Of(book), from, minutes).ToWholeMilliseconds() : from.AddMinutes(minutes);
}
