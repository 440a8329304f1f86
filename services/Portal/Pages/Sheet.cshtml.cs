using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>The clearance sheet for the file: one page of A4 that says what was decided on which text, by whom.</summary>
internal sealed class SheetModel(ClearanceApi clearance, Register register, TimeProvider clock) : PageModel
{
    public Sheet Sheet { get; private set; } = null!;
    public Place Place { get; private set; } = Place.Nowhere;
    public DateTimeOffset Now { get; private set; }
    public NamedSheet Named { get; private set; } = null!;
    public IReadOnlyDictionary<string, string> Names => Named.Names;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var (reading, missions, offices) = (clearance.SheetAsync(id, ct), register.MissionsAsync(ct), register.OfficesAsync(ct));
        await Task.WhenAll(reading, missions, offices);
        if (await reading is not { } sheet) return NotFound();
        (Sheet, Now, Place) = (sheet, clock.Now, Place.Of(sheet.Mission, (await missions).GetValueOrDefault(sheet.Mission)));
        Named = new(sheet, Place, Now, await offices, await register.NamesAsync(NamedSheet.People(sheet), ct));
        return Page();
    }
}
