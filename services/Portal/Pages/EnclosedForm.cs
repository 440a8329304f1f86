using WorkflowPlatform.Contracts;
using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>What stands in the fields of the write page beside the text: pictures, links, and what the post is for.</summary>
/// <param name="Slots">As many as a post may have pictures.</param>
/// <param name="Links">One on a line.</param>
/// <param name="Dimec">Letters, however they are set apart.</param>
/// <param name="Counterparts">Codes of states, however they are set apart.</param>
internal sealed record EnclosedForm(
    IReadOnlyList<PictureSlot> Slots, string Links, string Message, string Audience, string Objective, string Tactic, string Dimec, string Counterparts)
{
    public const int MostPictures = 4;
    public const int LargestPicture = 2 * 1024 * 1024;

    /// <summary>The pictures, and whatever else the form holds.</summary>
    public const int MostBytes = MostPictures * LargestPicture + 512 * 1024;

    public static EnclosedForm Empty { get; } = new([.. Enumerable.Repeat(new PictureSlot("", ""), MostPictures)], "", "", "", "", "", "", "");

    public IReadOnlyList<NewMedia> Media => [.. Slots.Where(slot => slot.Digest.Length > 0).Select(slot => new NewMedia(slot.Digest, slot.Alt))];

    public IReadOnlyList<string> Addresses => [.. Links.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    public Brief Brief => new(Message, Audience, Objective, Tactic, [.. Letters(Dimec).SelectMany(word => word).Select(letter => letter.ToString())], Letters(Counterparts));

    public bool HasPicturesOrLinks => Media.Count > 0 || Links.Length > 0;

    public bool HasBrief => string.Concat(Message, Audience, Objective, Tactic, Dimec, Counterparts).Length > 0;

    /// <summary>Everything that it says, as one string.</summary>
    public string Content => string.Join('\n', [.. Slots.Select(slot => $"{slot.Digest} {slot.Alt}"), Links, Message, Audience, Objective, Tactic, Dimec, Counterparts]);

    public static EnclosedForm Of(Draft draft) => new(
        [.. draft.Media.Select(m => new PictureSlot(m.Digest, m.Alt)), .. Empty.Slots.Skip(draft.Media.Count)], string.Join('\n', draft.Links),
        draft.Brief?.Message ?? "", draft.Brief?.Audience ?? "", draft.Brief?.Objective ?? "", draft.Brief?.Tactic ?? "",
        string.Join(' ', draft.Brief?.Dimec ?? []), string.Join(' ', draft.Brief?.Counterparts ?? []));

    public static EnclosedForm Read(IFormCollection form)
    {
        string Field(string name) => Wording.Letters.Typed(form[name]).Trim();
        return new(
            [.. Enumerable.Range(1, MostPictures).Select(n => new PictureSlot(form[$"drop{n}"].Count > 0 ? "" : Field($"media{n}"), form[$"drop{n}"].Count > 0 ? "" : Field($"alt{n}")))],
            Field("links"), Field("message"), Field("audience"), Field("objective"), Field("tactic"), Field("dimec"), Field("counterparts"));
    }

    public EnclosedForm With(int slot, string digest) => this with { Slots = [.. Slots.Select((there, n) => n == slot ? there with { Digest = digest } : there)] };

    private static IReadOnlyList<string> Letters(string codes) =>
        [.. string.Concat(codes.Select(c => char.IsLetter(c) ? char.ToUpperInvariant(c) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}

/// <summary>A place for a picture: one that Drafting has already, or none yet.</summary>
/// <param name="Digest">Empty while there is none.</param>
internal sealed record PictureSlot(string Digest, string Alt);
