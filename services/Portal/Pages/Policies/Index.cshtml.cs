using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.SignIn;

namespace WorkflowPlatform.Portal.Pages.Policies;

/// <summary>The policy in force, what is proposed in its place, what was, and what a ministry can start from.</summary>
[Authorize(SignInSetup.PolicyReaders)]
internal sealed class IndexModel(PolicyApi policies, Register register) : PageModel
{
    public PolicyList List { get; private set; } = new("", null, [], []);
    public Banner Told { get; private set; } = new((string?)null);
    public bool MayPropose { get; private set; }
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    public PolicyLine? InForce => List.Items.Concat(List.Presets).FirstOrDefault(p => p.InForce);
    public IReadOnlyList<PolicyLine> Proposed => [.. List.Items.Where(p => p is { InForce: false, Status: "Proposed" })];
    public IReadOnlyList<PolicyLine> Old => [.. List.Items.Where(p => p is { InForce: false } and not { Status: "Proposed" })];

    public async Task OnGetAsync(string? told, CancellationToken ct)
    {
        (Told, MayPropose) = (Banner.Of(told), Person.Of(User)!.MakesPolicies);
        List = await policies.ListAsync(ct) ?? List;
        Names = await register.NamesAsync(List.Items.SelectMany(p => new[] { p.ProposedBy?.Person, p.AdoptedBy?.Person }).OfType<string>(), ct);
    }
}
