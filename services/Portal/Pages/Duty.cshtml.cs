using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>Who has the duty now, what cannot wait, and which offices are cut off: of these, whoever may say so says here that one is, or is back.</summary>
[Authorize(SignInSetup.Officers)]
internal sealed class DutyModel(ExceptionalApi exceptional, Register register, TimeProvider clock) : PageModel
{
    private IReadOnlyDictionary<string, Mission> missions = new Dictionary<string, Mission>();

    public Duty Duty { get; private set; } = new([], [], [], []);
    public DateTimeOffset Now { get; } = clock.Now;
    public Banner Told { get; private set; } = new((string?)null);
    public FormErrors Errors { get; } = new();
    public OfficeNames Offices { get; private set; } = OfficeNames.Unknown;
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    /// <summary>Makes a second press do nothing twice.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Offices that can be reached, and of which the reader may say that they cannot.</summary>
    public IReadOnlyList<string> Reached => [.. Duty.MaySpeakFor.Except(Duty.CutOff.Select(a => a.Office))];

    public async Task OnGetAsync(string? told, CancellationToken ct)
    {
        Told = Banner.Of(told);
        await LoadAsync(ct);
    }

    public Task<IActionResult> OnPostCutOffAsync(string? office, string? key, CancellationToken ct) =>
        SayAsync(office, o => exceptional.CutOffAsync(o, $"{key}-cut-off-{o}", ct), "cut-off", ct);

    public Task<IActionResult> OnPostReconnectAsync(string? office, string? key, CancellationToken ct) =>
        SayAsync(office, o => exceptional.ReconnectAsync(o, $"{key}-reconnect-{o}", ct), "reconnected", ct);

    public Place PlaceOf(string mission) => Place.Of(mission, missions.GetValueOrDefault(mission));

    private async Task<IActionResult> SayAsync(string? office, Func<string, Task<Answer<object>>> say, string told, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(office)) Errors.Add("office", "Choose the office");
        else if ((await say(office)).Refused is { } refused) Errors.Add("office", refused.Status == 404 ? "There is no such office" : refused.Detail);
        else return Redirect($"/duty?told={told}");
        await LoadAsync(ct);
        return Page();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var (duty, known, offices) = (exceptional.DutyAsync(ct), register.MissionsAsync(ct), register.OfficesAsync(ct));
        await Task.WhenAll(duty, known, offices);
        (Duty, missions, Offices, Key) = (await duty ?? Duty, await known, await offices, Guid.CreateVersion7(Now).ToString("N"));
        Names = await register.NamesAsync(Duty.OnDuty.Select(t => t.Person).Concat(Duty.CutOff.Select(a => a.By?.Person).OfType<string>()), ct);
    }
}
