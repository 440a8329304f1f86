using Microsoft.AspNetCore.Html;

namespace WorkflowPlatform.Portal.Pages.Shared;

/// <summary>A post as it looks on the noticeboard: the same wherever it is shown, so that an officer clears what the public will see.</summary>
internal sealed record PostView(string? Id, string Name, string Account, string Text, string Language, IHtmlContent? Foot);
