using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>The first page: what waits for the person, and what happened to theirs. To visitors it shows the way to the noticeboard.</summary>
[AllowAnonymous]
internal sealed class IndexModel(DraftingApi drafting, ClearanceApi clearance, ExceptionalApi exceptional, OversightApi oversight, Register register, TimeProvider clock) : PageModel
{
    /// <summary>What a drafting officer has to do something about.</summary>
    private static readonly string[] AuthorsTurn = ["Returned", "Refused", "Held", "Rejected", "Lapsed", "Crafting"];

    private const int Few = 5;

    private IReadOnlyDictionary<string, Mission> missions = new Dictionary<string, Mission>();

    public Person? Who { get; private set; }
    public DateTimeOffset Now { get; private set; }
    public Page<Waiting>? Queue { get; private set; }
    public IReadOnlyList<DraftLine>? Mine { get; private set; }
    public Page<Happening>? Happened { get; private set; }
    public Page<Alert>? Alerts { get; private set; }

    /// <summary>What went out before its clearance and nobody has reviewed yet.</summary>
    public Page<OpenReview>? Reviews { get; private set; }

    /// <summary>Where offices were passed over, for who heads them.</summary>
    public Bypasses? Bypasses { get; private set; }

    /// <summary>What their offices are only told of, as long as its time has not passed.</summary>
    public IReadOnlyList<Informed>? Informed { get; private set; }

    /// <summary>What cannot wait, for who has the duty.</summary>
    public IReadOnlyList<Urgent>? Due { get; private set; }

    public OfficeNames Offices { get; private set; } = OfficeNames.Unknown;
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();
    public IReadOnlyList<string> Away { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        (Who, Now) = (Person.Of(User), clock.Now);
        if (Who is null) return;

        var (writes, clears) = (Who.Is(Roles.DraftingOfficer), Who.Is(Roles.ClearingOfficer));
        var queue = Read(clears, () => clearance.QueueAsync(null, Few, ct));
        var happened = Read(writes, () => drafting.HappeningsAsync(ct));
        var alerts = Read(Who.IsAlerted, () => oversight.AlertsAsync(null, ct));
        var reviews = Read(Who.IsOfficer, () => exceptional.ReviewsAsync(null, Few, ct));
        var bypasses = Read(Who.Is(Roles.HeadOfUnit), () => exceptional.BypassesAsync(null, null, null, Few, ct));
        var duty = Read(Who.Is(Roles.DutyOfficer), () => exceptional.DutyAsync(ct));
        var informed = Read(Who.IsOfficer, () => clearance.InformedAsync(null, Few, ct));
        var mine = AuthorsTurn.Select(standing => Read(writes, () => drafting.DraftsAsync(standing, null, Few, ct))).ToList();
        var known = register.MissionsAsync(ct);
        await Task.WhenAll([queue, happened, alerts, reviews, bypasses, duty, informed, known, .. mine]);

        missions = await known;
        (Queue, Happened, Alerts) = ((await queue).Value, (await happened).Value, (await alerts).Value);
        (Reviews, Bypasses, Due) = ((await reviews).Value, (await bypasses).Value, (await duty).Value?.Due);
        Informed = (await informed).Value is { } told ? [.. told.Items.Where(item => item.NotAfter > Now)] : null;
        if (Who.IsOfficer) Offices = await register.OfficesAsync(ct);
        Names = await register.NamesAsync((Reviews?.Items ?? []).Select(r => r.ReleasedBy.Person).Concat((Bypasses?.Items ?? []).Select(b => b.By.Person)), ct);
        var drafts = await Task.WhenAll(mine);
        if (writes && drafts.All(part => part.Value is not null)) Mine = [.. drafts.SelectMany(part => part.Value!.Items)];
        Away = [.. new[] { (await queue).Away, (await happened).Away, (await alerts).Away, (await reviews).Away, (await bypasses).Away, (await duty).Away, (await informed).Away }.Concat(drafts.Select(part => part.Away)).OfType<string>().Distinct()];
    }

    public Place PlaceOf(string mission) => Place.Of(mission, missions.GetValueOrDefault(mission));

    private static Task<Part<T>> Read<T>(bool wanted, Func<Task<T?>> read) where T : class =>
        wanted ? Part<T>.OfAsync(read()) : Task.FromResult(new Part<T>(null, null));
}
