using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages.Review;

/// <summary>One thing that is not decided in the queue, on a page of its own with the text that it is about: a release before clearance and its review, passing over an office, a clearance by telephone.</summary>
[Authorize(SignInSetup.Officers)]
internal sealed class ActModel(ClearanceApi clearance, ExceptionalApi exceptional, Register register, TimeProvider clock) : PageModel
{
    public Act Act { get; private set; } = Act.Release;
    public Sheet Sheet { get; private set; } = null!;
    public Place Place { get; private set; } = Place.Nowhere;
    public ActForm Form { get; private set; } = ActForm.Empty;
    public FormErrors Errors { get; } = new();
    public OfficeNames Offices { get; private set; } = OfficeNames.Unknown;
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    /// <summary>What is to be signed.</summary>
    public SheetRecorded? Recorded => Sheet.Recorded.FirstOrDefault(r => Sheet.Acts.Countersign.Contains(r.Id));

    /// <summary>The release that is to be reviewed.</summary>
    public SheetDecision? Released => Sheet.Decisions.LastOrDefault(d => d is { Undone: false, Kind: DecisionKind.ReleasedImmediately });

    public async Task<IActionResult> OnGetAsync(Guid id, string act, CancellationToken ct)
    {
        if (!await LoadAsync(id, act, ct)) return NotFound();
        Form = Form with { Key = Guid.CreateVersion7(clock.Now).ToString("N") };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, string act, CancellationToken ct)
    {
        if (Act.All.FirstOrDefault(a => a.Path == act) is not { } known) return NotFound();
        Form = ActForm.Read(Request.Form);
        Form.Check(known, Errors);
        if (Errors.Any) return await LoadAsync(id, act, ct) ? Page() : NotFound();

        var (form, key) = (Form, Form.KeyFor(id, known));
        var answer = known.Path switch
        {
            "release" => await exceptional.ReleaseAsync(id, form.Version, form.Digest, form.Comment, key, ct),
            "pass-over" => await exceptional.PassOverAsync(id, form.Version, form.Digest, form.Office, form.Comment, key, ct),
            "record" => await exceptional.RecordAsync(id, form.Version, form.Digest, form.GiverOffice, form.GiverPerson, form.Means, form.Words, key, ct),
            _ when known.Says is { } kind => await clearance.DecideAsync(id, form.Version, new NewDecision(kind, form.Digest, null, form.Comment), key, ct),
            "countersign" => await exceptional.CountersignAsync(id, form.Version, form.Digest, form.Recording, key, ct),
            _ => await exceptional.ReviewAsync(id, form.Version, form.Verdict!.Value, form.Words, key, ct),
        };
        if (answer.Refused is not { } refused)
            return Redirect(known == Act.Afterwards ? "/reviews?told=reviewed" : known == Act.Record ? $"/review/{id}?told=recorded" : $"/review/{id}?done={id}");
        if (refused.Status == 404 || !await LoadAsync(id, act, ct)) return NotFound();
        Errors.Add(null, refused.Status == 412 ? "Something happened to it meanwhile. Read it again as it stands now, then decide whether you still want this." : refused.Detail);
        return Page();
    }

    private async Task<bool> LoadAsync(Guid id, string act, CancellationToken ct)
    {
        var (reading, missions, offices) = (clearance.SheetAsync(id, ct), register.MissionsAsync(ct), register.OfficesAsync(ct));
        await Task.WhenAll(reading, missions, offices);
        if (Act.All.FirstOrDefault(a => a.Path == act) is not { } known || await reading is not { } sheet) return false;

        (Act, Sheet, Offices, Place) = (known, sheet, await offices, Place.Of(sheet.Mission, (await missions).GetValueOrDefault(sheet.Mission)));
        Names = await register.NamesAsync([.. sheet.Acts.Record.Select(g => g.Person), .. sheet.Recorded.Select(r => r.By.Person), .. sheet.Decisions.Select(d => d.Person), .. sheet.Contributors, .. OfficeTime.People(sheet)], ct);
        return true;
    }
}
