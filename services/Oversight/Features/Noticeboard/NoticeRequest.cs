using System.Security.Cryptography;
using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Results;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>What a publisher puts on a board.</summary>
/// <param name="Language">BCP 47 tag, for example <c>ur</c>.</param>
/// <param name="Media">Its pictures with their bytes: they become public with the text, in the same request.</param>
/// <param name="Links">Addresses that begin with <c>https://</c>.</param>
public sealed partial record NoticeRequest(string Text, string Language, IReadOnlyList<NoticePicture>? Media = null, IReadOnlyList<string>? Links = null)
{
    /// <summary>Four pictures of two megabytes in base64, and the longest text.</summary>
    public const int MostBytes = 12 * 1024 * 1024;

    private const int LongestText = 20_000;
    private const int MostPictures = 4;
    private const int MostLinks = 10;
    private const int LongestLine = 2_000;
    private static readonly string[] Types = ["image/png", "image/jpeg", "image/webp", "image/gif"];

    public Notice Notice(Guid id, string mission, string? handle, DateTimeOffset now) => Domain.Notice.Of(id, mission, handle, Text, Language, now) with
    {
        Media = [.. (Media ?? []).Select(m => new MediaItem(m.Digest, m.Type, m.Bytes.Length, m.Alt))], Links = Links ?? [],
    };

    public IReadOnlyList<NoticeMedia> Pictures(string mission) => [.. (Media ?? []).Select(m => new NoticeMedia(mission, m.Digest, m.Type, m.Bytes))];

    /// <summary>Text is kept as it comes, or refused: where it could not be kept and told exactly, it is not taken.</summary>
    public sealed class Validator : AbstractValidator<NoticeRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Text).NotEmpty().MaximumLength(LongestText);
            RuleFor(r => r.Text).Custom((text, context) => Tell(context, nameof(Text), Flaw(text)));
            RuleFor(r => r.Media).Must(media => media is null || (media.Count <= MostPictures && media.DistinctBy(m => m?.Digest).Count() == media.Count && media.All(IsWhole)))
                .WithMessage("Send up to 4 different pictures (PNG, JPEG, WebP, GIF), each with the SHA-256 of its bytes and what it shows.");
            RuleFor(r => r.Links).Must(links => links is null || (links.Count <= MostLinks && links.All(l => l is { Length: <= LongestLine } && l.StartsWith("https://", StringComparison.Ordinal))))
                .WithMessage("Send up to 10 links that begin with https://.");
            RuleForEach(r => r.Links).Custom((link, context) => Tell(context, nameof(Links), link is null ? null : Flaw(link)));
            RuleForEach(r => r.Media).Custom((picture, context) => Tell(context, nameof(Media), picture is null ? null : Flaw(picture.Alt)));
            RuleFor(r => r.Language).Matches(LanguageTag()).WithMessage("Give the language as its tag, for example ur or zh-Hans.");
        }

        private static bool IsWhole(NoticePicture? picture) =>
            picture is { Alt.Length: <= LongestLine } && Types.Contains(picture.Type) && Convert.ToHexStringLower(SHA256.HashData(picture.Bytes)) == picture.Digest;

        private static void Tell(ValidationContext<NoticeRequest> context, string member, string? flaw)
        {
            if (flaw is not null) context.AddFailure(new ValidationFailure(member, flaw) { ErrorCode = "request.text" });
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

/// <summary>A picture of a notice, with its bytes.</summary>
/// <param name="Digest">SHA-256 of <paramref name="Bytes"/>, hex.</param>
/// <param name="Alt">What it shows, for who cannot see it.</param>
public sealed record NoticePicture(string Digest, string Type, string Alt, byte[] Bytes);
