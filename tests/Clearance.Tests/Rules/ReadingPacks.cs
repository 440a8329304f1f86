extern alias jsonschema;

using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Testing;
using JsonSchema = jsonschema::Json.Schema.JsonSchema;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class ReadingPacks
{
    private const string Good = """
        pack: example
        version: 2
        title: An example
        rules:
          - id: every-text
            title: Everything
            when: always
            clear: [central]
        """;

    private static readonly JsonSchema Schema = JsonSchema.FromText(PackSchema.Json);

    public static TheoryData<string> PresetNames => [.. Presets.Names];

    /// <summary>Packs with something wrong in their form: the line and column where, and the code.</summary>
    public static TheoryData<string, int, int, string> Bad => new()
    {
        { Good.Replace("title: An example", "titel: An example"), 3, 1, "policy.unknown-key" },
        { Good.Replace("version: 2", "version: two"), 2, 10, "policy.number" },
        { Good.Replace("version: 2", "version: '2'"), 2, 10, "policy.number" },
        { Good.Replace("version: 2", "version: 0"), 2, 10, "policy.number" },
        { Good.Replace("pack: example", "pack: Example Pack"), 1, 7, "policy.form" },
        { Good.Replace("title: An example", "title: ''"), 3, 8, "policy.text" },
        { Good.Replace("title: An example", "title: 7"), 3, 8, "policy.text" },
        { Good.Replace("when: always", "when: sometimes"), 7, 11, "policy.form" },
        { Good.Replace("when: always", "when: {}"), 7, 11, "policy.form" },
        { Good.Replace("when: always", "when: { lane: [urgent] }"), 7, 0, "policy.unknown-value" },
        { Good.Replace("when: always", "when: { misson: [KBL] }"), 7, 13, "policy.unknown-attribute" },
        { Good.Replace("when: always", "when: { mission: KBL }"), 7, 22, "policy.form" },
        { Good.Replace("when: always", "when: { mission: [] }"), 7, 22, "policy.form" },
        { Good.Replace("when: always", "when: { mission: [KBL, KBL] }"), 7, 28, "policy.duplicate" },
        { Good.Replace("when: always", "when: { mission: [7] }"), 7, 23, "policy.text" },
        { Good.Replace("when: always", "when: { media: true }"), 7, 13, "policy.form" },
        { Good.Replace("when: always", "when: { present: mission }"), 7, 22, "policy.unknown-value" },
        { Good.Replace("when: always", "when: { all: [] }"), 7, 18, "policy.form" },
        { Good.Replace("when: always", "when: { characters: 280 }"), 7, 25, "policy.form" },
        { Good.Replace("when: always", "when: { characters: {} }"), 7, 25, "policy.form" },
        { Good.Replace("when: always", "when: { release-hour: { from: 24 } }"), 7, 35, "policy.number" },
        { Good.Replace("when: always", "when: { release-date: { to: 20261201 } }"), 7, 33, "policy.number" },
        { Good.Replace("when: always", "when: { weekday: [friyay] }"), 7, 0, "policy.unknown-value" },
        { Good.Replace("when: always", "when: { counterpart: [China] }"), 7, 0, "policy.unknown-value" },
        { Good.Replace("when: always", "when: { dimec: [X] }"), 7, 0, "policy.unknown-value" },
        { Good.Replace("when: always", "when: { third-state: [China] }"), 7, 0, "policy.unknown-value" },
        { Good.Replace("when: always", "when: { language: [english] }"), 7, 0, "policy.unknown-value" },
        { Good.Replace("when: always", "when: { finding: [odd] }"), 7, 0, "policy.unknown-value" },
        { Good.Replace("[central]", "[Central Unit]"), 8, 13, "policy.unknown-office" },
        { Good.Replace("[central]", "central"), 8, 12, "policy.form" },
        { Good.Replace("[central]", "[]"), 8, 12, "policy.form" },
        { Good.Replace("[central]", "[{ office: central, stage: 0 }]"), 8, 39, "policy.number" },
        { Good.Replace("[central]", "[{ office: central, quorum: most }]"), 8, 40, "policy.number" },
        { Good.Replace("[central]", "[{ office: central, people: 2 }]"), 8, 32, "policy.unknown-key" },
        { Good + "\n    clock: { urgent: 5 }", 9, 14, "policy.unknown-key" },
        { Good + "\n    clock: { flash: 0 }", 9, 21, "policy.number" },
        { Good + "\n    amend: [title]", 9, 13, "policy.unknown-value" },
        { Good + "\n    silence: yes", 9, 14, "policy.unknown-value" },
        { Good + "\n    immediate: maybe", 9, 16, "policy.unknown-value" },
        { Good + "\n    bypass: [Head of Unit]", 9, 14, "policy.form" },
        { Good.Replace("    title: Everything\n", ""), 5, 5, "policy.missing" },
        { Good[..Good.IndexOf("rules:", StringComparison.Ordinal)], 1, 1, "policy.missing" },
        { Good[..Good.IndexOf("  - id", StringComparison.Ordinal)] + "  []", 5, 3, "policy.empty" },
        { Good + "\ndefault: { inform: [hub] }", 9, 10, "policy.missing" },
        { Good + "\nterms: { war: [] }", 9, 15, "policy.form" },
        { Good + "\ndefinitions: [a]", 9, 14, "policy.form" },
        { "just words", 1, 1, "policy.form" },
    };

    [Theory, MemberData(nameof(Bad))]
    public void What_is_wrong_is_told_with_its_line_and_the_schema_refuses_it_too(string yaml, int line, int column, string code)
    {
        var reading = PackReader.Read(yaml);
        var faults = reading.Pack is { } pack ? PolicyCheck.Check(pack, PolicyExamples.Offices) : reading.Faults;
        faults.ShouldNotBeEmpty();
        faults.ShouldContain(f => f.Line == line && (column == 0 || f.Column == column) && f.Code == code, string.Join("; ", faults));
        Schema.Evaluate(AsJson(yaml)).IsValid.ShouldBeFalse();
    }

    [Theory]
    [InlineData("a: &x [1]\nb: *x", 1, "policy.alias")]
    [InlineData("a: b\nb: *x", 2, "policy.alias")]
    [InlineData("a: !!int 7", 1, "policy.alias")]
    [InlineData("a: b\na: c", 2, "policy.duplicate")]
    [InlineData("a: b\n---\nc: d", 2, "policy.yaml")]
    [InlineData("a: b\n c: d", 2, "policy.yaml")]
    [InlineData("a:\n\t- b", 1, "policy.yaml")]
    [InlineData("a: [b\nc: d", 1, "policy.yaml")]
    [InlineData("a: \"\\ud800\"", 1, null)]
    [InlineData("", 1, "policy.empty")]
    [InlineData("# nothing\n", 1, "policy.empty")]
    public void What_is_no_plain_YAML_is_refused(string yaml, int line, string? code)
    {
        var faults = PackReader.Read(yaml).Faults;
        faults.ShouldNotBeEmpty();
        if (code is not null) faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(f => f.Code.ShouldBe(code), f => f.Line.ShouldBe(line));
    }

    [Fact]
    public void Whatever_is_sent_is_read_or_refused_and_never_fails()
    {
        const string strange = "{}[],:&*!|>'\"%@`-? \n\t#\\\0\uD800é";
        var random = new Random(7);
        var seed = Presets.Yaml("crisis");
        for (var i = 0; i < 3000; i++)
        {
            var text = new StringBuilder(seed[random.Next(seed.Length / 2)..]);
            for (var n = random.Next(1, 12); n > 0; n--) text[random.Next(text.Length)] = strange[random.Next(strange.Length)];
            Should.NotThrow(() => PackReader.Read(text.ToString()), text.ToString());
        }
        PackReader.Read([0x61, 0xFF]).Faults.ShouldHaveSingleItem().Code.ShouldBe("policy.text");
    }

    [Theory]
    [InlineData("{[", "policy.too-deep")]
    [InlineData("[", "policy.too-deep")]
    [InlineData("- ", "policy.too-deep")]
    public void Depth_has_a_limit(string opening, string code) =>
        PackReader.Read("a: " + (opening == "- " ? "\n " : "") + string.Concat(Enumerable.Repeat(opening, 20_000))).Faults.ShouldHaveSingleItem().Code.ShouldBeOneOf(code, "policy.yaml");

    [Theory]
    [InlineData(10_000, 1, "policy.too-many-rules", 4 + 500 * 4 + 1)]
    [InlineData(499, 600, "policy.too-large", null)]
    public void Too_much_is_one_fault_at_the_line_where_it_goes_over_and_at_once(int rules, int titleLength, string code, int? line)
    {
        var yaml = "pack: big\nversion: 1\ntitle: Big\nrules:\n" + string.Concat(Enumerable.Range(0, rules).Select(i => $"  - id: r{i}\n    title: {new string('x', titleLength)}\n    when: always\n    clear: [central]\n"));
        var watch = Stopwatch.StartNew();
        var fault = PackReader.Read(yaml).Faults.ShouldHaveSingleItem();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        fault.Code.ShouldBe(code);
        if (line is not null) fault.Line.ShouldBe(line.Value);
        fault.Line.ShouldBeGreaterThan(4);
    }

    [Fact]
    public void The_published_schema_is_as_the_code_says() => Generated.ShouldBeFresh("services/Clearance/Policy/policy-pack.schema.json", PackSchema.Json);

    [Theory, MemberData(nameof(PresetNames))]
    public void A_preset_fits_the_schema_has_no_fault_and_comes_back_from_canonical_JSON_as_it_was(string name)
    {
        Schema.Evaluate(AsJson(Presets.Yaml(name))).IsValid.ShouldBeTrue();
        var pack = PackReader.Read(Presets.Yaml(name));
        pack.Faults.ShouldBeEmpty();
        pack.Pack!.Id.ShouldBe(name);
        PolicyCheck.Check(pack.Pack, PolicyExamples.Offices).ShouldBeEmpty();

        var canonical = PackFile.Canonical(pack.Pack);
        Schema.Evaluate(JsonNode.Parse(canonical)).IsValid.ShouldBeTrue();
        PackFile.Canonical(PackFile.Open(canonical, PackFile.Digest(canonical)).Pack).ShouldBe(canonical);
        PolicyCheck.Check(PackFile.Open(canonical, PackFile.Digest(canonical)).Pack, PolicyExamples.Offices).ShouldBeEmpty();
    }

    [Fact]
    public void There_are_six_presets_and_the_first_is_the_central_unit() =>
        Presets.Names.ShouldBe(["central-unit", "country-desks", "crisis", "dimec-offices", "front-office-hub-central", "second-pair-of-eyes"]);

    [Theory, MemberData(nameof(PresetNames))]
    public void The_paper_of_a_preset_says_what_the_preset_says(string name) =>
        Generated.ShouldBeFresh($"services/Clearance/Policy/Presets/{name}.md", PolicyPaper.Of(PackFile.Seal(Presets.Pack(name))));

    /// <summary>What a schema's pattern cannot know.</summary>
    [Fact]
    public void A_day_that_no_calendar_has_is_refused() =>
        PackReader.Read(Good.Replace("when: always", "when: { release-date: { from: 2026-02-30 } }")).Faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            f => (f.Line, f.Column, f.Code).ShouldBe((7, 35, "policy.number")), f => f.Reason.ShouldBe("A date from 2000-01-01 to 2099-12-31, written year-month-day."));

    [Fact]
    public void Dates_are_dates_in_the_file_in_the_canonical_form_and_on_paper()
    {
        var pack = PackReader.Read(Good.Replace("when: always", "when: { any: [{ release-date: { from: 2026-12-07, to: 2026-12-20 } }, { release-date: { from: 2027-01-01 } }] }")).Pack!;
        var canonical = PackFile.Canonical(pack);
        Encoding.UTF8.GetString(canonical).ShouldContain("""{"release-date":{"from":"2026-12-07","to":"2026-12-20"}},{"release-date":{"from":"2027-01-01"}}""");
        Schema.Evaluate(JsonNode.Parse(canonical)).IsValid.ShouldBeTrue();
        PackFile.Canonical(PackFile.Open(canonical, PackFile.Digest(canonical)).Pack).ShouldBe(canonical);
        PolicyPaper.Of(PackFile.Seal(pack)).ShouldContain("its date of release is between 2026-12-07 and 2026-12-20 or its date of release is 2027-01-01 or later");
    }

    [Fact]
    public void The_digest_is_of_what_is_said_and_not_of_how_it_is_written()
    {
        var pack = PackReader.Read(Good).Pack!;
        var otherwise = PackReader.Read(Good.Replace("[central]", "\n      - office: 'central'  # the only one\n        stage: 1")).Pack!;
        PackFile.Seal(otherwise).Digest.ShouldBe(PackFile.Seal(pack).Digest);
        PackFile.Seal(pack with { Version = 3 }).Digest.ShouldNotBe(PackFile.Seal(pack).Digest);
        Should.Throw<InvalidDataException>(() => PackFile.Open(PackFile.Canonical(pack), new string('0', 64)));
    }

    /// <summary>As a program sees it that reads YAML by its core schema.</summary>
    private static JsonNode? AsJson(string yaml)
    {
        var parts = YamlTree.Read(yaml, []);
        return Node(parts!);

        static JsonNode? Node(YamlPart part) => part switch
        {
            YamlPart.Text { Plain: true } text when long.TryParse(text.Value, out var number) => number,
            YamlPart.Text { Plain: true, Value: "true" } => true,
            YamlPart.Text text => text.Value,
            YamlPart.Items items => new JsonArray([.. items.Of.Select(Node)]),
            YamlPart.Map map => new JsonObject(map.Of.Select(e => KeyValuePair.Create(e.Key.Value, Node(e.Value)))),
            _ => null,
        };
    }
}
