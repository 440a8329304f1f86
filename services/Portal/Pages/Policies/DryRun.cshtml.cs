using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages.Policies;

/// <summary>A policy tried on the posts of the past: which would have gone another way, what that means for each office, and how long clearing took.</summary>
[Authorize(SignInSetup.PolicyReaders)]
internal sealed class DryRunModel(PolicyApi policies, Register register) : PageModel
{
    /// <summary>As many of those that would have gone another way are listed.</summary>
    public const int Most = 25;

    private const int AtOnce = 5_000;

    private IReadOnlyDictionary<string, Mission> missions = new Dictionary<string, Mission>();

    public PolicyLine Policy { get; private set; } = null!;
    public PolicyTrial Trial { get; private set; } = null!;
    public OfficeNames Offices { get; private set; } = OfficeNames.Unknown;

    /// <summary>Sheets are for officers; others read which way it went.</summary>
    public bool MaySeeSheets { get; private set; }

    /// <summary>The latest of those that would have gone another way.</summary>
    public IReadOnlyList<OtherWay> Shown => [.. Trial.Listed.Take(Most)];

    /// <summary>The longest bar of the chart.</summary>
    public int MostLoad => Math.Max(1, Trial.Load.Select(l => Math.Max(l.Had, l.WouldHaveHad)).DefaultIfEmpty().Max());

    public async Task<IActionResult> OnGetAsync(string policy, string? cursor, CancellationToken ct)
    {
        var (one, trial, known, offices) = (policies.OneAsync(policy, ct), policies.TryAsync(policy, cursor, AtOnce, ct), register.MissionsAsync(ct), register.OfficesAsync(ct));
        await Task.WhenAll(one, trial, known, offices);
        if (await one is not { } found || await trial is not { } tried) return NotFound();
        (Policy, Trial, missions, Offices, MaySeeSheets) = (found.Item, tried, await known, await offices, Person.Of(User)!.IsOfficer);
        return Page();
    }

    public Place PlaceOf(string mission) => Place.Of(mission, missions.GetValueOrDefault(mission));

    /// <summary>In hundredths of the chart's width; whoever has something has a bar that is seen.</summary>
    public int Bar(int requests) => requests == 0 ? 0 : Math.Max(1, requests * 100 / MostLoad);
}
