using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>How returns were reasoned before, to be found again by whoever is about to return something.</summary>
[Authorize(SignInSetup.ClearingOfficers)]
internal sealed class PrecedentsModel(ClearanceApi clearance, Register register) : PageModel
{
    private IReadOnlyDictionary<string, Mission> missions = new Dictionary<string, Mission>();

    public Page<Precedent> Found { get; private set; } = new([], null);
    public string? Reason { get; private set; }
    public string? Words { get; private set; }

    /// <summary>What is asked, as the beginning of a query string.</summary>
    public string Text => $"{(Reason is null ? "" : $"reason={Reason}&")}{(Words is null ? "" : $"q={Uri.EscapeDataString(Words)}&")}";

    public async Task OnGetAsync(string? q, string? reason, string? cursor, CancellationToken ct)
    {
        Reason = Reasons.ForReturn.FirstOrDefault(r => r.Code == reason).Code;
        Words = q?.Trim() is { Length: > 0 and <= 100 } words ? words : null;
        var (found, known) = (clearance.PrecedentsAsync($"{Text}cursor={Uri.EscapeDataString(cursor ?? "")}", ct), register.MissionsAsync(ct));
        (Found, missions) = (await found ?? Found, await known);
    }

    public Place PlaceOf(string mission) => Place.Of(mission, missions.GetValueOrDefault(mission));
}
