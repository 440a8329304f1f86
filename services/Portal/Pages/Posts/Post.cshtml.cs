using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages.Posts;

/// <summary>One post: where it stands, who decided what and why, and what its author can do now.</summary>
[Authorize(SignInSetup.DraftingOfficers)]
internal sealed class PostModel(
    DraftingApi drafting, ClearanceApi clearance, PublishingApi publishing, OversightApi oversight, Register register, TimeProvider clock) : PageModel
{
    public Draft Draft { get; private set; } = null!;
    public Place Place { get; private set; } = Place.Nowhere;
    public Standing Standing { get; private set; } = null!;
    public Release? Release { get; private set; }
    public Part<Page<Sheet>> Rounds { get; private set; } = new(null, null);
    public Part<Page<LedgerEntry>> History { get; private set; } = new(null, null);
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();
    public OfficeNames Offices { get; private set; } = OfficeNames.Unknown;

    /// <summary>What officers of clearance changed of it.</summary>
    public SinceMine? Changed { get; private set; }
    public Banner Told { get; private set; } = new((string?)null);
    public FormErrors Errors { get; } = new();
    public string Key { get; private set; } = "";

    /// <summary>Who does not answer, so that their part is missing.</summary>
    public IReadOnlyList<string> Away { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, string? told, CancellationToken ct)
    {
        Told = Banner.Of(told);
        return await LoadAsync(id, ct) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, int version, string? key, CancellationToken ct)
    {
        var asked = await drafting.WithdrawAsync(id, version, $"{key}-withdraw", ct);
        if (asked.Refused is null) return Redirect($"/posts/{id}?told=asked");
        Errors.Add(null, asked.Refused.Status switch
        {
            404 => "This post is not yours to withdraw.",
            412 => "Something happened to it meanwhile. Look at where it stands now, and withdraw it again if you still want to.",
            _ => asked.Refused.Detail,
        });
        return await LoadAsync(id, ct) ? Page() : NotFound();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        var (draft, missions) = (drafting.DraftAsync(id, ct), register.MissionsAsync(ct));
        var (rounds, history, releases) = (Part<Page<Sheet>>.OfAsync(clearance.RoundsAsync(id, ct)), Part<Page<LedgerEntry>>.OfAsync(oversight.HistoryAsync(id, ct)), Part<Page<Release>>.OfAsync(publishing.ReleasesAsync(id, ct)));
        await Task.WhenAll(draft, missions, rounds, history, releases);
        if (await draft is not { } found) return false;

        (Draft, Standing, Rounds, History) = (found, Standings.Of(found.Standing), await rounds, await history);
        Place = Place.Of(found.Mission, (await missions).GetValueOrDefault(found.Mission));
        Release = (await releases).Value?.Items is [var latest, ..] ? latest : null;
        Away = [.. new[] { Rounds.Away, History.Away, (await releases).Away }.OfType<string>()];
        if (found is { Amendment: not null, RequestId: { } request }) Changed = (await Part<SinceMine>.OfAsync(clearance.AmendmentAsync(request, ct))).Value;
        Key = Guid.CreateVersion7(clock.Now).ToString("N");
        Offices = await register.OfficesAsync(ct);
        Names = await register.NamesAsync(
            (Rounds.Value?.Items ?? []).SelectMany(NamedSheet.People).Concat((History.Value?.Items ?? []).Select(e => e.By?.Person).OfType<string>())
                .Concat(found.Amendment is { } amendment ? [amendment.Person] : []), ct);
        return true;
    }
}
