using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages.Queue;

/// <summary>An officer reads several posts of one kind in full on one page, marks those that are good, and clears these with one press.</summary>
[Authorize(SignInSetup.ClearingOfficers)]
internal sealed class BulkModel(ClearanceApi clearance, Register register, TimeProvider clock) : PageModel
{
    public const int Most = 25;

    private IReadOnlyDictionary<string, Mission> missions = new Dictionary<string, Mission>();

    public IReadOnlyList<Sheet> Posts { get; private set; } = [];
    public QueueQuery Query { get; private set; } = new([], false);
    public FormErrors Errors { get; } = new();
    public string Key { get; private set; } = "";

    /// <summary>What came of each; null before the press.</summary>
    public IReadOnlyList<BulkOutcome>? Outcomes { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Key = Guid.CreateVersion7(clock.Now).ToString("N");
        await LoadAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(string? key, CancellationToken ct)
    {
        Key = key ?? "";
        var marked = Request.Form["clear"].OfType<string>().ToHashSet();
        var items = Request.Form["seen"].OfType<string>().Select(seen => seen.Split(' ')).Where(seen => seen.Length == 3 && marked.Contains(seen[0]))
            .Select(seen => new BulkItem(Guid.TryParse(seen[0], out var id) ? id : Guid.Empty, int.TryParse(seen[1], out var version) ? version : 0, seen[2])).ToList();
        if (items.Count == 0) Errors.Add("c0", "Mark at least one post");
        if (Errors.Any)
        {
            await LoadAsync(ct);
            return Page();
        }
        // What was marked is part of the key: other marks are another command.
        var answer = await clearance.ClearTogetherAsync(items, $"{Key}-{DigestOf(items)}", ct);
        if (answer.Refused is { } refused)
        {
            Errors.Add(null, refused.Detail);
            await LoadAsync(ct);
            return Page();
        }
        Outcomes = answer.Value!.Items;
        Posts = await SheetsAsync(items.Select(i => i.Id), ct);
        return Page();
    }

    private static string DigestOf(IEnumerable<BulkItem> items) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', items))))[..16];

    public Place PlaceOf(string mission) => Place.Of(mission, missions.GetValueOrDefault(mission));

    /// <summary>The first post that may be cleared so, and those of its mission after it.</summary>
    private async Task LoadAsync(CancellationToken ct)
    {
        var known = register.MissionsAsync(ct);
        if (await clearance.CountsAsync(ct) is { } counts) Query = QueueQuery.Of(Request.Query, counts);
        var plain = Query.IsVain ? [] : (await clearance.QueueAsync(null, 200, ct, Query.Text))?.Items.Where(item => item.MayDecide && item.Findings.Count == 0).ToList() ?? [];
        var kind = plain.GroupBy(item => item.Mission).FirstOrDefault(mission => mission.Count() > 1) ?? plain.GroupBy(item => item.Mission).FirstOrDefault();
        Posts = await SheetsAsync((kind ?? Enumerable.Empty<Waiting>()).Take(Most).Select(item => item.Id), ct);
        missions = await known;
    }

    private async Task<IReadOnlyList<Sheet>> SheetsAsync(IEnumerable<Guid> ids, CancellationToken ct) =>
        [.. (await Task.WhenAll(ids.Select(id => clearance.SheetAsync(id, ct)))).OfType<Sheet>()];
}
