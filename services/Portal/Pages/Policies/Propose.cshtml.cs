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

namespace WorkflowPlatform.Portal.Pages.Policies;

/// <summary>Somebody writes a policy, or brings a file of one, and proposes it. What is wrong with it is told beside its lines.</summary>
[Authorize(SignInSetup.PolicyReaders), RequestSizeLimit(MostBytes)]
internal sealed class ProposeModel(PolicyApi policies, TimeProvider clock) : PageModel
{
    /// <summary>As many are shown; when they are mended the rest come.</summary>
    public const int MostFaults = 20;

    private const int MostBytes = 4 * 1024 * 1024; // A pack has 256 KB at most; a form takes up to three times that for letters that are not Latin, and what goes over it is to be told so.

    public string Text { get; private set; } = "";
    public string Key { get; private set; } = "";
    public FormErrors Errors { get; } = new();
    public IReadOnlyList<PolicyFault> Faults { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? from, CancellationToken ct)
    {
        if (!Person.Of(User)!.MakesPolicies) return Redirect("/policies");
        Key = Guid.CreateVersion7(clock.Now).ToString("N");
        if (from is { Length: 64 } && await policies.OneAsync(from, ct) is { } start) Text = start.Yaml;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? text, IFormFile? file, string? key, CancellationToken ct)
    {
        (Text, Key) = (file is { Length: > 0 } ? await ReadAsync(file, ct) : Letters.Typed(text), key ?? "");
        if (string.IsNullOrWhiteSpace(Text))
        {
            Errors.Add("text", "Write the policy, or choose its file");
            return Page();
        }
        // Another text is another proposal.
        var proposed = await policies.ProposeAsync(Text, $"{Key}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))[..16]}", ct);
        if (proposed.Refused is not { } refused) return Redirect($"/policies/{proposed.Value!.Digest}?told=proposed");
        Faults = refused.Member<List<PolicyFault>>("faults") ?? [];
        foreach (var fault in Faults.Take(MostFaults)) Errors.Add(fault.Line > 0 ? $"line-{fault.Line}" : "text", fault.Line > 0 ? $"Line {fault.Line}: {fault.Reason}" : fault.Reason);
        if (Faults.Count > MostFaults) Errors.Add(null, $"And {Faults.Count - MostFaults} more");
        if (Faults.Count == 0) Errors.Add("text", refused.Status == 413 ? "This is too long for a policy: 256 KB is the most" : refused.Detail);
        return Page();
    }

    /// <summary>The lines with faults, each with the one before and after it, and what is wrong with it.</summary>
    public IEnumerable<(int Number, string Line, IReadOnlyList<string> Reasons, bool AfterGap)> Marked()
    {
        var lines = Text.Split('\n');
        var at = Faults.Take(MostFaults).Where(f => f.Line > 0).ToLookup(f => f.Line, f => f.Reason);
        var last = 0;
        foreach (var number in at.SelectMany(group => new[] { group.Key - 1, group.Key, group.Key + 1 }).Distinct().Order().Where(n => n > 0 && n <= lines.Length))
        {
            yield return (number, lines[number - 1], [.. at[number]], last > 0 && number > last + 1);
            last = number;
        }
    }

    private static async Task<string> ReadAsync(IFormFile file, CancellationToken ct)
    {
        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        return Letters.Typed(await reader.ReadToEndAsync(ct));
    }
}
