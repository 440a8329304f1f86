using Microsoft.AspNetCore.Html;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages.Shared;

/// <summary>What the officer's last decision leads to, and the way back while there is one.</summary>
/// <param name="Seconds">How long it can still be undone; 0 when no longer.</param>
/// <param name="Counts">The words tell the seconds already.</param>
internal sealed record DecidedView(Guid Id, int Version, IHtmlContent? Words, bool Counts, int Seconds, string Key)
{
    public static DecidedView Nothing { get; } = new(Guid.Empty, 0, null, false, 0, "");

    /// <summary>Nothing, unless the decision that stands is this officer's own.</summary>
    public static DecidedView Of(Sheet sheet, Person officer, Place place, DateTimeOffset now, OfficeNames offices)
    {
        if (sheet.Standing is not { } decision || decision.Person != officer.Id) return Nothing;
        var seconds = sheet.UndoUntil is { } until ? Math.Max(0, (int)(until - now).TotalSeconds) : 0;
        // The decision's own id: each decision can be undone once, however often the button is pressed.
        var words = Outlook.After(sheet, place, now, offices);
        return new(
            sheet.Id, sheet.Version, Markup.Of(Markup.Encode(words).Replace(Outlook.Left, $"<b>{seconds}</b> seconds", StringComparison.Ordinal)), words.Contains(Outlook.Left, StringComparison.Ordinal), seconds, $"undo-{decision.Id:N}");
    }
}
