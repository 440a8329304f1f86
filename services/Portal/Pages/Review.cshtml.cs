using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>A clearing officer reads a post as the public will see it, decides, and has the next one open. Whoever else speaks for an office finds here what is theirs to do.</summary>
[Authorize(SignInSetup.Officers)]
internal sealed class ReviewModel(ClearanceApi clearance, Register register, TimeProvider clock) : PageModel
{
    public Sheet Sheet { get; private set; } = null!;
    public Place Place { get; private set; } = Place.Nowhere;
    public DateTimeOffset Now { get; } = clock.Now;
    public ReviewForm Form { get; private set; } = new(null, "", "", "", 0, "");
    public StopForm Stop { get; private set; } = StopForm.Empty;
    public FormErrors Errors { get; } = new();
    public Banner Told { get; private set; } = new((string?)null);
    public DecidedView Decided { get; private set; } = DecidedView.Nothing;
    public NamedSheet Named { get; private set; } = null!;
    public IReadOnlyDictionary<string, string> Names => Named.Names;

    /// <summary>Why earlier rounds of the same post sent it back.</summary>
    public IReadOnlyList<SheetDecision> Before { get; private set; } = [];

    /// <summary>What changed since the officer's own last decision on this post; null when that could not be asked.</summary>
    public SinceMine? Since { get; private set; }

    /// <summary>True when it is shown what officers changed, to one who has seen no other text.</summary>
    public bool IsSinceSubmitted { get; private set; }

    /// <summary>What somebody else did since the officer's page was made.</summary>
    public IReadOnlyList<string> Changed { get; private set; } = [];

    /// <param name="done">The request decided on right before this one.</param>
    public async Task<IActionResult> OnGetAsync(Guid id, Guid? done, string? told, CancellationToken ct)
    {
        Told = Banner.Of(told);
        if (!await LoadAsync(id, done, ct)) return NotFound();
        Form = Form with { Key = Guid.CreateVersion7(Now).ToString("N") };
        Stop = Stop with { Key = Form.Key };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        Form = ReviewForm.Read(Request.Form);
        Form.Check(Errors);
        if (Errors.Any) return await LoadAsync(id, null, ct) ? Page() : NotFound();

        if (Form.Decision is DecisionKind.ClearedAsAmended)
        {
            var amended = await clearance.AmendAsync(id, Form.Version, Form.Amendment, Form.KeyFor(id), ct);
            return amended.Refused is { } no ? await RefusedAsync(id, no, ct) : Redirect($"/queue?done={id}");
        }
        var decided = await clearance.DecideAsync(id, Form.Version, Form.Command, Form.KeyFor(id), ct);
        if (decided.Value is not { } done) return await RefusedAsync(id, decided.Refused!, ct);
        if (done.Next is not { } next) return Redirect($"/queue?done={id}&told=empty");
        // This press opens the next one, so others may see that it is open. Somebody else was faster: no matter.
        await Part<object>.OfAsync(ClaimedAsync(next, false, ct));
        return Redirect($"/review/{next}?done={id}");
    }

    /// <summary>Tells the others that the officer has it open, or no longer. Never by merely looking: an address that is fetched changes nothing.</summary>
    public async Task<IActionResult> OnPostClaimAsync(Guid id, string? claim, CancellationToken ct)
    {
        if (claim == "let-go") await clearance.LetGoAsync(id, NewKey(), ct);
        else if ((await clearance.ClaimAsync(id, claim == "take-over", NewKey(), ct)).Refused is { } refused) return await RefusedAsync(id, refused, ct);
        return Redirect($"/review/{id}?told={(claim == "let-go" ? "let-go" : "claimed")}");
    }

    public async Task<IActionResult> OnPostGiveAsync(Guid id, string? person, CancellationToken ct)
    {
        var given = await clearance.AssignAsync(id, string.IsNullOrEmpty(person) ? null : person, NewKey(), ct);
        return given.Refused is { } refused ? await RefusedAsync(id, refused, ct) : Redirect($"/review/{id}?told=given");
    }

    private async Task<object?> ClaimedAsync(Guid id, bool takeOver, CancellationToken ct) => (await clearance.ClaimAsync(id, takeOver, NewKey(), ct)).Value;

    /// <summary>For what does no harm when it is done twice.</summary>
    private string NewKey() => Guid.CreateVersion7(Now).ToString("N");

