using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Drafting.Tests.Rules;

/// <summary>What a text may be.</summary>
public sealed class Texts
{
    private static readonly Gen<string> Any = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Gen.Elements("e\u0301", "é", "👩‍👩‍👧‍👦", "\ud83d", "\udc00", "क़", "ۓ", "\0", "\ufffe", "\ufdd0", "\U0001ffff", "한국", "မြန်မာ", "\u007f", "\r\n", "\t", " ", "a").ListOf().Select(string.Concat));

    [Fact]
    public void Every_admitted_text_has_one_canonical_form_and_comes_back_from_it_unchanged() => Prop.ForAll(Any.ToArbitrary(), text =>
    {
        if (DraftText.Refuses(text) is not null) return;
        CanonicalJson.Parse<string>(CanonicalJson.Serialize(text)).ShouldBe(text);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Every_text_without_a_canonical_form_is_refused() => Prop.ForAll(Any.ToArbitrary(), text =>
    {
        try
        {
            CanonicalJson.Serialize(text);
        }
        catch (CanonicalJsonException)
        {
            DraftText.Refuses(text).ShouldNotBeNull();
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Texts_in_the_missions_languages_are_admitted_as_they_are()
    {
        foreach (var text in new[]
                 {
                     "سفارت خانہ جمعے کو بند رہے گا۔", "يغلق القسم القنصلي أبوابه", "سفارت روز جمعه بسته است", "سفارت به د جمعې په ورځ تړلی وي", "大使馆星期五闭馆。",
                     "สถานทูตปิดวันศุกร์", "दूतावास शुक्रवार को बंद रहेगा।", "대사관은 금요일에 휴무입니다.", "Посольство закрыто в пятницу.", "Η πρεσβεία θα είναι κλειστή.", "သံရုံး သောကြာနေ့တွင် ပိတ်ပါမည်။", "👩‍👩‍👧‍👦🇵🇰",
                 })
            DraftText.Refuses(text).ShouldBeNull(text);
    }

    [Fact]
    public void What_some_keyboards_type_apart_is_refused_and_admitted_once_it_is_put_together()
    {
        // Vietnamese with a tone mark of its own, Hindi with a precomposed nukta letter, Urdu with hamza typed after the letter.
        foreach (var typed in new[] { "Vi\u00EA\u0323t Nam", "\u0958\u0932\u092E", "\u06C1\u0654", "cafe\u0301" })
        {
            DraftText.Refuses(typed).ShouldBe(DraftText.NotNormalized);
            DraftText.Refuses(typed.Normalize()).ShouldBeNull();
        }
    }

    [Fact]
    public void Lengths_count_utf16_code_units()
    {
        DraftText.Refuses(new string('x', 20_000)).ShouldBeNull();
        DraftText.Refuses(new string('x', 20_001)).ShouldBe(DraftText.TooLong);
        DraftText.Refuses(string.Concat(Enumerable.Repeat("🖋", 10_001))).ShouldBe(DraftText.TooLong);
    }

    [Fact]
    public void An_excerpt_is_a_beginning_that_cuts_no_character() => Prop.ForAll(Any.ToArbitrary(), text =>
    {
        if (DraftText.Refuses(text) is not null) return;
        var excerpt = DraftText.Excerpt(text);
        text.ShouldStartWith(excerpt);
        excerpt.Length.ShouldBeLessThanOrEqualTo(DraftText.ExcerptLength);
        if (excerpt.Length < text.Length)
            StringInfo.ParseCombiningCharacters(text).ShouldContain(excerpt.Length);
        excerpt.EnumerateRunes().ShouldNotContain(Rune.ReplacementChar);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
