using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using WorkflowPlatform.Clearance.Domain.Policy;
using static WorkflowPlatform.Clearance.Policy.YamlPart;

namespace WorkflowPlatform.Clearance.Policy;

/// <summary>A pack as it was read; null when something is wrong with its form.</summary>
public sealed record PackReading(PolicyPack? Pack, IReadOnlyList<PolicyFault> Faults);

/// <summary>Reads a pack from YAML (or JSON, which is YAML), strictly: what it does not know it refuses, with line and column.</summary>
public sealed partial class PackReader
{
    private static readonly string[] AskKeys = ["clear", "inform", "clock", "amend", "silence", "immediate", "bypass"];
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<PolicyFault> faults = [];

    private PackReader()
    {
    }

    public static PackReading Read(ReadOnlySpan<byte> yaml)
    {
        try
        {
            return Read(Strict.GetString(yaml));
        }
        catch (DecoderFallbackException)
        {
            return new PackReading(null, [new(0, 0, "policy.text", "The file is not UTF-8.")]);
        }
    }

    public static PackReading Read(string yaml)
    {
        var reader = new PackReader();
        var pack = YamlTree.Read(yaml.TrimStart('\uFEFF'), reader.faults) is { } tree ? reader.Pack(tree) : null;
        return new PackReading(reader.faults.Count == 0 ? pack : null, [.. reader.faults.OrderBy(f => f.Line).ThenBy(f => f.Column)]);
    }

    private PolicyPack? Pack(YamlPart part)
    {
        if (Fields(part, "A pack", ["pack", "version", "title", "rules"], ["definitions", "terms", "default"]) is not { } pack) return null;
        var rules = List(pack["rules"]!, "Rules").Select(Rule).ToList();
        if (pack["rules"] is Items { Of.Count: 0 } none) Wrong(none, "policy.empty", "The pack has no rule.");
        return new PolicyPack(
            Id(pack["pack"]!), Whole(pack["version"]!, 1, 1_000_000), Words(pack["title"]!, 200),
            [.. Named(pack["definitions"], "Definitions", (name, value) => new Definition(name, Condition(value)) { Line = value.Line })],
            [.. Named(pack["terms"], "Terms", (id, value) => new ListedTerm(id, Texts(value, 100)) { Line = value.Line })],
            rules,
            pack["default"] is { } otherwise && Fields(otherwise, "The default", ["clear"], AskKeys) is { } ask ? Ask(ask, immediateForbidden: true) : Domain.Policy.Ask.CentralUnit);
    }

    /// <summary>By name, so that the order of lines does not change the digest.</summary>
    private List<T> Named<T>(YamlPart? part, string what, Func<string, YamlPart, T> make)
    {
        if (part is null) return [];
        if (part is not Map map) return Wrong(part, "policy.form", $"{what} are written as name: value.", new List<T>());
        return [.. map.Of.OrderBy(entry => entry.Key.Value, StringComparer.Ordinal).Select(entry => make(Id(entry.Key), entry.Value))];
    }

    private Rule Rule(YamlPart part) => Fields(part, "A rule", ["id", "title", "when"], AskKeys) is { } rule
        ? new Rule(Id(rule["id"]!), Words(rule["title"]!, 200), Condition(rule["when"]!), Ask(rule, immediateForbidden: false)) { Line = part.Line }
        : new Rule("", "", Domain.Policy.Condition.Always, Domain.Policy.Ask.CentralUnit);

    private Ask Ask(Map rule, bool immediateForbidden) => new(
        rule["clear"] is { } clear ? [.. List(clear, "Offices", least: 1).Select(Office)] : [],
        rule["inform"] is { } inform ? [.. Texts(inform, 40).Select((office, i) => OfficeCode(((Items)inform).Of[i], office))] : [],
        rule["clock"] is { } clock ? Clock(clock) : Clocks.None,
        rule["amend"] is { } amend ? [.. List(amend, "What may be amended").Select(a => OneOf(a, Amendments.All))] : null,
        rule["silence"] is { } silence && OneOf(silence, ["counts", "never"]) == "counts",
        rule["immediate"] is { } immediate ? OneOf(immediate, ["allowed", "forbidden"]) == "forbidden" : immediateForbidden,
        rule["bypass"] is { } bypass ? [.. List(bypass, "Roles").Select(Id)] : null);

