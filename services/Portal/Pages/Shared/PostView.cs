using Microsoft.AspNetCore.Html;
using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Portal.Pages.Shared;

/// <summary>A post as it looks on the noticeboard: the same wherever it is shown, so that an officer clears what the public will see.</summary>
internal sealed record PostView(string? Id, string Name, string Account, string Text, string Language, IHtmlContent? Foot)
{
    public IReadOnlyList<MediaItem> Media { get; init; } = [];

    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Where the pictures lie, each under its digest.</summary>
    public string Pictures { get; init; } = "";
}

/// <summary>What officers see beside a post, and the public does not: what it is for, and in words what each picture shows.</summary>
internal sealed record EnclosedView(Brief? Brief, IReadOnlyList<MediaItem> Media);
