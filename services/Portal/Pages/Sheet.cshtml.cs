using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>The clearance sheet for the file: one page of A4 that says what was decided on which text, by whom.</summary>
internal sealed class SheetModel(ClearanceApi clearance, Register register, TimeProvider clock) : PageModel
{
    public Sheet Sheet { get; private set; } = null!;
    public Place Place { get; private set; } = Place.Nowhere;
    public DateTimeOffset Now { get; private set; }
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var (reading, missions) = (clearance.SheetAsync(id, ct), register.MissionsAsync(ct));
        await Task.WhenAll(reading, missions);
        if (await reading is not { } sheet) return NotFound();
        (Sheet, Now, Place) = (sheet, clock.Now, Place.Of(sheet.Mission, (await missions).GetValueOrDefault(sheet.Mission)));
        Names = await register.NamesAsync([.. sheet.Contributors, sheet.SubmittedBy.Person, .. sheet.Decisions.Select(d => d.Person), .. sheet.Revocation is { } stop ? new[] { stop.Person } : []], ct);
        return Page();
    }
}