    private OfficeAsk Office(YamlPart part)
    {
        if (part is Text code) return new OfficeAsk(OfficeCode(part, code.Value), 1, 1) { Line = part.Line };
        if (Fields(part, "An office", ["office"], ["stage", "quorum"]) is not { } office) return new OfficeAsk("", 1, 1);
        return new OfficeAsk(
            OfficeCode(office["office"]!, Words(office["office"]!, 40)),
            office["stage"] is { } stage ? Whole(stage, 1, 9) : 1,
            office["quorum"] switch { null or Text { Value: "any" } => 1, Text { Value: "all" } => RequiredOffice.Everybody, var number => Whole(number, 1, 9, "any, all, or a whole number") }) { Line = part.Line };
    }

    private string OfficeCode(YamlPart at, string code) =>
        OfficeWords.All.Contains(code) || CodePattern().IsMatch(code) ? code
        : Wrong(at, "policy.unknown-office", $"\"{code}\" is no office: a code in capital letters, or one of {string.Join(", ", OfficeWords.All)}.", code);

    private Clocks Clock(YamlPart part)
    {
        if (Fields(part, "A clock", [], [.. Aspect.Lanes]) is not { } clock) return Clocks.None;
        int? Minutes(string lane) => clock[lane] is { } minutes ? Whole(minutes, 1, Clocks.MostMinutes) : null;
        return new Clocks(Minutes("routine"), Minutes("priority"), Minutes("immediate"), Minutes("flash"));
    }

    private Condition Condition(YamlPart part)
    {
        if (part is Text { Value: "always" }) return new Condition.All([]) { Line = part.Line };
        if (part is not Map { Of.Count: > 0 } map) return Wrong(part, "policy.form", "A condition is \"always\", or an attribute with its values as in { lane: [flash] }.", Domain.Policy.Condition.Always);
        var all = map.Of.Select(entry => Question(entry.Key, entry.Value) with { Line = entry.Key.Line }).ToList();
        return all.Count == 1 ? all[0] : new Condition.All(all) { Line = part.Line };
    }

    private Condition Question(Text key, YamlPart value)
    {
        switch (key.Value)
        {
            case "all": return new Condition.All([.. List(value, "Conditions", least: 1).Select(Condition)]);
            case "any": return new Condition.Any([.. List(value, "Conditions", least: 1).Select(Condition)]);
            case "not": return new Condition.Not(Condition(value));
            case "is": return new Condition.Defined(Id(value));
            case "present": return new Condition.Present(OneOf(value, PresenceOf));
        }
        switch (Aspect.Find(key.Value))
        {
            case Aspect.Number number when Fields(value, "An interval", [], ["from", "to"]) is { } interval:
                if (interval.Of.Count == 0) Wrong(value, "policy.form", "An interval says from, to, or both.");
                var (from, to) = (interval["from"] is { } f ? Bound(number, f) : 0, interval["to"] is { } t ? Bound(number, t) : number.Most);
                return new Condition.Between(number.Name, from, to);
            case Aspect.OneValue or Aspect.ManyValues: return new Condition.In(key.Value, Texts(value, 100));
            case Aspect.YesNo: return Wrong(key, "policy.form", $"\"{key.Value}\" is asked as {{ present: {key.Value} }}.", Domain.Policy.Condition.Always);
            case null: return Wrong(key, "policy.unknown-attribute", $"A text has no \"{key.Value}\". There are: {string.Join(", ", Aspect.All.Select(a => a.Name))}; and all, any, not, is, present.", Domain.Policy.Condition.Always);
            default: return Domain.Policy.Condition.Always;
        }
    }

    /// <summary>What can be asked by presence.</summary>
    internal static IReadOnlyList<string> PresenceOf { get; } = [.. Aspect.All.Where(a => a.Takes(new Condition.Present(a.Name))).Select(a => a.Name)];

