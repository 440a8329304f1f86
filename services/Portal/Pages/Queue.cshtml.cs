using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>What waits for a decision, the least time left first.</summary>
[Authorize(SignInSetup.ClearingOfficers)]
internal sealed class QueueModel(ClearanceApi clearance, Register register, TimeProvider clock) : PageModel
{
    public const int Size = 25;

    private IReadOnlyDictionary<string, Mission> missions = new Dictionary<string, Mission>();

    public Page<Waiting> Queue { get; private set; } = new([], null);
    public bool IsFirst { get; private set; }
    public DateTimeOffset Now { get; private set; }
    public Banner Told { get; private set; } = new((string?)null);
    public DecidedView Decided { get; private set; } = DecidedView.Nothing;

    /// <param name="done">The request just decided on, when nothing waits after it.</param>
    public async Task OnGetAsync(string? cursor, Guid? done, string? told, CancellationToken ct)
    {
        (Now, IsFirst) = (clock.Now, cursor is null);
        var (queue, known) = (clearance.QueueAsync(cursor, Size, ct), register.MissionsAsync(ct));
        var decided = done is { } id ? Part<Sheet>.OfAsync(clearance.SheetAsync(id, ct)) : Task.FromResult(new Part<Sheet>(null, null));
        await Task.WhenAll(queue, known, decided);
        (Queue, missions) = (await queue ?? Queue, await known);
        if ((await decided).Value is { } sheet) Decided = DecidedView.Of(sheet, Person.Of(User)!, PlaceOf(sheet.Mission), Now);
        Told = Banner.Of(told);
    }

    public Place PlaceOf(string mission) => Place.Of(mission, missions.GetValueOrDefault(mission));
}
