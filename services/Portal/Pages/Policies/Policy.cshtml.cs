using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.SignIn;

namespace WorkflowPlatform.Portal.Pages.Policies;

/// <summary>One policy in plain words, who proposed it and who brought it into force; while it is proposed, a second person does that here, on the very text that they read.</summary>
[Authorize(SignInSetup.PolicyReaders)]
internal sealed class PolicyModel(PolicyApi policies, Register register, TimeProvider clock) : PageModel
{
    public PolicyText Policy { get; private set; } = null!;

    /// <summary>The one in force, which this one would replace.</summary>
    public PolicyLine? InForce { get; private set; }

    public Banner Told { get; private set; } = new((string?)null);
    public FormErrors Errors { get; } = new();
    public string Key { get; private set; } = "";
    public Person Reader { get; private set; } = null!;
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    public bool IsProposed => Policy.Item is { Status: "Proposed", InForce: false };

    public bool IsOwn => Policy.Item.ProposedBy is { } by && (by.Person == Reader.Id || by.ActingFor == Reader.Id);

    public async Task<IActionResult> OnGetAsync(string policy, string? told, CancellationToken ct)
    {
        Told = Banner.Of(told);
        return await LoadAsync(policy, ct) ? Page() : NotFound();
    }

    /// <param name="replaces">Digest of the policy that was in force on the page.</param>
    public async Task<IActionResult> OnPostAdoptAsync(string policy, int version, string? replaces, string? key, CancellationToken ct) =>
        await DoneAsync(policy, await policies.AdoptAsync(policy, version, replaces ?? "", $"{key}-adopt-{version}", ct), "adopted", ct);

    public async Task<IActionResult> OnPostWithdrawAsync(string policy, int version, string? key, CancellationToken ct) =>
        await DoneAsync(policy, await policies.WithdrawAsync(policy, version, $"{key}-withdraw-{version}", ct), "policy-withdrawn", ct);

    private async Task<IActionResult> DoneAsync(string policy, Answer<PolicyMoved> answer, string told, CancellationToken ct)
    {
        if (answer.Refused is not { } refused) return Redirect($"/policies/{policy}?told={told}");
        if (refused.Status == 404 || !await LoadAsync(policy, ct)) return NotFound();
        if (refused.Member<List<PolicyFault>>("faults") is { Count: > 0 } faults)
            foreach (var fault in faults.Take(ProposeModel.MostFaults)) Errors.Add(null, fault.Line > 0 ? $"Line {fault.Line}: {fault.Reason}" : fault.Reason);
        else
            Errors.Add(null, refused.Status == 412 ? "Something happened to this proposal meanwhile. Look at how it stands now." : refused.Detail);
        return Page();
    }

    private async Task<bool> LoadAsync(string policy, CancellationToken ct)
    {
        var (one, list) = (policies.OneAsync(policy, ct), policies.ListAsync(ct));
        await Task.WhenAll(one, list);
        if (await one is not { } found) return false;
        (Policy, Reader, Key) = (found, Person.Of(User)!, Guid.CreateVersion7(clock.Now).ToString("N"));
        InForce = await list is { } all ? all.Items.Concat(all.Presets).FirstOrDefault(p => p.Digest == all.InForce) : null;
        Names = await register.NamesAsync(new[] { found.Item.ProposedBy?.Person, found.Item.AdoptedBy?.Person }.OfType<string>(), ct);
        return true;
    }
}
