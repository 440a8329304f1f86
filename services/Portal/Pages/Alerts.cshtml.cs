using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>What somebody should look at, newest first; and for auditors, whether the ledger is whole.</summary>
[Authorize(SignInSetup.Watchers)]
internal sealed class AlertsModel(OversightApi oversight, Register register) : PageModel
{
    private IReadOnlyDictionary<string, Mission> missions = new Dictionary<string, Mission>();

    public bool MayVerify { get; private set; }

    /// <summary>They head an office, and may read why it was passed over.</summary>
    public bool Heads { get; private set; }

    public OfficeNames Offices { get; private set; } = OfficeNames.Unknown;
    public Page<Alert> Alerts { get; private set; } = new([], null);
    public LedgerCheck? Ledger { get; private set; }

    public async Task OnGetAsync(string? cursor, string? check, CancellationToken ct)
    {
        var who = Person.Of(User)!;
        (MayVerify, Heads) = (who.Is(Roles.Auditor), who.Is(Roles.HeadOfUnit));
        var (alerts, known, offices) = (oversight.AlertsAsync(cursor, ct), register.MissionsAsync(ct), register.OfficesAsync(ct));
        var ledger = MayVerify && check == "ledger" ? oversight.VerificationAsync(ct) : Task.FromResult<LedgerCheck?>(null);
        await Task.WhenAll(alerts, known, offices, ledger);
        (Alerts, missions, Offices, Ledger) = (await alerts ?? Alerts, await known, await offices, await ledger);
    }

    public Place PlaceOf(string mission) => Place.Of(mission, missions.GetValueOrDefault(mission));
}