    private Map? Fields(YamlPart part, string what, string[] needed, string[] more)
    {
        if (part is not Map map) return Wrong<Map?>(part, "policy.form", $"{what} is written as name: value, with {string.Join(", ", needed.Concat(more))}.", null);
        foreach (var (key, _) in map.Of.Where(entry => !needed.Contains(entry.Key.Value) && !more.Contains(entry.Key.Value)))
            Wrong(key, "policy.unknown-key", $"{what} has no \"{key.Value}\". There are: {string.Join(", ", needed.Concat(more).Distinct())}.");
        var missing = needed.Where(key => map[key] is null).ToList();
        foreach (var key in missing) Wrong(map, "policy.missing", $"{what} needs \"{key}\".");
        return missing.Count == 0 ? map : null;
    }

    private IReadOnlyList<YamlPart> List(YamlPart part, string what, int least = 0) =>
        part is not Items items ? Wrong<IReadOnlyList<YamlPart>>(part, "policy.form", $"{what} are written as a list: [a, b].", [])
        : items.Of.Count < least ? Wrong(part, "policy.form", $"{what}: the list is empty.", items.Of) : items.Of;

    private List<string> Texts(YamlPart part, int longest)
    {
        var items = List(part, "Values", least: 1);
        List<string> texts = [.. items.Select(item => Words(item, longest))];
        for (var i = 0; i < texts.Count; i++)
            if (texts.IndexOf(texts[i]) < i) Wrong(items[i], "policy.duplicate", $"\"{texts[i]}\" stands in the list already.");
        return texts;
    }

    private string OneOf(YamlPart part, IReadOnlyList<string> known) =>
        part is Text text && known.Contains(text.Value) ? text.Value : Wrong(part, "policy.unknown-value", $"One of: {string.Join(", ", known)}.", "");

    private string Id(YamlPart part) =>
        part is Text text && text.Value.Length <= 60 && IdPattern().IsMatch(text.Value) ? text.Value : Wrong(part, "policy.form", "An id: small letters, digits and hyphens, as in country-desks.", "");

    private int Bound(Aspect.Number number, YamlPart part) =>
        number is not Aspect.Day day ? Whole(part, 0, number.Most)
        : part is Text text && Aspect.Day.Read(text.Value) is { } read ? read : Wrong(part, "policy.number", $"A date from {day.Say(0)} to {day.Say(day.Most)}, written year-month-day.", 0);

    private int Whole(YamlPart part, int least, int most, string what = "A whole number") =>
        part is Text { Plain: true } text && NumberPattern().IsMatch(text.Value) && long.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? (int)number : Wrong(part, "policy.number", $"{what} from {least} to {most}.", least);

    private string Words(YamlPart part, int longest)
    {
        if (part is not Text text) return Wrong(part, "policy.form", "A text belongs here.", "");
        var value = text.Value;
        if (text.Plain && NoTextPattern().IsMatch(value)) return Wrong(part, "policy.text", $"YAML takes {(value.Length == 0 ? "nothing" : value)} for something else than a text. Put it in quotation marks.", value);
        if (string.IsNullOrWhiteSpace(value) || value.Length > longest) return Wrong(part, "policy.text", $"A text of 1 to {longest} characters.", value);
        if (value.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar || Rune.IsControl(rune))) return Wrong(part, "policy.text", "The text has a control character or a broken one.", value);
        return value.IsNormalized(NormalizationForm.FormC) ? value : Wrong(part, "policy.text", "The text is not in Unicode normalization form C.", value);
    }

    private void Wrong(YamlPart at, string code, string reason) => faults.Add(new(at.Line, at.Column, code, reason));

    private T Wrong<T>(YamlPart at, string code, string reason, T instead)
    {
        Wrong(at, code, reason);
        return instead;
    }

    [GeneratedRegex(PackSchema.IdPattern)]
    private static partial Regex IdPattern();

    [GeneratedRegex(PackSchema.OfficePattern)]
    private static partial Regex CodePattern();

    /// <summary>Null, truth and numbers of YAML's core schema.</summary>
    [GeneratedRegex(@"^(~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))?\z")]
    private static partial Regex NoTextPattern();

    [GeneratedRegex(@"^(0|[1-9][0-9]{0,9})\z")]
    private static partial Regex NumberPattern();
}
