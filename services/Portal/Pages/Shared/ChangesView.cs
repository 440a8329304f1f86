using System.Globalization;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages.Shared;

/// <summary>What changed since an officer's own last decision on a post, or since it was submitted.</summary>
internal sealed record ChangesView(SinceMine? Changed, Place Place, string Language)
{
    /// <summary>What stands above it; null: since when.</summary>
    public string? Title { get; init; }

    /// <summary>A detail's value as people read it.</summary>
    public string Shown(ChangedField field, string? value) => value is null ? "none"
        : field.Name is "notBefore" or "notAfter" ? Times.Text(DateTimeOffset.Parse(value, CultureInfo.InvariantCulture), Place)
        : field.Name is "language" ? Languages.Name(value) : value;
}
