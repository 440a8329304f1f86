using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>Write a post and submit it with one press; or revise one that is the mission's to change.</summary>
[Authorize(SignInSetup.DraftingOfficers), RequestSizeLimit(EnclosedForm.MostBytes)]
internal sealed class WriteModel(DraftingApi drafting, RegistryApi registry, Register register, TimeProvider clock) : PageModel
{
    private IReadOnlyDictionary<string, Mission> missions = new Dictionary<string, Mission>();

    public WriteForm Form { get; private set; } = WriteForm.Empty("");
    public FormErrors Errors { get; } = new();
    public IReadOnlyList<Account> Accounts { get; private set; } = [];
    public IReadOnlyList<Reading> Readings { get; private set; } = [];

    /// <summary>The draft as somebody else has saved it meanwhile.</summary>
    public Draft? Meanwhile { get; private set; }

    /// <summary>The one mission this is about; null while there are several to choose from.</summary>
    public Mission? Mission => Accounts.Select(a => a.Mission).Distinct().ToList() is [var only] ? missions.GetValueOrDefault(only) : null;

    public IReadOnlyList<string> Languages => [.. Accounts.Select(a => a.Mission).Distinct().SelectMany(code => missions.GetValueOrDefault(code)?.Languages ?? []).Distinct()];

    /// <summary>Where the pictures lie that the form names.</summary>
    public string Pictures => $"/posts/media/{Accounts.FirstOrDefault(a => a.Id == Form.Account)?.Mission}";

    public Place PlaceOf(string mission) => Place.Of(mission, missions.GetValueOrDefault(mission));

    public async Task<IActionResult> OnGetAsync(Guid? id, CancellationToken ct)
    {
        var key = Guid.CreateVersion7(clock.Now).ToString("N");
        var draft = id is { } wanted ? drafting.DraftAsync(wanted, ct) : Task.FromResult<Draft?>(null);
        await Task.WhenAll(draft, LoadAsync(ct));
        if (id is not null && await draft is null) return NotFound();
        if (await draft is { } found)
        {
            if (!Standings.Of(found.Standing).Editable) return Redirect($"/posts/{id}");
            OnlyOf(found.Mission);
            Form = WriteForm.Of(found, key);
        }
        else Form = WriteForm.Empty(key);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? action, CancellationToken ct)
    {
        Form = WriteForm.Read(Request.Form);
        await LoadAsync(ct);
        if (Accounts is [var only]) Form = Form with { Account = only.Id };
        if (Accounts.FirstOrDefault(a => a.Id == Form.Account) is { } posting) await BringAsync(posting.Mission, ct); // First, since a browser does not keep chosen files for another try.
        Form.Check(Errors);
        if (Errors.Any) return Page();
        if (Accounts.FirstOrDefault(a => a.Id == Form.Account) is not { } account || missions.GetValueOrDefault(account.Mission) is not { } mission)
            return Wrong("account", "This account is not one of yours any more. Choose another.");

        var saved = await SaveAsync(mission, ct);
        if (saved.Refused is { } refused) return await RefusedAsync(refused, ct);
        Form = Form with { Draft = saved.Value!.Id, Version = saved.Value.Version };
        if (action == "save") return Redirect($"/posts/{Form.Draft}?told=saved");

        var submitted = await drafting.SubmitAsync(saved.Value.Id, saved.Value.Version, Form.KeyFor("submit"), ct);
        return submitted.Refused is { } no ? await RefusedAsync(no, ct) : Redirect($"/posts/{Form.Draft}?told=submitted");
    }

