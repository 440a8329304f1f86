using System.Security.Cryptography;
using System.Text.Json.Nodes;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Clearance.Policy;

/// <summary>A pack's canonical JSON: what its digest is of, what is kept, and what is put in force.</summary>
public static class PackFile
{
    public static byte[] Canonical(PolicyPack pack)
    {
        var terms = pack.Terms.Select(t => KeyValuePair.Create<string, JsonNode?>(t.Id, Texts(t.Spellings)));
        return CanonicalJson.Serialize(new JsonObject
        {
            ["pack"] = pack.Id,
            ["version"] = pack.Version,
            ["title"] = pack.Title,
            ["definitions"] = new JsonObject(pack.Definitions.Select(d => KeyValuePair.Create<string, JsonNode?>(d.Name, Condition(d.When)))),
            ["terms"] = new JsonObject(terms),
            ["rules"] = new JsonArray([.. pack.Rules.Select(Rule)]),
            ["default"] = Ask(new JsonObject(), pack.Default),
        });
    }

    public static SealedPack Seal(PolicyPack pack) => new(pack, Digest(Canonical(pack)));

    public static string Digest(byte[] canonical) => Convert.ToHexStringLower(SHA256.HashData(canonical));

    /// <summary>Reads canonical JSON back, and checks that it is what its digest names.</summary>
    public static SealedPack Open(byte[] canonical, string digest)
    {
        if (Digest(canonical) != digest) throw new InvalidDataException($"The policy that is kept under {digest} has another digest.");
        return PackReader.Read(canonical) is { Pack: { } pack } ? new SealedPack(pack, digest) : throw new InvalidDataException($"This program cannot read policy {digest}.");
    }

    private static JsonNode Rule(Rule rule) =>
        Ask(new JsonObject { ["id"] = rule.Id, ["title"] = rule.Title, ["when"] = Condition(rule.When) }, rule.Ask);

    private static JsonObject Ask(JsonObject written, Ask ask)
    {
        if (ask.Clear.Count > 0) written["clear"] = new JsonArray([.. ask.Clear.Select(Office)]);
        if (ask.Inform.Count > 0) written["inform"] = Texts(ask.Inform);
        if (ask.Clocks != Clocks.None)
        {
            var clock = new JsonObject();
            foreach (var lane in Enum.GetValues<Contracts.Lane>())
                if (ask.Clocks.For(lane) is { } minutes) clock[Aspect.LaneName(lane)] = minutes;
            written["clock"] = clock;
        }
        if (ask.Amend is not null) written["amend"] = Texts(ask.Amend);
        written["silence"] = ask.Silence ? "counts" : "never";
        written["immediate"] = ask.ImmediateForbidden ? "forbidden" : "allowed";
        if (ask.Bypass is not null) written["bypass"] = Texts(ask.Bypass);
        return written;
    }

    private static JsonNode Office(OfficeAsk ask) => new JsonObject
    {
        ["office"] = ask.Office,
        ["stage"] = ask.Stage,
        ["quorum"] = ask.Quorum == RequiredOffice.Everybody ? "all" : ask.Quorum,
    };

    private static JsonNode Condition(Condition condition) => condition switch
    {
        Condition.All { Of.Count: 0 } => "always",
        Condition.All(var all) => new JsonObject { ["all"] = new JsonArray([.. all.Select(Condition)]) },
        Condition.Any(var any) => new JsonObject { ["any"] = new JsonArray([.. any.Select(Condition)]) },
        Condition.Not(var not) => new JsonObject { ["not"] = Condition(not) },
        Condition.Defined(var name) => new JsonObject { ["is"] = name },
        Condition.Present(var aspect) => new JsonObject { ["present"] = aspect },
        Condition.In(var aspect, var values) => new JsonObject { [aspect] = Texts(values) },
        Condition.Between(var aspect, var from, var to) => new JsonObject { [aspect] = Interval((Aspect.Number)Aspect.Find(aspect)!, from, to) },
        _ => throw new InvalidOperationException($"{condition} is no condition."),
    };

    private static JsonObject Interval(Aspect.Number number, int from, int to)
    {
        var interval = new JsonObject { ["from"] = Bound(number, from) };
        if (to < number.Most) interval["to"] = Bound(number, to);
        return interval;
    }

    private static JsonNode Bound(Aspect.Number number, int bound) => number is Aspect.Day day ? day.Say(bound) : bound;

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
