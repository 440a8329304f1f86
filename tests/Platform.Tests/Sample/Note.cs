using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Platform.Tests.Sample;

/// <summary>Where a note stands.</summary>
public enum NoteStatus { Open, Asked, Closed }

/// <summary>The smallest aggregate that is one: it can be saved, asked for and closed. It speaks in Drafting's facts.</summary>
public sealed record Note(Guid Id, int Version, string Mission, NoteStatus Status, int Revision, DateTimeOffset UpdatedAt) : IAggregate
{
    public IReadOnlyList<string> Authors { get; init; } = [];

    public string LedgerId => Id.ToString();
}

/// <summary>What may happen to a note.</summary>
public static class NoteRules
{
    public const string Digest = "0000000000000000000000000000000000000000000000000000000000000000";

    public static readonly Transitions<NoteStatus> Table = new(
        (null, nameof(RevisionSaved), NoteStatus.Open, "somebody writes"),
        (NoteStatus.Open, nameof(RevisionSaved), NoteStatus.Open, "somebody writes on"),
        (NoteStatus.Open, nameof(WithdrawalAsked), NoteStatus.Asked, "its author wants it back"),
        (NoteStatus.Asked, nameof(DraftWithdrawn), NoteStatus.Closed, "it is given back"));

    public static Decision<Note> Save(Note? note, Guid id, string mission, Capacity by, DateTimeOffset now)
    {
        if (Table.Next(note?.Status, nameof(RevisionSaved)) is not { } next) return NotOpen(note!.Status);
        var saved = (note ?? new Note(id, 0, mission, next, 0, now)) with
        {
            Version = (note?.Version ?? 0) + 1, Revision = (note?.Revision ?? 0) + 1, Status = next, UpdatedAt = now,
            Authors = [.. (note?.Authors ?? []).Append(by.Person).Distinct()],
        };
        return Accept(saved, new RevisionSaved(saved.Id, saved.Version, saved.Mission, $"noticeboard:{saved.Mission}", saved.Revision, Digest, 5, "en", by, now));
    }

    public static Decision<Note> Ask(Note note, Capacity by, DateTimeOffset now)
    {
        if (Table.Next(note.Status, nameof(WithdrawalAsked)) is not { } next) return NotOpen(note.Status);
        var asked = note with { Version = note.Version + 1, Status = next, UpdatedAt = now };
        return Accept(asked, new WithdrawalAsked(asked.Id, asked.Version, Digest, asked.Mission, by, now));
    }

    public static Refusal NotOpen(NoteStatus status) => new("sample.not-open", $"The note is {status}.");
}
