using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages.Noticeboard;

/// <summary>What one mission has made public, newest first, for everybody.</summary>
[AllowAnonymous]
internal sealed class MissionModel(OversightApi oversight, Register register) : PageModel
{
    public Api.Noticeboard Board { get; private set; } = null!;
    public Place Place { get; private set; } = Place.Nowhere;

    public async Task<IActionResult> OnGetAsync(string mission, string? cursor, CancellationToken ct)
    {
        var (reading, place) = (oversight.NoticeboardAsync(mission, cursor, ct), register.PlaceAsync(mission, ct));
        await Task.WhenAll(reading, place);
        if (await reading is not { } board) return NotFound();
        (Board, Place) = (board, await place);
        return Page();
    }
}
