using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>What waits for a decision, the least time left first; all of it, or the part that a filter lets through.</summary>
[Authorize(SignInSetup.ClearingOfficers)]
internal sealed class QueueModel(ClearanceApi clearance, Register register, TimeProvider clock) : PageModel
{
    public const int Size = 25;

    private IReadOnlyDictionary<string, Mission> missions = new Dictionary<string, Mission>();
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>();

    public Page<Waiting> Queue { get; private set; } = new([], null);
    public QueueCounts Counts { get; private set; } = new(0, [], [], [], [], [], []);
    public QueueQuery Query { get; private set; } = new([], false);
    public IReadOnlyList<SavedView> Views { get; private set; } = [];
    public bool IsFirst { get; private set; }
    public DateTimeOffset Now { get; private set; }
    public Banner Told { get; private set; } = new((string?)null);
    public DecidedView Decided { get; private set; } = DecidedView.Nothing;

    /// <summary>The saved view that is shown; null when it is none.</summary>
    public SavedView? Current => Views.FirstOrDefault(view => QueueQuery.TextOf(view.Filter) == Query.Text);

    /// <param name="done">The request just decided on, when nothing waits after it.</param>
    public async Task OnGetAsync(string? cursor, Guid? done, string? told, CancellationToken ct)
    {
        (Now, IsFirst) = (clock.Now, cursor is null);
        var (counting, viewing, known) = (clearance.CountsAsync(ct), clearance.ViewsAsync(ct), register.MissionsAsync(ct));
        var decided = done is { } id ? Part<Sheet>.OfAsync(clearance.SheetAsync(id, ct)) : Task.FromResult(new Part<Sheet>(null, null));
        Counts = await counting ?? Counts;
        Query = QueueQuery.Of(Request.Query, Counts);
        if (!Query.IsVain) Queue = await clearance.QueueAsync(cursor, Size, ct, Query.Text) ?? Queue;
        await Task.WhenAll(viewing, known, decided);
        (Views, missions) = ((await viewing)?.Items ?? [], await known);
        names = await register.NamesAsync(Queue.Items.SelectMany(i => i.Assigned.Select(a => a.Person).Concat(i.Claim is { } claim ? [claim.Person] : [])), ct);
        if ((await decided).Value is { } sheet) Decided = DecidedView.Of(sheet, Person.Of(User)!, PlaceOf(sheet.Mission), Now, await register.OfficesAsync(ct));
        Told = Banner.Of(told);
    }

    /// <summary>Keeps the filter that the address says, under a name.</summary>
    public async Task<IActionResult> OnPostKeepAsync(string? name, CancellationToken ct)
    {
        var query = QueueQuery.Of(Request.Query, await clearance.CountsAsync(ct) ?? Counts);
        var kept = await clearance.KeepViewAsync(Letters.Typed(name).Trim(), query.Filter, Guid.CreateVersion7(clock.Now).ToString("N"), ct);
        return Redirect($"/queue?{query.Text}{(kept.Refused is null ? "&told=view-kept" : "")}");
    }

    public async Task<IActionResult> OnPostDropAsync(Guid view, CancellationToken ct)
    {
        await clearance.DropViewAsync(view, ct);
        return Redirect("/queue?told=view-dropped");
    }

    public Place PlaceOf(string mission) => Place.Of(mission, missions.GetValueOrDefault(mission));

    /// <summary>Who has it open, and whose it is to decide.</summary>
    public string AtWork(Waiting item)
    {
        var me = Person.Of(User)!.Id;
        string Name(string person) => person == me ? "you" : names.GetValueOrDefault(person, person);
        return string.Concat(item.Assigned.Select(a => $" · given to {Name(a.Person)}")) + (item.Claim is { } claim ? claim.Person == me ? " · you have it open" : $" · {Name(claim.Person)} has it open" : "");
    }
}
