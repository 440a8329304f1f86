using WorkflowPlatform.Contracts;
using WorkflowPlatform.Drafting.Domain;

namespace WorkflowPlatform.Drafting.Tests.Rules;

/// <summary>Brief, pictures and links, as they are judged.</summary>
public sealed class Enclosures
{
    private const string Cited = "line:01a2021b-0000-7000-8000-000000000001";

    private static readonly Enclosed Full = new(
        new Brief("We are open.", "diaspora", "calls", "a notice", ["D", "E"], ["AE", "SA"]), [new MediaItem("a", "image/png", 1, "A door"), new MediaItem("b", "image/gif", 2, "")], ["https://example.org/a"])
    {
        Cites = [Cited],
    };

    [Fact]
    public void Each_part_makes_a_save_a_change_and_the_same_lists_make_none()
    {
        var draft = Given.Crafted();
        var before = Given.Content with { Enclosed = Full };
        Enclosed[] changes =
        [
            Enclosed.Nothing, Full with { Brief = null }, Full with { Brief = Full.Brief! with { Message = null } }, Full with { Brief = Full.Brief! with { Audience = "all" } },
            Full with { Brief = Full.Brief! with { Objective = "x" } }, Full with { Brief = Full.Brief! with { Tactic = "x" } }, Full with { Brief = Full.Brief! with { Dimec = ["D"] } },
            Full with { Brief = Full.Brief! with { Counterparts = ["AE", "TR"] } }, Full with { Media = [Full.Media[1], Full.Media[0]] }, Full with { Media = [Full.Media[0] with { Alt = "A gate" }, Full.Media[1]] },
            Full with { Media = [Full.Media[0]] }, Full with { Links = ["https://example.org/A"] }, Full with { Links = [] }, Full with { Cites = [] },
        ];
        foreach (var change in changes)
            DraftRules.Save(draft, Given.Saving(Given.Content with { Enclosed = change }, before)).Allows(out _, out _).ShouldBeTrue(change.ToString());

        var same = new Enclosed(Full.Brief! with { Dimec = ["D", "E"], Counterparts = ["AE", "SA"] }, [.. Full.Media.Select(m => m with { })], ["https://example.org/a"]) { Cites = [Cited] };
        same.GetHashCode().ShouldBe(Full.GetHashCode());
        DraftRules.Save(draft, Given.Saving(Given.Content with { Enclosed = same }, before)).Allows(out _, out var refusal).ShouldBeFalse();
        refusal.ShouldBe(DraftRules.Unchanged);
    }

    [Fact]
    public void The_package_is_made_of_them()
    {
        var package = Given.Submission(Given.Crafted(), Given.Content with { Enclosed = Full }).Package;
        new Enclosed(package.Brief, package.Media, package.Links) { Cites = package.Cites }.ShouldBe(Full);
    }

    [Fact]
    public void What_a_text_rests_on_is_named_by_kind_and_id_once()
    {
        EnclosedRules.RefusesCites([Cited, Cited.Replace("line", "figure", StringComparison.Ordinal)]).ShouldBeNull();
        foreach (var wrong in new string?[][] { [Cited, Cited], ["line:1"], ["speech:" + Cited[5..]], [Cited.ToUpperInvariant()], [Cited + ":x"], [null], [.. Enumerable.Range(0, 21).Select(n => $"line:{n:x8}{Cited[13..]}")] })
            EnclosedRules.RefusesCites(wrong!).ShouldBe(EnclosedRules.Cites, string.Join(' ', wrong));
    }

    [Fact]
    public void Whoever_brought_a_picture_had_a_hand_in_the_text_for_good()
    {
        DraftRules.Save(Given.Crafted(), Given.Saving(Given.Content with { Enclosed = Full }, Given.Content) with { Suppliers = ["1003", "1002", "1003"] }).Allows(out var saved, out _).ShouldBeTrue();
        saved.State.Contributors.ShouldBe(["1001", "1002", "1003"]);
        DraftRules.Save(saved.State, Given.Saving(Given.Content, Given.Content with { Enclosed = Full })).Allows(out var without, out _).ShouldBeTrue();
        without.State.Contributors.ShouldBe(["1001", "1002", "1003"]);
    }

