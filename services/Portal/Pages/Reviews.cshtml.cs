using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>What went out before its clearance and waits for its review, the longest due first.</summary>
[Authorize(SignInSetup.Officers)]
internal sealed class ReviewsModel(ExceptionalApi exceptional, Register register) : PageModel
{
    private IReadOnlyDictionary<string, Mission> missions = new Dictionary<string, Mission>();

    public Page<OpenReview> Open { get; private set; } = new([], null);
    public Banner Told { get; private set; } = new((string?)null);
    public OfficeNames Offices { get; private set; } = OfficeNames.Unknown;
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    public async Task OnGetAsync(string? cursor, string? told, CancellationToken ct)
    {
        var (open, known, offices) = (exceptional.ReviewsAsync(cursor, 25, ct), register.MissionsAsync(ct), register.OfficesAsync(ct));
        await Task.WhenAll(open, known, offices);
        (Open, missions, Offices, Told) = (await open ?? Open, await known, await offices, Banner.Of(told));
        Names = await register.NamesAsync(Open.Items.Select(r => r.ReleasedBy.Person), ct);
    }

    public Place PlaceOf(string mission) => Place.Of(mission, missions.GetValueOrDefault(mission));
}
