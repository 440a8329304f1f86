using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages.Shared;

/// <summary>Who has a request open and whose it is to decide, and what the reader can do about it.</summary>
/// <param name="Act">What the button does: <c>take</c>, <c>take-over</c> or <c>let-go</c>.</param>
/// <param name="Given">Whose it is; null when nobody's.</param>
internal sealed record AtWorkView(Guid Id, string Words, string Act, string Button, string? Given, IReadOnlyList<(string Person, string Name)> Colleagues)
{
    public static AtWorkView Of(Sheet sheet, string me, IReadOnlyDictionary<string, string> names, DateTimeOffset now)
    {
        var (claim, given) = (sheet.AtWork.Claim, sheet.AtWork.Assigned is [var first, ..] ? first : null);
        var words = new List<string>();
        if (claim is not null && claim.Person != me) words.Add($"{names[claim.Person]} has it open, for {Times.Length(claim.Until - now)} more. You can decide all the same.");
        if (given is not null) words.Add(given.Person == me ? $"{names[given.By]} gave it to you." : $"It was given to {names[given.Person]}.");
        var (act, button) = claim is null ? ("take", "Show others that I have it open") : claim.Person == me ? ("let-go", "I no longer have it open") : ("take-over", "Take it over");
        return new(sheet.Id, string.Join(' ', words), act, button, given?.Person, [.. sheet.AtWork.Colleagues.Select(person => (person, names[person]))]);
    }

    /// <summary>Whose names it tells.</summary>
    public static IEnumerable<string> People(Sheet sheet) =>
        [.. sheet.AtWork.Colleagues, .. sheet.AtWork.Assigned.SelectMany(a => new[] { a.Person, a.By }), .. sheet.AtWork.Claim is { } claim ? new[] { claim.Person } : []];
}
