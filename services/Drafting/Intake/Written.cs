using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http.HttpResults;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Drafting.Domain;
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
}

/// <summary>The form of a save, whatever the draft it belongs to.</summary>
public abstract class WrittenValidator<T> : AbstractValidator<T> where T : IWritten
{
    protected WrittenValidator()
    {
        RuleFor(w => w.Text).Custom((text, context) =>
        {
            if (DraftText.Refuses(text) is { } refusal)
                context.AddFailure(new ValidationFailure(nameof(IWritten.Text), refusal.Detail) { ErrorCode = refusal.Code });
        });
        RuleFor(w => w.Account).NotEmpty().MaximumLength(200).WithMessage("Name one of the mission's accounts.");
        RuleFor(w => w.Language).Matches("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$").MaximumLength(35).WithMessage("Give the language's code, for example ur or pt-BR.");
        RuleFor(w => w.Lane).IsInEnum().WithMessage("The lane is one of Routine, Priority, Immediate, Flash.");
    }
}

/// <summary>Turns what an author sent into what is kept.</summary>
internal static class WrittenContent
{
    /// <summary>False with the problem to answer with, when the time of release means no one moment.</summary>
    public static bool TryRead(this IWritten written, out Content content, out ProblemHttpResult? problem)
    {
        var clear = ReleaseTimes.TryRead(written.Release, out var meant, out problem);
        content = new Content(
            written.Account, written.Text, written.Language, written.Lane,
            written.Release?.Local, written.Release?.Zone, clear && meant is not null && ReleaseTimes.ComesTwice(written.Release!) ? meant.Offset : null,
            meant?.Instant, written.NotAfter?.ToWholeMilliseconds() ?? meant?.Instant + ReleaseWindow.UsualLength);
        return clear;
    }
}