    [Theory]
    [InlineData("https://example.org"), InlineData("https://example.org:8443/a?b=c&d=%20e#f"), InlineData("https://mofa.gov.pk/خبر"), InlineData("https://example.org/@someone"), InlineData("https://[2001:db8::1]/")]
    public void A_link_is_a_whole_address(string link) => EnclosedRules.Refuses([link]).ShouldBeNull();

    [Theory]
    [InlineData("http://example.org"), InlineData("javascript:alert(1)"), InlineData("//example.org"), InlineData("example.org"), InlineData(""), InlineData("https://"), InlineData("https:///a"), InlineData("HTTPS://example.org")]
    [InlineData("https://user:secret@example.org/"), InlineData("https://user@example.org"), InlineData("https://@example.org"), InlineData("https://example.org\\@elsewhere.org/")]
    [InlineData("https://example.org/a b"), InlineData(" https://example.org"), InlineData("https://example.org/\n"), InlineData("https://example.org/\u0000"), InlineData("https://example.org/\u202Egpj.exe"), InlineData("https://example.org/\u2066"), InlineData("https://example.org/\u200B")]
    [InlineData("https://example.org/\"onload=\"x"), InlineData("https://example.org/<b>"), InlineData("https://example.org/e\u0301"), InlineData("https://exa mple.org/"), InlineData("data:text/html,hi"), InlineData(null)]
    public void What_could_lead_elsewhere_is_no_link(string? link) => EnclosedRules.Refuses([link!]).ShouldBe(EnclosedRules.Link);

    [Fact]
    public void There_is_an_end_to_everything()
    {
        EnclosedRules.Refuses([.. Enumerable.Range(0, 11).Select(n => $"https://example.org/{n}")]).ShouldBe(EnclosedRules.TooManyLinks);
        EnclosedRules.Refuses(["https://example.org", "https://example.org"]).ShouldBe(EnclosedRules.LinkTwice);
        EnclosedRules.Refuses(["https://example.org/" + new string('a', 2_000)]).ShouldBe(EnclosedRules.Link);
        EnclosedRules.Refuses([.. Enumerable.Range(0, 5).Select(n => ($"{n}", ""))]).ShouldBe(EnclosedRules.TooManyPictures);
        EnclosedRules.Refuses([("a", "one"), ("a", "two")]).ShouldBe(EnclosedRules.PictureTwice);
        foreach (var alt in new[] { "a\0b", "a\u0007b", "a\nb", "a\tb", "a\u2028b", "a\u0085b", "e\u0301", "  ", new string('x', 1_001) })
            EnclosedRules.Refuses([("a", alt)]).ShouldBe(EnclosedRules.Alt);
        EnclosedRules.Refuses([("a", ""), ("b", "پرچم \u200F(سبز)")]).ShouldBeNull();
    }

    [Fact]
    public void A_brief_is_of_lines_letters_and_states()
    {
        var brief = Full.Brief!;
        EnclosedRules.Refuses((Brief?)null).ShouldBeNull();
        EnclosedRules.Refuses(brief).ShouldBeNull();
        foreach (var line in new[] { "a\nb", "a\u001Bb", new string('x', 1_001) })
            foreach (var wrong in new[] { brief with { Message = line }, brief with { Audience = line }, brief with { Objective = line }, brief with { Tactic = line } })
                EnclosedRules.Refuses(wrong).ShouldBe(EnclosedRules.BriefLine);
        foreach (var letters in new string[][] { ["X"], ["DI"], [""], ["D", "D"], ["d"] })
            EnclosedRules.Refuses(brief with { Dimec = letters }).ShouldBe(EnclosedRules.Dimec);
        EnclosedRules.Refuses(brief with { Counterparts = ["XK", "PS"] }).ShouldBeNull();
        foreach (var codes in new string[][] { ["AE", "AE"], ["ae"], ["XX"], ["ARE"], [""], [.. Enumerable.Range(0, 21).Select(n => $"{n}")] })
            EnclosedRules.Refuses(brief with { Counterparts = codes }).ShouldBe(EnclosedRules.Counterparts);
    }
}
