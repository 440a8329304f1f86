using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Clearance.Comparing;
using WorkflowPlatform.Contracts;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class Comparing
{
    [Fact]
    public void Words_that_changed_stand_beside_those_that_did_not()
    {
        WordDiff.Of("The hall opens at nine.", "The hall closes at nine.").ShouldBe(
        [
            new(SegmentKind.Same, "The hall "), new(SegmentKind.Removed, "opens"), new(SegmentKind.Added, "closes"), new(SegmentKind.Same, " at nine."),
        ]);
        WordDiff.Of("The same.", "The same.").ShouldBeEmpty();
    }

    /// <summary>Replays: texts that look alike and are not.</summary>
    [Theory]
    [InlineData("pay at example.org", "pay at ex\u200Bample.org", "U+200B zero width space")]
    [InlineData("transfer 100", "transfer \u202E100", "U+202E right-to-left override")]
    [InlineData("نہیں", "ن\u200Cہیں", "U+200C zero width non-joiner")]
    [InlineData("سفارت خانہ", "سفارت\u00A0خانہ", "no-break space")]
    [InlineData("one. Two", "one.\nTwo", "line break")]
    [InlineData("at nine", "at  nine", "space")]
    [InlineData("heart \u2764", "heart \u2764\uFE0F", "U+FE0F")]
    [InlineData("an end", "an end\u2063", "U+2063")]
    public void What_nobody_sees_is_shown_by_a_sign(string before, string after, string sign)
    {
        WordDiff.Of(before, after).ShouldContain(s => s.Kind == SegmentKind.Added && s.Sign == sign);
        WordDiff.Of(after, before).ShouldContain(s => s.Kind == SegmentKind.Removed && s.Sign == sign);
    }

    [Fact]
    public void A_letter_of_another_script_that_looks_the_same_is_shown_as_another_word()
    {
        var diff = WordDiff.Of("https://example.org", "https://ex\u0430mple.org");
        diff.ShouldContain(new Segment(SegmentKind.Removed, "example"));
        diff.ShouldContain(new Segment(SegmentKind.Added, "ex\u0430mple"));
    }

    /// <summary>Whatever the texts are: what stayed and what went is the old one, what stayed and what came is the new one.</summary>
    [Fact]
    public void Both_texts_can_be_read_off_the_comparison() => Prop.ForAll(Pairs, pair =>
    {
        var diff = WordDiff.Of(pair.Before, pair.After);
        if (pair.Before == pair.After) return diff.Count == 0;
        return string.Concat(diff.Where(s => s.Kind != SegmentKind.Added).Select(s => s.Text)) == pair.Before
            && string.Concat(diff.Where(s => s.Kind != SegmentKind.Removed).Select(s => s.Text)) == pair.After
            && diff.Any(s => s.Kind != SegmentKind.Same);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Everything_the_public_would_get_is_compared()
    {
        var (one, two, three) = (new MediaItem(new string('1', 64), "image/png", 1, "A flag"), new MediaItem(new string('2', 64), "image/png", 1, "A hall"), new MediaItem(new string('3', 64), "image/png", 1, ""));
        var before = Package() with { Media = [one, two], Links = ["https://example.org/a", "https://example.org/b"] };
        var after = before with
        {
            Media = [one with { Alt = "A torn flag" }, three], Links = ["https://example.org/a", "https://examp1e.org/b", "https://example.org/c"],
            Account = "noticeboard:OTHER", Lane = Lane.Flash, Language = "fr", NotBefore = before.NotBefore.AddHours(1), Local = "2026-12-01T18:00", Zone = "Asia/Kabul",
        };

        var changes = PackageComparison.Of(before, after);
        changes.Text.ShouldBeEmpty();
        changes.Pictures.Select(p => (p.Change, p.Digest[0])).ShouldBe([(PackageComparison.Change.Removed, '2'), (PackageComparison.Change.Changed, '1'), (PackageComparison.Change.Added, '3')]);
        changes.Pictures[1].Alt.ShouldContain(new Segment(SegmentKind.Added, "torn "));
        changes.Links.Select(l => l.Change).ShouldBe([PackageComparison.Change.Changed, PackageComparison.Change.Added]);
        changes.Links[0].Text.ShouldContain(new Segment(SegmentKind.Added, "examp1e"));
        changes.Fields.Select(f => f.Name).ShouldBe(["account", "lane", "language", "notBefore", "local", "zone"]);

        PackageComparison.Of(before, before with { Salt = "another" }).IsEmpty.ShouldBeTrue();
        PackageComparison.Of(before, before with { Media = [two, one], Links = ["https://example.org/b", "https://example.org/a"] }).Pictures.ShouldAllBe(p => p.Change == PackageComparison.Change.Moved);
    }

    private static readonly Gen<string> Texts = Gen.Elements("the", "hall", "9", " ", "  ", ".", "\n", "\r\n", "\u200B", "\u200D", "\u202E", "نہیں", "\U0001F469\u200D\U0001F467", "\u00E9", "e\u0301", "\uFE0F")
        .ListOf().Select(parts => string.Concat(parts));

    private static readonly Arbitrary<(string Before, string After)> Pairs = (from before in Texts from after in Texts select (before, after)).ToArbitrary();
}