    public async Task<IActionResult> OnPostUndoAsync(Guid id, int version, string? key, CancellationToken ct)
    {
        var undone = await clearance.UndoAsync(id, version, key ?? "", ct);
        if (undone.Refused is not { } refused) return Redirect($"/review/{id}?told=undone");
        return await RefusedAsync(id, refused, ct);
    }

    public async Task<IActionResult> OnPostStopAsync(Guid id, CancellationToken ct)
    {
        Stop = StopForm.Read(Request.Form);
        Stop.Check(Errors);
        if (Errors.Any) return await LoadAsync(id, null, ct) ? Page() : NotFound();

        var asked = await clearance.RevokeAsync(id, Stop.Version, Stop.Reason, Stop.Comment, $"{Stop.Key}-stop-{Stop.Version}", ct);
        if (asked.Refused is not { } refused) return Redirect($"/review/{id}?told=stopping");
        if (refused.Status == 404 || !await LoadAsync(id, null, ct)) return NotFound();
        Errors.Add(null, refused.Status == 412 ? "Something happened to it meanwhile. Look at how it stands now." : refused.Detail);
        return Page();
    }

    /// <summary>The page as things stand now, with what was typed, and with what changed since the officer's page was made.</summary>
    private async Task<IActionResult> RefusedAsync(Guid id, Refused refused, CancellationToken ct)
    {
        if (refused.Status == 404 || !await LoadAsync(id, null, ct)) return NotFound();
        Changed = Form.Version == 0 ? [] :
        [
            .. Sheet.PackageDigest == Form.Digest || Form.Digest.Length == 0 ? Array.Empty<string>() : ["The text is another one. Read it again before you decide."],
            .. Sheet.Version == Form.Version ? [] : new[] { Reasons.OfRequest(Sheet.Status) },
            .. Sheet.Version == Form.Version ? [] : Sheet.Decisions.TakeLast(3).Select(d =>
                $"{(d.Person.Contains(':', StringComparison.Ordinal) ? Decisions.Of(d.Kind) : $"{Names[d.Person]} said “{Decisions.Of(d.Kind)}”")} on {Times.Text(d.At, Place)}{(d.Undone ? ", and took that back" : "")}."),
        ];
        if (Changed.Count > 0 && Form.Decision is DecisionKind.Cleared) Form = Form with { Decision = null }; // What changed has to be looked at: one more Enter must not clear it.
        Errors.Add(Changed.Count > 0 ? "changed" : null, refused.Status == 412 ? "Somebody else was faster. Look at what changed, then decide." : refused.Detail);
        return Page();
    }

    private async Task<bool> LoadAsync(Guid id, Guid? done, CancellationToken ct)
    {
        var (reading, missions, offices) = (clearance.SheetAsync(id, ct), register.MissionsAsync(ct), register.OfficesAsync(ct));
        var decided = done is { } last && last != id ? Part<Sheet>.OfAsync(clearance.SheetAsync(last, ct)) : Task.FromResult(new Part<Sheet>(null, null));
        await Task.WhenAll(reading, missions, offices, decided);
        if (await reading is not { } sheet) return false;

        (Sheet, Place) = (sheet, Place.Of(sheet.Mission, (await missions).GetValueOrDefault(sheet.Mission)));
        var changes = Part<SinceMine>.OfAsync(clearance.ChangesAsync(id, ct));
        var rounds = (await Part<Page<Sheet>>.OfAsync(clearance.RoundsAsync(sheet.DraftId, ct))).Value?.Items ?? [];
        Before = [.. rounds.Where(r => r.Id != id && r.OpenedAt < sheet.OpenedAt).SelectMany(r => r.Decisions).Where(d => d is { Undone: false, Kind: DecisionKind.Returned })];
        Named = new(sheet, Place, Now, await offices, await register.NamesAsync([.. NamedSheet.People(sheet), .. Before.Select(d => d.Person), .. AtWorkView.People(sheet)], ct));
        Since = (await changes).Value;
        if (Since?.Since is null && sheet.Decisions.Any(d => d is { Undone: false, Kind: DecisionKind.ClearedAsAmended }))
            (Since, IsSinceSubmitted) = ((await Part<SinceMine>.OfAsync(clearance.AmendmentAsync(id, ct))).Value, true);
        if (((await decided).Value ?? (done == id ? sheet : null)) is { } before) Decided = DecidedView.Of(before, Person.Of(User)!, Place.Of(before.Mission, (await missions).GetValueOrDefault(before.Mission)), Now, await offices);
        return true;
    }
}
