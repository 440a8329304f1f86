using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.Pages.Shared;

/// <summary>The place where an officer changes a text: for where the policy lets them.</summary>
internal sealed record AmendView(Sheet Sheet, ReviewForm Form, FormErrors Errors)
{
    /// <summary>As it was typed, else as it is.</summary>
    public string Text => Form.Text.Length > 0 ? Form.Text : Sheet.Text;
}
