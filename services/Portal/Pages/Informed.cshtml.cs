using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>What the reader's offices are told of and need not clear, the latest first.</summary>
[Authorize(SignInSetup.Officers)]
internal sealed class InformedModel(ClearanceApi clearance, Register register) : PageModel
{
    private IReadOnlyDictionary<string, Mission> missions = new Dictionary<string, Mission>();

    public Page<Informed> Told { get; private set; } = new([], null);
    public OfficeNames Offices { get; private set; } = OfficeNames.Unknown;

    public async Task OnGetAsync(string? cursor, CancellationToken ct)
    {
        var (told, known, offices) = (clearance.InformedAsync(cursor, 25, ct), register.MissionsAsync(ct), register.OfficesAsync(ct));
        await Task.WhenAll(told, known, offices);
        (Told, missions, Offices) = (await told ?? Told, await known, await offices);
    }

    public Place PlaceOf(string mission) => Place.Of(mission, missions.GetValueOrDefault(mission));
}
