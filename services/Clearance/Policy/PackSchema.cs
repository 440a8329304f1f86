using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowPlatform.Clearance.Domain.Policy;

namespace WorkflowPlatform.Clearance.Policy;

/// <summary>The form of a pack as JSON Schema, for editors that help while one is written. The reader has the last word: it also knows the offices and the other rules.</summary>
public static class PackSchema
{
    internal const string IdPattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";
    internal const string OfficePattern = "^[A-Z][A-Z0-9-]{1,39}$";

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As it is served, and as it lies beside this file.</summary>
    public static string Json { get; } = Make().ToJsonString(Written) + "\n";

    private static JsonObject Make() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["$id"] = "urn:workflowplatform:policy-pack:1",
        ["title"] = "Policy pack",
        ["description"] = "Which texts need whom. Rules that match add up and the strictest wins; a text for which no rule asks an office goes to the central unit.",
        ["$ref"] = "#/$defs/pack",
        ["$defs"] = new JsonObject
        {
            ["pack"] = Fields(["pack", "version", "title", "rules"], new()
            {
                ["pack"] = Ref("id"),
                ["version"] = Whole(1, 1_000_000),
                ["title"] = Text(200),
                ["definitions"] = Map(Ref("condition"), "Conditions with a name, for use as { is: name }."),
                ["terms"] = Map(Texts(100), "Terms whose occurrence is the finding term-listed:name, with the spellings that count."),
                ["rules"] = new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = PolicyPack.MostRules, ["items"] = Ref("rule") },
                ["default"] = Fields(["clear"], Ask(), "Asked when no matching rule asks an office. The central unit is always among it."),
            }),
            ["rule"] = Fields(["id", "title", "when"], new(new Dictionary<string, JsonNode?> { ["id"] = Ref("id"), ["title"] = Text(200), ["when"] = Ref("condition") }.Concat(Ask().Select(a => KeyValuePair.Create(a.Key, a.Value?.DeepClone()))))),
            ["condition"] = new JsonObject
            {
                ["description"] = "Several entries must all hold.",
                ["oneOf"] = new JsonArray(new JsonObject { ["const"] = "always" }, Fields([], Questions(), least: 1)),
            },
            ["office"] = new JsonObject
            {
                ["description"] = "A code of the list of offices, or what the office is to the text.",
                ["type"] = "string",
                ["anyOf"] = new JsonArray(OneOf(OfficeWords.All), Pattern(OfficePattern)),
            },
            ["id"] = new JsonObject { ["type"] = "string", ["maxLength"] = 60, ["pattern"] = IdPattern },
        },
    };

    private static JsonObject Questions()
    {
        var questions = new JsonObject
        {
            ["all"] = List(Ref("condition"), 1),
            ["any"] = List(Ref("condition"), 1),
            ["not"] = Ref("condition"),
            ["is"] = Ref("id"),
            ["present"] = OneOf(PackReader.PresenceOf),
        };
        foreach (var aspect in Aspect.All)
            if (aspect is Aspect.Day) questions[aspect.Name] = Fields([], new() { ["from"] = Pattern("^20[0-9]{2}-[0-9]{2}-[0-9]{2}$"), ["to"] = Pattern("^20[0-9]{2}-[0-9]{2}-[0-9]{2}$") }, least: 1);
            else if (aspect is Aspect.Number number) questions[aspect.Name] = Fields([], new() { ["from"] = Whole(0, number.Most), ["to"] = Whole(0, number.Most) }, least: 1);
            else if (aspect is not Aspect.YesNo)
                questions[aspect.Name] = aspect switch
                {
                    Aspect.OneValue { Closed: { } closed } => List(OneOf(closed), 1, unique: true),
                    Aspect.ManyValues { Closed: { } closed } => List(OneOf(closed), 1, unique: true),
                    { Name: "third-state" or "counterpart" } => List(Pattern("^[A-Z]{2}$"), 1, unique: true),
                    { Name: "language" } => List(Pattern("^[a-z]{2,3}$"), 1, unique: true),
                    { Name: "finding" } => List(Pattern($"^({string.Join('|', FindingCodes.All)}|{FindingCodes.TermListed}:[a-z0-9-]+)$"), 1, unique: true),
                    _ => Texts(100),
                };
        return questions;
    }

    private static JsonObject Ask() => new()
    {
        ["clear"] = List(new JsonObject
        {
            ["oneOf"] = new JsonArray(Ref("office"), Fields(["office"], new()
            {
                ["office"] = Ref("office"),
                ["stage"] = Whole(1, 9),
                ["quorum"] = new JsonObject { ["oneOf"] = new JsonArray(OneOf(["any", "all"]), Whole(1, 9)) },
            })),
        }, 1),
        ["inform"] = List(Ref("office"), 1, unique: true),
        ["clock"] = Fields([], new(Aspect.Lanes.Select(lane => KeyValuePair.Create<string, JsonNode?>(lane, Whole(1, Clocks.MostMinutes)))), "Minutes to decide in, by lane: of the office's working time, and around the clock in the lanes immediate and flash."),
        ["amend"] = List(OneOf(Amendments.All), 0),
        ["silence"] = OneOf(["counts", "never"]),
        ["immediate"] = OneOf(["allowed", "forbidden"]),
        ["bypass"] = List(Ref("id"), 0),
    };

    private static JsonObject Ref(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    private static JsonObject Text(int longest) => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = longest };

    private static JsonObject Texts(int longest) => List(Text(longest), 1, unique: true);

    private static JsonObject Pattern(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    private static JsonObject OneOf(IEnumerable<string> values) => new() { ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) };

    private static JsonObject Whole(int least, int most) => new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most };

    private static JsonObject List(JsonNode items, int least, bool unique = false)
    {
        var list = new JsonObject { ["type"] = "array", ["minItems"] = least, ["maxItems"] = PolicyPack.MostRules, ["items"] = items };
        if (unique) list["uniqueItems"] = true;
        return list;
    }

    private static JsonObject Map(JsonNode values, string description) =>
        new() { ["description"] = description, ["type"] = "object", ["propertyNames"] = Ref("id"), ["maxProperties"] = PolicyPack.MostRules, ["additionalProperties"] = values };

    private static JsonObject Fields(string[] needed, JsonObject fields, string? description = null, int least = 0)
    {
        var made = new JsonObject { ["type"] = "object", ["properties"] = fields, ["additionalProperties"] = false };
        if (description is not null) made.Insert(0, "description", description);
        if (needed.Length > 0) made["required"] = new JsonArray([.. needed.Select(name => (JsonNode)name)]);
        if (least > 0) made["minProperties"] = least;
        return made;
    }
}
