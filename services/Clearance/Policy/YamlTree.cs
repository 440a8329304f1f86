using WorkflowPlatform.Clearance.Domain.Policy;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace WorkflowPlatform.Clearance.Policy;

/// <summary>A part of a YAML file, and where it stands.</summary>
internal abstract record YamlPart(int Line, int Column)
{
    /// <param name="Plain">True without quotation marks.</param>
    public sealed record Text(string Value, bool Plain, int Line, int Column) : YamlPart(Line, Column);

    public sealed record Items(IReadOnlyList<YamlPart> Of, int Line, int Column) : YamlPart(Line, Column);

    public sealed record Map(IReadOnlyList<(Text Key, YamlPart Value)> Of, int Line, int Column) : YamlPart(Line, Column)
    {
        public YamlPart? this[string key] => Of.FirstOrDefault(entry => entry.Key.Value == key).Value;
    }
}

/// <summary>Reads YAML as far as packs need it: one document of maps, lists and texts. No anchors, aliases, tags or merges, which can make little text stand for much.</summary>
internal static class YamlTree
{
    public const int MostCharacters = 256 * 1024;
    private const int Deepest = 24;

    public static YamlPart? Read(string yaml, List<PolicyFault> faults)
    {
        var parser = new Parser(new StringReader(yaml));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _)) throw new Flaw(1, 1, "policy.empty", "The file is empty.");
            parser.Consume<DocumentStart>();
            var tree = Part(parser, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out var more)) throw At(parser.Current ?? more!, "policy.yaml", "A file holds one pack, and here begins another document.");
            return tree;
        }
        catch (Flaw flaw)
        {
            faults.Add(flaw.Fault);
        }
        catch (YamlException e)
        {
            faults.Add(yaml.Length > MostCharacters ? TooLarge(e.Start)
                : new((int)e.Start.Line, (int)e.Start.Column, "policy.yaml", $"This is not YAML: {e.Message.TrimEnd('.')}. Look for a missing space after a colon, a tab, or lines that do not stand in line."));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException)
        {
            // The parser has inputs, such as an unclosed bracket, at which it fails instead of saying so.
            faults.Add(new((int)(parser.Current?.End.Line ?? 1), (int)(parser.Current?.End.Column ?? 1), "policy.yaml", "From about here on this is not YAML. Look for a bracket or a quotation mark that is not closed."));
        }
        return null;
    }

    private static YamlPart Part(Parser parser, int depth)
    {
        if (!parser.Accept<ParsingEvent>(out var now)) throw new Flaw(1, 1, "policy.yaml", "The file ends too early.");
        if (now.End.Index > MostCharacters) throw new Flaw(TooLarge(now.Start));
        if (depth > Deepest) throw At(now, "policy.too-deep", $"This nests deeper than {Deepest} levels. Give a part of the condition a name under \"definitions\".");
        if (now is AnchorAlias || now is NodeEvent { Anchor.IsEmpty: false }) throw At(now, "policy.alias", "Anchors and aliases (& and *) are not read. Give the condition a name under \"definitions\".");
        if (now is NodeEvent { Tag.IsEmpty: false } and not NodeEvent { Tag.IsNonSpecific: true }) throw At(now, "policy.alias", "Tags (!) are not read.");
        var (line, column) = ((int)now.Start.Line, (int)now.Start.Column);
        switch (now)
        {
            case Scalar text:
                parser.MoveNext();
                return new YamlPart.Text(text.Value, text.Style is ScalarStyle.Plain, line, column);
            case SequenceStart:
                parser.MoveNext();
                var items = new List<YamlPart>();
                while (!parser.TryConsume<SequenceEnd>(out _))
                {
                    if (items.Count == PolicyPack.MostRules && parser.Accept<NodeEvent>(out var over)) throw At(over, "policy.too-many-rules", $"Here the list goes over {PolicyPack.MostRules}. A pack holds at most {PolicyPack.MostRules} rules; join rules that ask the same, with \"any\".");
                    items.Add(Part(parser, depth + 1));
                }
                return new YamlPart.Items(items, line, column);
            case MappingStart:
                parser.MoveNext();
                var (entries, keys) = (new List<(YamlPart.Text, YamlPart)>(), new Dictionary<string, int>());
                while (!parser.TryConsume<MappingEnd>(out _))
                {
                    var before = parser.Current!;
                    if (Part(parser, depth + 1) is not YamlPart.Text key) throw At(before, "policy.yaml", "The name of an entry is a plain text.");
                    if (!keys.TryAdd(key.Value, key.Line)) throw new Flaw(key.Line, key.Column, "policy.duplicate", $"\"{key.Value}\" stands in line {keys[key.Value]} already.");
                    if (keys.Count > PolicyPack.MostRules) throw new Flaw(key.Line, key.Column, "policy.too-many-rules", $"Here the list goes over {PolicyPack.MostRules}.");
                    entries.Add((key, Part(parser, depth + 1)));
                }
                return new YamlPart.Map(entries, line, column);
            default: throw At(now, "policy.yaml", "Something is missing here.");
        }
    }

    private static PolicyFault TooLarge(Mark place) =>
        new((int)place.Line, (int)place.Column, "policy.too-large", $"Here the file goes over {MostCharacters / 1024} KB. A pack holds at most that, and at most {PolicyPack.MostRules} rules.");

    private static Flaw At(ParsingEvent place, string code, string reason) => new((int)place.Start.Line, (int)place.Start.Column, code, reason);

    /// <summary>Ends the reading at the first thing that makes the rest of the file mean nothing; never leaves this class.</summary>
    private sealed class Flaw(PolicyFault fault) : Exception(fault.Reason)
    {
        public Flaw(int line, int column, string code, string reason) : this(new PolicyFault(line, column, code, reason))
        {
        }

        public PolicyFault Fault => fault;
    }
}
