using System.Security.Cryptography;
using System.Text;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>What stands in the fields of the write page, shown again exactly as it was sent.</summary>
/// <param name="Reading"><c>local|offset</c>: which moment was chosen for a wall time that comes twice or not at all.</param>
/// <param name="ReadingOf">The wall time for which the readings were offered; another one in <paramref name="When"/> makes the choice void.</param>
/// <param name="Key">Made with the page, so that a second press does nothing twice.</param>
internal sealed record WriteForm(
    string Text, string When, string? Reading, string? ReadingOf, string Account, string Language, Lane Lane, string Key, Guid? Draft, int Version)
{
    public EnclosedForm Enclosed { get; init; } = EnclosedForm.Empty;

    public static WriteForm Empty(string key) => new("", "", null, null, "", "", Lane.Routine, key, null, 0);

    public static WriteForm Of(Draft draft, string key)
    {
        var chosen = draft.Release is { Offset: { } offset } ? $"{draft.Release.Local}|{offset}" : null;
        return new(draft.Text, draft.Release?.Local ?? "", chosen, draft.Release?.Local, draft.Account, draft.Language, draft.Lane, key, draft.Id, draft.Version) { Enclosed = EnclosedForm.Of(draft) };
    }

    public static WriteForm Read(IFormCollection form)
    {
        string Field(string name) => form[name].ToString();
        return new(
            Letters.Typed(Field("text")), Field("when").Trim(), Field("reading") is { Length: > 0 } reading ? reading : null, Field("readingOf"),
            Field("account"), Field("language"), Enum.TryParse<Lane>(Field("lane"), out var lane) ? lane : Lane.Routine, Field("key"),
            Guid.TryParse(Field("draft"), out var draft) ? draft : null, int.TryParse(Field("version"), out var version) ? version : 0) { Enclosed = EnclosedForm.Read(form) };
    }

    /// <summary>What can be told without asking a service.</summary>
    public void Check(FormErrors errors)
    {
        if (string.IsNullOrWhiteSpace(Text)) errors.Add("text", "Write the text of the post");
        if (When.Length > 0 && Times.Read(When) is null) errors.Add("when", "Give a date and a time, for example 2026-12-01 09:00, or leave this empty");
        if (Account.Length == 0) errors.Add("account", "Choose where it is posted");
        if (Key.Length is 0 or > 60) errors.Add(null, "Load this page again: part of the form is missing. Copy your text first.");
    }

    /// <summary>The wall time that is meant, by the mission's clock; null for "as soon as it is cleared".</summary>
    public ReleaseTime? Release(Mission mission)
    {
        if (Times.Read(When) is not { } local) return null;
        var typed = Times.ForField(local);
        return Reading?.Split('|') is [var meant, var offset] && ReadingOf == typed ? new(meant, mission.TimeZone, offset) : new(typed, mission.TimeZone);
    }

    /// <summary>A key for one command with this content: pressed again unchanged it is the same, after a change it is another.</summary>
    public string KeyFor(string command)
    {
        var content = $"{command}\n{Text}\n{When}\n{Reading}\n{Account}\n{Language}\n{Lane}\n{Draft}\n{Version}\n{Enclosed.Content}";
        return $"{Key}-{command}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..16]}";
    }
}
