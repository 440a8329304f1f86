using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Platform.Tests.Signing;

public sealed class CanonicalJsonTests
{
    private const string Instant = "2026-12-01T00:00:00.000Z";
    private static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, 5, TimeSpan.Zero);

    // RFC 8785 section 3.2.3, with U+FFFD in the place of U+FB33, which normalization form C does not have.
    [Fact]
    public void Members_are_sorted_by_utf16_code_units() =>
        Canonical("""{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufffd":"Replacement","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}""")
            .ShouldBe("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufffd\":\"Replacement\"}");

    // RFC 8785 section 3.2.2, with integers in the place of its numbers; the bytes are those of section 3.2.4.
    [Fact]
    public void Text_is_escaped_as_little_as_possible() =>
        Canonical("""{ "numbers": [1, -0, 9007199254740991], "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }""")
            .ShouldBe("""{"literals":[null,true,false],"numbers":[1,0,9007199254740991],"string":"€$\u000f\nA'B\"\\\\\"/"}""");

    [Fact]
    public void Every_control_character_has_its_one_escape() =>
        Canonical("""["\u0001\u0008\u0009\u000A\u000B\u000C\u000D\u001F\u007F\u2028<>&+"]""")
            .ShouldBe("[\"\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f\u007f\u2028<>&+\"]");

    [Fact]
    public void A_permit_is_written_as_agreed()
    {
        var permit = new ReleasePermit(Id(1), "ab12", "KBL", "noticeboard:KBL", "noticeboard", Noon, Noon.ToOffset(TimeSpan.FromHours(9)), null, null, "1", Id(2),
            new List<PermitDecision> { new(Id(3), "4711", "CENTRAL", null, DecisionKind.Cleared, Noon) }, new List<string> { "0815" }, Noon);

        var bytes = CanonicalJson.Serialize(permit);

        Encoding.UTF8.GetString(bytes).ShouldBe(
            """{"account":"noticeboard:KBL","contributors":["0815"],"decisions":[{"actingFor":null,"at":"2026-12-01T12:00:00.005Z","id":"0000000a-0000-7000-8000-000000000003","kind":"Cleared","office":"CENTRAL","person":"4711"}],"issuedAt":"2026-12-01T12:00:00.005Z","local":null,"mission":"KBL","network":"noticeboard","notAfter":"2026-12-01T12:00:00.005Z","notBefore":"2026-12-01T12:00:00.005Z","packageDigest":"ab12","permitId":"0000000a-0000-7000-8000-000000000001","policyVersion":"1","requestId":"0000000a-0000-7000-8000-000000000002","zone":null}""");
        CanonicalJson.Parse<ReleasePermit>(bytes).ShouldBeEquivalentTo(permit);
    }

    [Fact]
    public void A_fact_held_by_its_interface_is_written_whole()
    {
        IFact fact = new ClearanceLapsed(Id(1), 3, Id(2), "ab12", "KBL", Noon);

        CanonicalJson.Serialize(fact).ShouldBe(CanonicalJson.Serialize((ClearanceLapsed)fact));
    }

    [Theory]
    [InlineData("1.5"), InlineData("1.0"), InlineData("1e3"), InlineData("-1E-2")]
    public void A_float_is_refused(string number) => Refusal($$"""{"a":[{{number}}]}""").ShouldContain("$.a[0]: a number that is no plain integer");

    [Fact]
    public void A_type_that_could_hold_a_fraction_is_refused_even_with_a_whole_value()
    {
        Refusal(() => CanonicalJson.Serialize(new { Ratio = 5.0 })).ShouldContain("$.ratio: a Double");
        Refusal(() => CanonicalJson.Serialize(new { Price = 5m })).ShouldContain("$.price: a Decimal");
        Refusal(() => CanonicalJson.Parse<Dictionary<string, float>>("""{"a":5}"""u8)).ShouldContain("$.a: a Single");
    }

    [Theory]
    [InlineData("9007199254740992"), InlineData("-9007199254740992"), InlineData("18446744073709551616")]
    public void An_integer_that_not_every_reader_can_hold_is_refused(string number) => Refusal($"[{number}]").ShouldContain("$[0]: an integer beyond");

    [Theory]
    [InlineData("e\\u0301", "normalization form C"), InlineData("\\ufb33", "normalization form C"), InlineData("\\ud83d", "surrogate"), InlineData("\\ude00x", "surrogate")]
    [InlineData("a\\u0000", "U+0000"), InlineData("\\uffff", "noncharacter"), InlineData("\\ufdd0", "noncharacter")]
    public void Text_that_readers_could_take_differently_is_refused(string text, string why)
    {
        Refusal($$$"""{"a":{"text":"{{{text}}}"}}""").ShouldContain("$.a.text: text ", customMessage: text);
        Refusal($$$"""{"a":{"text":"{{{text}}}"}}""").ShouldContain(why);
        Refusal($$$"""{"a":{"{{{text}}}":1}}""").ShouldContain(why);
    }

    [Fact]
    public void Half_a_surrogate_pair_in_an_object_is_refused_and_not_replaced()
    {
        Refusal(() => CanonicalJson.Serialize(new Capacity("\ud83d", "KBL"))).ShouldContain("$.person: text with half of a surrogate pair");
        Refusal(() => CanonicalJson.Serialize(new Dictionary<string, int> { ["x\ude00"] = 1 })).ShouldContain("half of a surrogate pair");
        Refusal(() => CanonicalJson.Serialize(new { Inner = JsonElement.Parse("""["\ud800"]""") })).ShouldNotBeNull();
        Refusal(() => CanonicalJson.Parse<string>([(byte)'"', 0xC3, 0x28, (byte)'"'])).ShouldContain("broken UTF-8");
    }

    [Fact]
    public void Text_in_every_script_passes_unchanged()
    {
        string[] texts = ["Été à Zürich", "Ελληνικά", "العربيّة", "हिन्दी", "日本語", "한국어", "Tiếng Việt", "👩‍👩‍👧‍👦", "\u202Ertl\u202C"];

        CanonicalJson.Parse<string[]>(CanonicalJson.Serialize(texts)).ShouldBe(texts);
    }

    [Fact]
    public void A_member_that_comes_twice_is_refused()
    {
        Refusal("""{"a":{"b":1,"b":1}}""").ShouldContain("$.a.b: a member that comes twice");
        Refusal("""{"b":1,"a":2,"\u0062":1}""").ShouldContain("$.b: a member that comes twice");
        Refusal(() => CanonicalJson.Parse<JsonElement>("""{"a":1,"a":1}"""u8)).ShouldContain("twice");
    }

    [Fact]
    public void A_refusal_never_quotes_the_text()
    {
        Refusal("""{"The minister resigns":"e\u0301"}""").ShouldNotContain("minister");
        Refusal(() => CanonicalJson.Parse<Capacity>("""{"The minister resigns":1,"office":"KBL","person":"1"}"""u8)).ShouldNotContain("minister");
        Refusal(() => CanonicalJson.Parse<Capacity>("minister"u8)).ShouldNotContain("minister");
        Should.Throw<CanonicalJsonException>(() => CanonicalJson.Parse<Capacity>("""{"The minister resigns":1}"""u8)).ToString().ShouldNotContain("minister");
    }

    [Theory]
    [InlineData("""{"person":"1","office":"KBL","actingFor":null}"""), InlineData("""{"actingFor":null, "office":"KBL","person":"1"}""")]
    [InlineData("""{"actingFor":null,"office":"KBL","person":"\u0031"}"""), InlineData("""{"actingFor":null,"office":"KBL","person":"1"}""" + "\n")]
    [InlineData("""{"actingFor":null,"office":"KBL","person":"1"}{}"""), InlineData("\ufeff" + """{"actingFor":null,"office":"KBL","person":"1"}""")]
    [InlineData("""{"actingFor":null,"extra":1,"office":"KBL","person":"1"}"""), InlineData("""{"Office":"KBL","actingFor":null,"person":"1"}""")]
    [InlineData("""{"actingFor":null,"office":"KBL"}"""), InlineData("""{"actingFor":null,"office":null,"person":"1"}"""), InlineData("""{"actingFor":null,"office":1,"person":"1"}""")]
    [InlineData("null"), InlineData(""), InlineData("{"), InlineData("""{"actingFor":null,"office":"KBL","person":"1",}"""), InlineData("""/**/{"actingFor":null,"office":"KBL","person":"1"}""")]
    public void Bytes_in_any_other_form_are_refused(string json) => Refusal(() => CanonicalJson.Parse<Capacity>(Encoding.UTF8.GetBytes(json))).ShouldStartWith("Not canonical JSON at $");

    [Fact]
    public void A_value_has_one_spelling()
    {
        CanonicalJson.Parse<DateTimeOffset>(Quoted(Instant)).ShouldBe(new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        foreach (var other in new[] { "2026-12-01T00:00:00Z", "2026-12-01T00:00:00.0000Z", "2026-12-01T00:00:00.000+00:00", "2026-12-01T09:00:00.000+09:00", "2026-12-01", Instant + " " })
            Refusal(() => CanonicalJson.Parse<DateTimeOffset>(Quoted(other))).ShouldContain("instant", customMessage: other);
        foreach (var other in new[] { "0000000A-0000-7000-8000-000000000001", "{0000000a-0000-7000-8000-000000000001}", "0000000a000070008000000000000001" })
            Refusal(() => CanonicalJson.Parse<Guid>(Quoted(other))).ShouldContain("UUID", customMessage: other);
        foreach (var other in new[] { "flash", "3", "Routine, Flash", "" })
            Refusal(() => CanonicalJson.Parse<Lane>(Quoted(other))).ShouldContain("Lane", customMessage: other);
        Refusal(() => CanonicalJson.Parse<Lane>("3"u8)).ShouldContain("Lane");
    }

    [Fact]
    public void What_would_not_survive_the_round_trip_is_refused()
    {
        Refusal(() => CanonicalJson.Serialize(Noon.AddTicks(1))).ShouldContain("finer than a millisecond");
        Refusal(() => CanonicalJson.Serialize((Lane)17)).ShouldContain("without a name");
        Refusal(() => CanonicalJson.Serialize(new Capacity(null!, "KBL"))).ShouldContain("required member is null");
    }

    [Fact]
    public void Nesting_has_a_limit()
    {
        Refusal(() => CanonicalJson.Parse<JsonElement>(Encoding.UTF8.GetBytes(new string('[', 2000) + new string(']', 2000)))).ShouldNotBeNull();
        var deep = JsonElement.Parse(new string('[', 100) + new string(']', 100), new JsonDocumentOptions { MaxDepth = 200 });
        Refusal(() => CanonicalJson.Serialize(deep)).ShouldContain("nesting");
    }

    [Fact]
    public void What_was_written_reads_back_the_same() => Prop.ForAll(Values.ToArbitrary(), value =>
    {
        var bytes = CanonicalJson.Serialize(value);
        var read = CanonicalJson.Parse<JsonElement>(bytes);
        return JsonElement.DeepEquals(read, JsonSerializer.SerializeToElement(value)) && CanonicalJson.Serialize(read).SequenceEqual(bytes);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Members_in_any_order_give_the_same_bytes() => Prop.ForAll(Values.ToArbitrary(), ArbMap.Default.ArbFor<int>(), (value, seed) =>
        CanonicalJson.Serialize(Shuffled(value, new Random(seed))).SequenceEqual(CanonicalJson.Serialize(value))).QuickCheckThrowOnFailure();

    private static readonly Gen<string> Texts = Gen.Elements("a", "Z", "é", "€", "😀", "\u0001", "\"", "\\", "\n", "\u0080", "\u2028", "日本", "/", "<", "\u007f", "\ufffd")
        .ListOf().Select(string.Concat);

    private static readonly Gen<JsonNode?> Values = Gen.Sized(size => ValuesOf(Math.Min(size, 30)));

    private static Gen<JsonNode?> ValuesOf(int size)
    {
        var leaf = Gen.OneOf(
            Texts.Select(text => (JsonNode?)JsonValue.Create(text)),
            Gen.Choose(int.MinValue, int.MaxValue).Select(number => (JsonNode?)JsonValue.Create(number * 2_000_000L)),
            Gen.Elements(true, false).Select(truth => (JsonNode?)JsonValue.Create(truth)),
            Gen.Constant((JsonNode?)null));
        if (size < 2) return leaf;
        var inner = ValuesOf(size / 3);
        var members = Texts.SelectMany(_ => inner, (name, value) => (name, value)).ListOf();
        return Gen.OneOf(
            leaf,
            inner.ListOf().Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
            members.Select(all => (JsonNode?)new JsonObject(all.DistinctBy(m => m.name).Select(m => KeyValuePair.Create(m.name, m.value?.DeepClone())))));
    }

    private static JsonNode? Shuffled(JsonNode? value, Random random) => value switch
    {
        JsonObject members => new JsonObject(members.OrderBy(_ => random.Next()).Select(m => KeyValuePair.Create(m.Key, Shuffled(m.Value, random)))),
        JsonArray items => new JsonArray([.. items.Select(item => Shuffled(item, random))]),
        _ => value?.DeepClone(),
    };

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Serialize(JsonElement.Parse(json)));

    private static string Refusal(string json) => Refusal(() => Canonical(json));

    private static string Refusal(Action action) => Should.Throw<CanonicalJsonException>(action).Message;

    private static byte[] Quoted(string text) => Encoding.UTF8.GetBytes($"\"{text}\"");

    private static Guid Id(int n) => new(10, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, (byte)n);
}
