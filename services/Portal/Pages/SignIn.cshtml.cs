using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>The way in: with the ministry's account; on one's own machine in Development, by choosing a card.</summary>
[AllowAnonymous]
internal sealed class SignInModel(
    RegistryApi registry, OversightApi oversight, OidcFlow oidc, SessionStart sessions, IConfiguration configuration, IHostEnvironment environment) : PageModel
{
    public string To { get; private set; } = "/";
    public Banner Told { get; private set; } = new((string?)null);
    public string? Trouble { get; private set; }
    public IReadOnlyList<Card>? Cards { get; private set; }
    public bool HasProvider => oidc.IsSetUp;
    public string CallbackUrl => PublicUrl.Of(configuration, Request, "/sign-in/callback");

    public async Task<IActionResult> OnGetAsync(string? to, string? told, CancellationToken ct)
    {
        To = LocalPath.Or(to, "/");
        if (Person.Of(User) is not null) return LocalRedirect(To);
        Told = Banner.Of(told);
        Trouble = told switch
        {
            "away" => "The sign-in service does not answer just now. Try again in a minute.",
            "failed" => "The sign-in was not finished, or it took longer than 10 minutes. Try again.",
            "unknown" => "Your account is genuine, but the register does not know it. Ask the registrar of the central unit to add it to your entry.",
            _ => null,
        };
        await FindCardsAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? person, string? to, CancellationToken ct)
    {
        To = LocalPath.Or(to, "/");
        if (!environment.IsDevelopment() || person is null) return NotFound();
        if (await registry.TokenForCardAsync(person, ct) is { } tokens && await sessions.BeginAsync(HttpContext, registry, tokens, person, ct)) return LocalRedirect(To);
        Trouble = "This person cannot be signed in: they hold no current appointment, or their card is gone.";
        await FindCardsAsync(ct);
        return Page();
    }

    /// <summary>"Drafting officer: Embassy of Pakistan Tokyo": by the names on the noticeboard, which is public; the code where it has none.</summary>
    public string Words(IEnumerable<MyAppointment> appointments) => string.Join("; ", appointments.GroupBy(a => a.Office == Offices.Central ? "" : a.Role).Select(group => group.Key.Length == 0
        ? $"{string.Join(", ", group.Select((a, i) => i == 0 ? Reasons.OfRole(a.Role) : Reasons.OfRole(a.Role).ToLowerInvariant()))}, central unit"
        : $"{Reasons.OfRole(group.Key)}: {string.Join(", ", group.Select(a => boards.FirstOrDefault(b => b.Mission == a.Office)?.Name ?? a.Office))}"));

    private IReadOnlyList<Board> boards = [];

    private async Task FindCardsAsync(CancellationToken ct)
    {
        if (!environment.IsDevelopment()) return;
        var names = Part<Platform.Http.Page<Board>>.OfAsync(oversight.BoardsAsync(ct));
        try
        {
            Cards = await registry.CardsAsync(ct);
        }
        catch (ServiceAwayException) when (HasProvider)
        {
            // The provider's way in stands all the same.
        }
        boards = (await names).Value?.Items ?? [];
    }
}
