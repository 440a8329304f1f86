using Microsoft.AspNetCore.Html;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages.Shared;

/// <summary>What is wrong with a form, in the order of its fields: told at the top, and again at each field.</summary>
internal sealed class FormErrors
{
    private readonly List<(string? Field, string Words)> all = [];

    public bool Any => all.Count > 0;

    public IReadOnlyList<(string? Field, string Words)> All => all;

    /// <param name="field">The id of the control; null when it concerns no single one.</param>
    public void Add(string? field, string words)
    {
        if (!all.Contains((field, words))) all.Add((field, words));
    }

    /// <summary>The message that stands at a field.</summary>
    public IHtmlContent At(string field) => all.Where(e => e.Field == field).Select(e => e.Words).FirstOrDefault() is { } words
        ? Markup.Of($"<p class=error id=\"{field}-error\"><b>Error:</b> {Markup.Encode(words)}</p>")
        : HtmlString.Empty;

    /// <summary>Ties the control to its message, for those who hear the page.</summary>
    public IHtmlContent Attributes(string field, string? hint = null)
    {
        var wrong = all.Any(e => e.Field == field);
        var described = string.Join(' ', new[] { hint, wrong ? $"{field}-error" : null }.Where(id => id is not null));
        return Markup.Of($"{(described.Length == 0 ? "" : $" aria-describedby=\"{described}\"")}{(wrong ? " aria-invalid=true" : "")}");
    }
}
