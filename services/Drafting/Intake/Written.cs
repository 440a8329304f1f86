using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Drafting.Intake;

/// <summary>What an author sends with each save.</summary>
public interface IWritten
{
    string Account { get; }
    string Text { get; }
    string Language { get; }
    Lane Lane { get; }
    ReleaseTime? Release { get; }
    DateTimeOffset? NotAfter { get; }
    WrittenBrief? Brief { get; }
    IReadOnlyList<WrittenMedia>? Media { get; }
    IReadOnlyList<string>? Links { get; }

    /// <summary>Lines and figures that the text rests on.</summary>
    IReadOnlyList<string>? Cites { get; }
}

/// <summary>What the post is for, as far as its author says.</summary>
/// <param name="Message">The one sentence that should stay in a reader's mind.</param>
/// <param name="Audience">Whom it is for; a word of the ministry's own list.</param>
/// <param name="Dimec">Letters of the matrix that apply: <c>D</c>, <c>I</c>, <c>M</c>, <c>E</c>, <c>C</c>.</param>
/// <param name="Counterparts">ISO 3166 alpha-2 codes of the states it is about.</param>
public sealed record WrittenBrief(
    string? Message = null, string? Audience = null, string? Objective = null, string? Tactic = null,
    IReadOnlyList<string>? Dimec = null, IReadOnlyList<string>? Counterparts = null);

/// <summary>A picture that was brought before, and what it shows.</summary>
/// <param name="Digest">As the answer to its upload gave it.</param>
/// <param name="Alt">For who cannot see it.</param>
public sealed record WrittenMedia(string Digest, string Alt = "");

/// <summary>The form of a save, whatever the draft it belongs to.</summary>
public abstract class WrittenValidator<T> : AbstractValidator<T> where T : IWritten
{
    protected WrittenValidator()
    {
        RuleFor(w => w.Text).Custom((text, context) => Tell(context, nameof(IWritten.Text), DraftText.Refuses(text)));
        RuleFor(w => w.Brief).Custom((brief, context) => Tell(context, nameof(IWritten.Brief), EnclosedRules.Refuses(brief.Read())));
        RuleFor(w => w.Media).Custom((media, context) =>
            Tell(context, nameof(IWritten.Media), media?.Contains(null!) is true ? EnclosedRules.UnknownPicture : EnclosedRules.Refuses([.. (media ?? []).Select(m => (m.Digest, m.Alt))])));
        RuleFor(w => w.Links).Custom((links, context) => Tell(context, nameof(IWritten.Links), EnclosedRules.Refuses(links ?? [])));
        RuleFor(w => w.Cites).Custom((cites, context) => Tell(context, nameof(IWritten.Cites), EnclosedRules.RefusesCites(cites ?? [])));
        RuleFor(w => w.Account).NotEmpty().MaximumLength(200).WithMessage("Name one of the mission's accounts.");
        RuleFor(w => w.Language).Matches("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$").MaximumLength(35).WithMessage("Give the language's code, for example ur or pt-BR.");
        RuleFor(w => w.Lane).IsInEnum().WithMessage("The lane is one of Routine, Priority, Immediate, Flash.");
    }

    private static void Tell(ValidationContext<T> context, string member, Refusal? refusal)
    {
        if (refusal is not null) context.AddFailure(new ValidationFailure(member, refusal.Detail) { ErrorCode = refusal.Code });
    }
}

/// <summary>Turns what an author sent into what is kept.</summary>
internal static class WrittenContent
{
    /// <summary>What is known of the pictures that are named, as far as they were brought for the mission: once for each who brought one.</summary>
    public static async Task<IReadOnlyList<SuppliedMedia>> SuppliedAsync(this IWritten written, string mission, DraftingDb db, CancellationToken ct)
    {
        if (written.Media is not { Count: > 0 } named) return [];
        var digests = named.Select(m => m.Digest).ToList();
        return await (
            from supply in db.MediaSupplies where supply.Mission == mission && digests.Contains(supply.Digest)
            join media in db.Media on supply.Digest equals media.Digest
            select new SuppliedMedia(media.Digest, media.Type, media.Size, supply.Person)).ToListAsync(ct);
    }

    /// <summary>False with the problem to answer with, when the time of release means no one moment, or a picture was not brought for the mission.</summary>
    public static bool TryRead(this IWritten written, IReadOnlyList<SuppliedMedia> supplied, out Content content, out ProblemHttpResult? problem)
    {
        var clear = ReleaseTimes.TryRead(written.Release, out var meant, out problem);
        var media = (written.Media ?? []).Select(m => supplied.FirstOrDefault(s => s.Digest == m.Digest) is { } known ? new MediaItem(m.Digest, known.Type, known.Bytes, m.Alt) : null).ToList();
        if (clear && media.Contains(null)) (clear, problem) = (false, EnclosedRules.UnknownPicture.ToProblem());
        content = new Content(
            written.Account, written.Text, written.Language, written.Lane,
            written.Release?.Local, written.Release?.Zone, clear && meant is not null && ReleaseTimes.ComesTwice(written.Release!) ? meant.Offset : null,
            meant?.Instant, written.NotAfter?.ToWholeMilliseconds() ?? meant?.Instant + ReleaseWindow.UsualLength)
        {
            Enclosed = new(written.Brief.Read(), [.. media.OfType<MediaItem>()], written.Links ?? []) { Cites = [.. (written.Cites ?? []).Order(StringComparer.Ordinal)] },
        };
        return clear;
    }

    /// <summary>Null when nothing is said; what is a set is brought into its order.</summary>
    public static Brief? Read(this WrittenBrief? brief)
    {
        if (brief is null) return null;
        var read = new Brief(
            Said(brief.Message), Said(brief.Audience), Said(brief.Objective), Said(brief.Tactic),
            [.. (brief.Dimec ?? []).Order(StringComparer.Ordinal)], [.. (brief.Counterparts ?? []).Order(StringComparer.Ordinal)]);
        return read is { Message: null, Audience: null, Objective: null, Tactic: null, Dimec: [], Counterparts: [] } ? null : read;
    }

    private static string? Said(string? line) => string.IsNullOrWhiteSpace(line) ? null : line;
}
