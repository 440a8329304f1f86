using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages.Posts;

/// <summary>The posts of one's missions, newest change first, with where each stands in words.</summary>
[Authorize(SignInSetup.DraftingOfficers)]
internal sealed class IndexModel(DraftingApi drafting, Register register) : PageModel
{
    private IReadOnlyDictionary<string, Mission> missions = new Dictionary<string, Mission>();

    public string? Standing { get; private set; }
    public Page<DraftLine> Drafts { get; private set; } = new([], null);

    public async Task OnGetAsync(string? standing, string? cursor, CancellationToken ct)
    {
        Standing = Standings.All.FirstOrDefault(s => s.Code == standing)?.Code;
        var (drafts, known) = (drafting.DraftsAsync(Standing, cursor, 25, ct), register.MissionsAsync(ct));
        await Task.WhenAll(drafts, known);
        (Drafts, missions) = (await drafts ?? Drafts, await known);
    }

    public Place PlaceOf(string mission) => Place.Of(mission, missions.GetValueOrDefault(mission));
}
