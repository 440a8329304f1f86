using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>Where offices were passed over and how often in a period, for who heads them.</summary>
[Authorize(SignInSetup.Heads)]
internal sealed class BypassesModel(ExceptionalApi exceptional, Register register) : PageModel
{
    private IReadOnlyDictionary<string, Mission> missions = new Dictionary<string, Mission>();

    public Bypasses Found { get; private set; } = new([], 0, new Dictionary<string, int>(), null);
    public FormErrors Errors { get; } = new();
    public OfficeNames Offices { get; private set; } = OfficeNames.Unknown;
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    /// <summary>The first and the last day of the period as they were typed.</summary>
    public string? From { get; private set; }
    public string? To { get; private set; }

    public async Task OnGetAsync(string? from, string? to, string? cursor, CancellationToken ct)
    {
        (From, To) = (from?.Trim(), to?.Trim());
        var (first, last) = (Day("from", From), Day("to", To));
        if (last < first) Errors.Add("to", "The last day comes before the first.");
        if (Errors.Any) return;

        var found = exceptional.BypassesAsync(first, last?.AddDays(1), string.IsNullOrEmpty(cursor) ? null : cursor, 25, ct);
        var (known, offices) = (register.MissionsAsync(ct), register.OfficesAsync(ct));
        await Task.WhenAll(found, known, offices);
        (Found, missions, Offices) = (await found ?? Found, await known, await offices);
        Names = await register.NamesAsync(Found.Items.Select(b => b.By.Person), ct);
    }

    public Place PlaceOf(string mission) => Place.Of(mission, missions.GetValueOrDefault(mission));

    /// <summary>The beginning of a day, by UTC.</summary>
    private DateTimeOffset? Day(string field, string? typed)
    {
        if (string.IsNullOrEmpty(typed)) return null;
        // The year 9999 has no day after its last.
        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year < 9999)
            return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        Errors.Add(field, "This is no day. Write it as year, month, day: 2026-12-31.");
        return null;
    }
}
