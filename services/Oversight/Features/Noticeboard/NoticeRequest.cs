using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Results;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>What a publisher puts on a board.</summary>
/// <param name="Language">BCP 47 tag, for example <c>ur</c>.</param>
public sealed partial record NoticeRequest(string Text, string Language)
{
    private const int LongestText = 20_000;

    /// <summary>Text is kept as it comes, or refused: where it could not be kept and told exactly, it is not taken.</summary>
    public sealed class Validator : AbstractValidator<NoticeRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Text).NotEmpty().MaximumLength(LongestText);
            RuleFor(r => r.Text).Custom((text, context) =>
            {
                if (Flaw(text) is { } flaw) context.AddFailure(new ValidationFailure(nameof(Text), flaw) { ErrorCode = "request.text" });
            });
            RuleFor(r => r.Language).Matches(LanguageTag()).WithMessage("Give the language as its tag, for example ur or zh-Hans.");
        }

        private static string? Flaw(string text)
        {
            try
            {
                _ = CanonicalJson.Serialize(text);
                return null;
            }
            catch (CanonicalJsonException flaw)
            {
                return flaw.Message;
            }
        }
    }

    /// <summary>Whether a board or a handle can stand in an address as it is.</summary>
    public static bool IsPlain(string name) => Plain().IsMatch(name);

    public static readonly Refusal NotPlain = new("noticeboard.name", "A mission's code and a handle have up to 128 letters, digits, or any of - . _ ~", 400);

    [GeneratedRegex("^[A-Za-z0-9._~-]{1,128}$", RegexOptions.NonBacktracking)]
    private static partial Regex Plain();

    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$", RegexOptions.NonBacktracking)]
    private static partial Regex LanguageTag();
}
