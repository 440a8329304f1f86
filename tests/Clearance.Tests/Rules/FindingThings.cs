using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class FindingThings
{
    private static readonly MissionFacts Kabul = new("KBL", "embassy", "Asia", "AF", false, ["PK"]);

    [Theory]
    [InlineData("en", "Our talks with China and India went well.", "CN IN")]
    [InlineData("en", "CHINA, and #india", "CN IN")]
    [InlineData("en", "A woman from Romania romances in Oman.", "OM RO")]
    [InlineData("en", "Let us eat turkey off china plates.", "")]
    [InlineData("en", "The US and the UK agree; the U.S. side spoke first.", "GB US")]
    [InlineData("en", "Guinea-Bissau is no part of Papua New Guinea or South Sudan.", "GW PG SS")]
    [InlineData("en", "The grenade was found; Maurice and Dominique signed.", "")]
    [InlineData("fr", "L'île Maurice et la Côte d'Ivoire", "CI MU")]
    [InlineData("fr", "Réunion avec l’Allemagne", "DE")]
    [InlineData("ar", "زار الوزير الصين والهند", "CN IN")]
    [InlineData("ar", "قدم الشكر للصين وبالهند", "CN IN")]
    [InlineData("ur", "وزیر نے چین اور بھارت کا دورہ کیا", "CN IN")]
    [InlineData("fa", "روابط ایران و پاکستان", "IR PK")]
    [InlineData("zh", "部长访问了印度尼西亚。", "ID")]
    [InlineData("zh", "中国和印度", "CN IN")]
    [InlineData("ja", "日本と韓国の外相", "JP KR")]
    [InlineData("ko", "중국은 오늘", "CN")]
    [InlineData("th", "รัฐมนตรีเยือนจีนและอินเดีย", "CN IN")]
    [InlineData("ru", "Россия и Китай", "CN RU")]
    [InlineData("tr", "Türkiye'nin İran ile", "IR TR")]
    [InlineData("hi", "भारत और चीन", "CN IN")]
    [InlineData("el", "Η Γαλλία και η ΓΕΡΜΑΝΙΑ", "FR")] // Capitals without accents are another spelling: a known limit.
    [InlineData("en", "Thanks to all at home in Kabul.", "")]
    public void States_are_found_by_name_in_any_language_and_only_as_whole_words(string language, string text, string states) =>
        string.Join(' ', States.Gazetteer.StatesIn(text, language)).ShouldBe(states);

    [Fact]
    public void Third_states_are_those_declared_and_those_named_without_the_host()
    {
        var package = Examples.Package(text: "Afghanistan thanks Japan.") with { Brief = new Brief(null, "youth", null, null, ["D"], ["AF", "IR"]), Media = [new MediaItem("d1", "image/png", 9, "The bridge, a gift of Norway")] };
        var findings = Findings.Of(package, Presets.Pack("central-unit"), Kabul, NetworkLimit.Known, States.Gazetteer);
        findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(f => f.Code.ShouldBe("third-state-named"), f => f.About.ShouldBe(["IR", "JP", "NO"]));

        var subject = Findings.Subject(package with { Local = "2026-12-01T09:30", Zone = "Asia/Kabul" }, Kabul, findings, Examples.Noon);
        (subject.MissionKind, subject.Region, subject.Author, subject.Audience, subject.HasMedia, subject.ReleaseHour, subject.LeadMinutes).ShouldBe(("embassy", "Asia", "author", "youth", true, 9, 120));
        subject.ThirdStates.ShouldBe(["IR", "JP", "NO"]);
        (subject.ReleaseDate, string.Join(' ', subject.Counterparts)).ShouldBe((new DateOnly(2026, 12, 1), "AF IR"));
        subject.Dimec.ShouldBe(["D"]);
        subject.Findings.ShouldBe(["third-state-named"]);
        Findings.Subject(package, Kabul, findings, Examples.Noon).ShouldSatisfyAllConditions(s => s.ReleaseHour.ShouldBeNull(), s => s.ReleaseDate.ShouldBeNull(), s => s.LeadMinutes.ShouldBe(0));
    }

    [Theory]
    [InlineData("Pakistan and Afghanistan agree.")]
    [InlineData("پاکستان اور افغانستان متفق ہیں۔")]
    public void What_names_only_us_and_our_host_names_no_third_state(string text) => Of(Examples.Package(text: text)).ShouldBeEmpty();

    [Fact]
    public void Pictures_without_words_are_found()
    {
        var package = Examples.Package() with { Media = [new("d1", "image/png", 9, "A hall"), new("d2", "image/png", 9, " ")] };
        Of(package).ShouldHaveSingleItem().ShouldSatisfyAllConditions(f => f.Code.ShouldBe("alt-text-missing"), f => f.About.ShouldBe(["d2"]));
    }

    [Theory]
    [InlineData("bluesky", 300, 1, "👨‍👩‍👧")]
    [InlineData("x", 140, 2, "漢")]
    [InlineData("x", 280, 1, "ب")]
    [InlineData("mastodon", 500, 1, "é")]
    [InlineData("telegram", 4096, 1, "𝒳")]
    public void A_text_is_as_long_as_its_network_counts(string network, int most, int weight, string character)
    {
        NetworkLimit.Known[network].LengthOf(character).ShouldBe(weight);
        Of(Examples.Package(text: string.Concat(Enumerable.Repeat(character, most))) with { Network = network }).ShouldBeEmpty();
        Of(Examples.Package(text: string.Concat(Enumerable.Repeat(character, most + 1))) with { Network = network }).ShouldHaveSingleItem().Code.ShouldBe("over-network-limit");
        NetworkLimit.Known["x"].LengthOf("See https://example.org/a/very/long/address/that/counts/as/little").ShouldBe(27);
    }

    [Fact]
    public void Listed_terms_are_found_as_whole_words_in_any_case_and_script()
    {
        var pack = Presets.Pack("central-unit") with { Terms = [new("war", ["war", "guerre"]), new("victims", ["قتلى", "ہلاک", "死者"])] };
        Codes("The WAR is over.").ShouldBe(["term-listed", "term-listed:war"]);
        Codes("He was warm towards the warden.").ShouldBeEmpty();
        Codes("سقط قتلى").ShouldBe(["term-listed", "term-listed:victims"]);
        Codes("多名死者").ShouldBe(["term-listed", "term-listed:victims"]);
        Codes("A guerre of words, victims: ہلاک").ShouldBe(["term-listed", "term-listed:war", "term-listed:victims"]);

        IEnumerable<string> Codes(string text) => Findings.Of(Examples.Package(text: text), pack, Kabul, NetworkLimit.Known, Gazetteer.Empty).Select(f => f.Code);
    }

    private static IReadOnlyList<Finding> Of(ReleasePackage package) => Findings.Of(package, Presets.Pack("central-unit"), Kabul, NetworkLimit.Known, States.Gazetteer);
}
