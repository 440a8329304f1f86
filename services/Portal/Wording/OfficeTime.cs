using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.Wording;

/// <summary>An office's time for a post, whether it can be reached, and what its silence means, in sentences.</summary>
internal static class OfficeTime
{
    public static IEnumerable<string> Of(SheetOffice office, Place place, DateTimeOffset now, OfficeNames offices, IReadOnlyDictionary<string, string> names)
    {
        if (office.Away is { } away) yield return $"{Unreached(away.Cause, away.By?.Person, names)} since {Times.Text(away.Since, place)}. Nobody waits for it.";
        if (!office.Asked) yield break;
        if (office.DueAt is { } due)
            yield return due > now ? $"It has {Times.Length(due - now)} left, until {Times.Text(due, place)}.{(office.Reminders > 0 ? " It was reminded." : "")}"
                : $"Its time was over on {Times.Text(due, place)}.{(office.Reminders > 0 ? $" It was reminded {(office.Reminders == 1 ? "once" : "twice")}." : "")}";
        if (office.StandIns.Count > 0) yield return $"{(office.StandInCause is { } cause ? $"It {Decisions.Missing(cause)}. " : "")}In its place may clear: {offices.Listed(office.StandIns)}.";
        if (office is { SilenceCounts: true, DueAt: { } end } && office.StandIns.Count == 0)
            yield return office.Notice is { } notice
                ? $"{(end > now ? "If it says nothing until then, that will count" : "Its silence counts")} as no objection: {names.GetValueOrDefault(notice.By.Person, notice.By.Person)} opened it on {Times.Text(notice.At, place)}, which proves that it arrived."
                : "Its silence counts for nothing yet: nobody of it has opened this in its time.";
    }

    /// <summary>Why an office is not waited for.</summary>
    public static string Unreached(string cause, string? by, IReadOnlyDictionary<string, string> names) =>
        cause == "declared" && by is not null ? $"Cut off, as {names.GetValueOrDefault(by, by)} said," : "Cut off: nobody of it was seen";

    /// <summary>Whose names it tells.</summary>
    public static IEnumerable<string> People(Sheet sheet) => sheet.Offices.SelectMany(o => new[] { o.Away?.By?.Person, o.Notice?.By.Person }).OfType<string>();
}
