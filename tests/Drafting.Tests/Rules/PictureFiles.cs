using System.Text;
using WorkflowPlatform.Drafting.Domain.Pictures;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Drafting.Tests.Rules;

/// <summary>What a picture's file may be, and what of it is kept.</summary>
public sealed class PictureFiles
{
    private const string Told = "33.69N-73.05E Officer Amina";

    /// <summary>Files that tell something, and what is to be left of each.</summary>
    private static readonly (string Type, byte[] Sent, byte[] Left, int Width, int Height)[] Telling =
    [
        ("image/png", [.. Pictures.Png(more: [("eXIf", Pictures.Said(Told)), ("tEXt", Pictures.Said($"Author\0{Told}")), ("iTXt", Pictures.Said(Told)), ("tIME", new byte[7]), ("prVt", Pictures.Said(Told))]), .. Pictures.Said(Told)], Pictures.Png(), 2, 2),
        ("image/jpeg", Pictures.Jpeg(Told), Pictures.JpegLeft(), 16, 8),
        ("image/jpeg", Pictures.Jpeg(Told, orientation: 1), Pictures.JpegLeft(orientation: 1), 16, 8),
        ("image/gif", Pictures.Gif(Told), Pictures.Gif(), 3, 5),
        ("image/webp", Pictures.Webp(Told), Pictures.Webp(), 7, 9),
    ];

    [Fact]
    public void Only_what_draws_is_kept()
    {
        foreach (var (type, sent, left, width, height) in Telling)
        {
            var picture = Read(sent);
            (picture.Type, picture.Width, picture.Height).ShouldBe((type, width, height));
            Encoding.Latin1.GetString(sent).ShouldContain(Told);
            Encoding.Latin1.GetString(picture.Bytes).ShouldNotContain(Told);
            picture.Bytes.ShouldBe(left);
        }
    }

    [Fact]
    public void What_was_kept_is_kept_as_it_is_when_it_comes_again()
    {
        foreach (var (_, sent, _, _, _) in Telling)
        {
            var once = Read(sent);
            Read(once.Bytes).Bytes.ShouldBe(once.Bytes);
        }
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_and_never_kept_by_halves()
    {
        foreach (var (_, sent, left, _, _) in Telling)
            for (var length = 0; length < left.Length; length++)
                RefusalOf(left[..length]).ShouldBeOneOf(Picture.NoPicture, Picture.Broken);
    }

    [Fact]
    public void Any_byte_may_be_another_one_and_there_is_an_answer()
    {
        var random = new Random(4711);
        foreach (var (_, sent, _, _, _) in Telling)
            for (var n = 0; n < 2_000; n++)
            {
                var spoilt = sent.ToArray();
                for (var times = random.Next(1, 4); times > 0; times--) spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
                if (Picture.TryRead(spoilt, out var picture, out _)) picture.Bytes.Length.ShouldBeLessThanOrEqualTo(spoilt.Length + 40);
            }
    }

    [Fact]
    public void What_is_no_picture_is_refused_whatever_it_is_called()
    {
        foreach (var none in new[] { [], "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), "%PDF-1.7"u8.ToArray(), "<html><script>alert(1)</script>"u8.ToArray(), "RIFF\0\0\0\0WAVE"u8.ToArray(), "BM"u8.ToArray(), [0xFF, 0xD8], new byte[100] })
            RefusalOf(none).ShouldBe(Picture.NoPicture);
    }

    [Fact]
    public void A_picture_that_would_unfold_to_more_than_a_device_holds_is_refused()
    {
        RefusalOf(Pictures.Png(width: 8_193, height: 1)).ShouldBe(Picture.TooLarge);
        RefusalOf(Pictures.Png(width: 8_000, height: 6_000)).ShouldBe(Picture.TooLarge);
        RefusalOf(Pictures.Png(width: 0)).ShouldBe(Picture.TooLarge);
        RefusalOf(Pictures.Jpeg(Told, width: 65_000)).ShouldBe(Picture.TooLarge);
        RefusalOf(Pictures.Gif(width: 9_000)).ShouldBe(Picture.TooLarge);
        RefusalOf(Pictures.Webp(width: 16_000, height: 16_000)).ShouldBe(Picture.TooLarge);
        Read(Pictures.Png(width: 8_000, height: 5_000)).Width.ShouldBe(8_000);
    }

    private static Picture Read(byte[] sent)
    {
        Picture.TryRead(sent, out var picture, out var refusal).ShouldBeTrue(refusal?.Code);
        return picture!;
    }

    private static Refusal RefusalOf(byte[] sent)
    {
        Picture.TryRead(sent, out _, out var refusal).ShouldBeFalse();
        return refusal!;
    }
}
