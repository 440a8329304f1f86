using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>Why an officer of the central unit wants a cleared post stopped, and which version they saw.</summary>
internal sealed record StopForm(string Reason, string Comment, int Version, string Key)
{
    public static readonly StopForm Empty = new("", "", 0, "");

    public static StopForm Read(IFormCollection form) =>
        new(form["reason"].ToString(), Letters.Typed(form["comment"]), int.TryParse(form["version"], out var version) ? version : 0, form["key"].ToString());

    public void Check(FormErrors errors)
    {
        if (Reason.Length == 0) errors.Add("stop-reason", "Choose why it is stopped");
        if (string.IsNullOrWhiteSpace(Comment)) errors.Add("stop-comment", "Say what happened");
    }
}

/// <summary>A cleared post that may still be stopped, or what came of that.</summary>
internal sealed record StopView(Sheet Sheet, Place Place, StopForm Form, FormErrors Errors, IReadOnlyDictionary<string, string> Names);