    /// <summary>Takes the files that were chosen to Drafting; from then on their places in the form name them.</summary>
    private async Task BringAsync(string mission, CancellationToken ct)
    {
        for (var n = 0; n < EnclosedForm.MostPictures; n++)
        {
            var field = $"file{n + 1}";
            if (Request.Form.Files[field] is not { Length: > 0 } file) continue;
            if (file.Length > EnclosedForm.LargestPicture)
            {
                Errors.Add(field, "A picture may have 2 MB. Make it smaller and choose it again.");
                continue;
            }
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, ct);
            var brought = await drafting.BringAsync(mission, bytes.ToArray(), Form.KeyFor($"picture-{Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..16]}"), ct);
            if (brought.Refused is { } refused) Errors.Add(field, refused.Detail);
            else Form = Form with { Enclosed = Form.Enclosed.With(n, brought.Value!.Digest) };
        }
    }

    private Task<Answer<Saved>> SaveAsync(Mission mission, CancellationToken ct)
    {
        var (release, language) = (Form.Release(mission), Form.Language.Length > 0 ? Form.Language : Letters.Guess(Form.Text, mission.Languages));
        return Form.Draft is { } id
            ? drafting.ReviseAsync(id, Form.Version, new(Form.Account, Form.Text, language, Form.Lane, release, null, Form.Enclosed.Brief, Form.Enclosed.Media, Form.Enclosed.Addresses), Form.KeyFor("revise"), ct)
            : drafting.CreateAsync(new(mission.Code, Form.Account, Form.Text, language, Form.Lane, release, Form.Enclosed.Brief, Form.Enclosed.Media, Form.Enclosed.Addresses), Form.KeyFor("create"), ct);
    }

    /// <summary>Says a service's no at the field it is about.</summary>
    private async Task<IActionResult> RefusedAsync(Refused refused, CancellationToken ct)
    {
        if (refused.Status == 412 && Form.Draft is { } id && await drafting.DraftAsync(id, ct) is { } current)
        {
            (Meanwhile, Form) = (current, Form with { Version = current.Version });
            return Wrong(null, "Somebody of your mission changed this post while you wrote. Below is what they saved. Send yours again to put it in its place.");
        }
        Readings = refused.Member<List<Reading>>("readings") ?? [];
        if (Readings.Count > 0 && Times.Read(Form.When) is { } local)
        {
            Form = Form with { Reading = null, ReadingOf = Times.ForField(local) };
            return Wrong("reading", refused.Code == "release.skipped"
                ? "The clocks go forward over this time, so it does not exist that day. Choose which you mean."
                : "The clocks go back over this time, so it comes twice that day. Choose which you mean.");
        }
        foreach (var (path, words) in refused.Errors)
            foreach (var word in words) Errors.Add(FieldOf(path) ?? FieldOf(refused.Code), word);
        return Errors.Any ? Page() : Wrong(FieldOf(refused.Code), refused.Detail.Length > 0 ? refused.Detail : "Drafting did not take this. Try again.");
    }

    private PageResult Wrong(string? field, string words)
    {
        Errors.Add(field, words);
        return Page();
    }

    private static string? FieldOf(string pathOrCode) => pathOrCode.Split('.') switch
    {
        ["text", ..] => "text",
        ["release", ..] or ["notAfter", ..] => "when",
        ["account", ..] or ["mission", ..] => "account",
        ["draft", "alt"] => "alt1",
        ["draft", var what] when what.StartsWith("media", StringComparison.Ordinal) => "file1",
        ["links", ..] => "links",
        ["draft", "brief"] => "message",
        ["draft", "dimec"] => "dimec",
        ["draft", "counterparts"] => "counterparts",
        ["draft", var what] when what.StartsWith("text", StringComparison.Ordinal) => "text",
        ["draft", "account-unknown" or "mission-unknown"] => "account",
        _ => null,
    };

    private async Task LoadAsync(CancellationToken ct)
    {
        var mine = Person.Of(User)!.WritesFor;
        var known = register.MissionsAsync(ct);
        var accounts = await Task.WhenAll(mine.Select(mission => registry.AccountsAsync(mission, ct)));
        missions = await known;
        Accounts = [.. accounts.SelectMany(page => page?.Items ?? []).Where(a => a.Live)];
        if (Request.Method == "POST" && Guid.TryParse(Request.Form["draft"], out _) && Accounts.FirstOrDefault(a => a.Id == Form.Account) is { } chosen) OnlyOf(chosen.Mission);
    }

    /// <summary>A draft stays with the mission it was begun for.</summary>
    private void OnlyOf(string mission) => Accounts = [.. Accounts.Where(a => a.Mission == mission)];
}
