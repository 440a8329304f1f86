using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Features.Queueing;

/// <summary>Which part of the queue somebody wants to see: values of one kind widen it, each further kind narrows it.</summary>
/// <param name="Finding">Codes of findings; <see cref="NoFinding"/> for what has none.</param>
/// <param name="Assigned">A staff number, or <see cref="ToMe"/>.</param>
/// <param name="Q">Words to look for in the text and in what its pictures are said to show.</param>
public sealed record QueueFilter(
    string[]? Mission = null, string[]? Region = null, Lane[]? Lane = null, string[]? Language = null, string[]? Dimec = null, string[]? Finding = null,
    string[]? Office = null, string? Assigned = null, string? Q = null)
{
    public const string NoFinding = "none";
    public const string ToMe = "me";

    private const int MostValues = 50;
    private const int Longest = 100;

    /// <summary>Null when it can be asked.</summary>
    public Refusal? Check() =>
        new[] { Mission, Region, Language, Dimec, Finding, Office }.All(values => values is null || values.Length <= MostValues && values.All(value => value is { Length: <= Longest }))
        && (Lane?.Length ?? 0) <= MostValues && (Assigned?.Length ?? 0) <= Longest && (Q?.Length ?? 0) <= Longest ? null : TooMuch;

    /// <summary>Those of the seats that it lets through; of which offices, whoever asks says before.</summary>
    internal IQueryable<Seat> Of(IQueryable<Seat> seats, ClearanceDb db, string person)
    {
        if (!string.IsNullOrEmpty(Assigned))
        {
            var to = Assigned == ToMe ? person : Assigned;
            seats = seats.Where(s => s.Assigned == to);
        }
        if (Rows(db) is { } rows) seats = seats.Where(s => rows.Any(w => w.RequestId == s.RequestId));
        return seats;
    }

    private IQueryable<Data.Waiting>? Rows(ClearanceDb db)
    {
        IQueryable<Data.Waiting> all = db.Waiting, rows = all;
        if (Given(Mission)) rows = rows.Where(w => Mission!.Contains(w.Mission));
        if (Given(Region)) rows = rows.Where(w => Region!.Contains(w.Region));
        if (Given(Lane)) rows = rows.Where(w => Lane!.Contains(w.Lane));
        if (Given(Language)) rows = rows.Where(w => Language!.Contains(w.Language));
        if (Given(Dimec)) rows = rows.Where(w => db.Marks.Any(m => m.RequestId == w.RequestId && m.Kind == MarkKind.Dimec && Dimec!.Contains(m.Value)));
        if (Given(Finding))
        {
            var none = Finding!.Contains(NoFinding);
            rows = rows.Where(w => none && !db.Marks.Any(m => m.RequestId == w.RequestId && m.Kind == MarkKind.Finding)
                || db.Marks.Any(m => m.RequestId == w.RequestId && m.Kind == MarkKind.Finding && Finding!.Contains(m.Value)));
        }
        if (!string.IsNullOrWhiteSpace(Q))
        {
            var words = QueueRows.Small(Q.Trim());
            rows = rows.Where(w => w.Words.Contains(words));
        }
        return ReferenceEquals(rows, all) ? null : rows;
    }

    private static bool Given<T>(T[]? values) => values is { Length: > 0 };

    public static readonly Refusal TooMuch = new("queue.filter", $"That is more than a filter takes: {MostValues} values of a kind, {Longest} characters each.", 400);
}
