using System.Security.Cryptography;
using System.Text;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>What an officer chose on the review page, and on which text and version.</summary>
internal sealed record ReviewForm(DecisionKind? Decision, string Reason, string Comment, string Digest, int Version, string Key)
{
    /// <summary>The whole text, where the officer may change it.</summary>
    public string Text { get; init; } = "";

    public static ReviewForm Read(IFormCollection form) => new(
        Enum.TryParse<DecisionKind>(form["decision"], out var decision) ? decision : null,
        form["reason"].ToString(), Letters.Typed(form["comment"]), form["digest"].ToString(), int.TryParse(form["version"], out var version) ? version : 0, form["key"].ToString())
    {
        Text = Letters.Typed(form["text"]),
    };

    /// <summary>A reason belongs to a return, and a comment to all but plain clearing; what stands in hidden fields besides is not sent.</summary>
    public NewDecision Command => new(
        Decision ?? DecisionKind.Cleared, Digest, Decision is DecisionKind.Returned ? Reason : null, Decision is DecisionKind.Cleared || string.IsNullOrWhiteSpace(Comment) ? null : Comment);

    public NewAmendment Amendment => new(Digest, Text, Comment);

    public void Check(FormErrors errors)
    {
        if (Decision is null) errors.Add("clear", "Choose “Clear” or “Return”");
        if (Decision is DecisionKind.Returned && Reason.Length == 0) errors.Add("reason", "Choose why it goes back");
        if (Decision is DecisionKind.ClearedAsAmended && string.IsNullOrWhiteSpace(Text)) errors.Add("text", "Write the text as it should go out");
        if (Decision is DecisionKind.Returned or DecisionKind.ClearedWithComment or DecisionKind.ClearedAsAmended or DecisionKind.Objected or DecisionKind.Referred or DecisionKind.Refused && string.IsNullOrWhiteSpace(Comment))
            errors.Add("comment", Decision is DecisionKind.Returned ? "Say what must change" : "Say why");
    }

    /// <summary>Pressed again unchanged it is the same; a changed mind is another command.</summary>
    public string KeyFor(Guid request) =>
        $"{Key}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request}\n{Version}\n{Decision}\n{Reason}\n{Comment}{(Decision is DecisionKind.ClearedAsAmended ? $"\n{Text}" : "")}")))[..16]}";
}
