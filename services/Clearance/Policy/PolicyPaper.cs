using System.Globalization;
using System.Text;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Clearance.Policy;

/// <summary>A pack in plain words, for people: the policy paper. Made from the pack, so that the two never say different things.</summary>
public static class PolicyPaper
{
    public static string Of(SealedPack policy)
    {
        var (pack, paper) = (policy.Pack, new StringBuilder());
        Line($"# {pack.Title}");
        Line($"Policy {pack.Name}, digest `{policy.Digest}`.");
        Line("All rules that match a text add up, and the strictest wins: every office that any of them asks for must clear it, the highest number of officers and the shortest clock count, and what one rule forbids no other allows. Nobody who had a hand in a text clears it.");
        if (pack.Definitions.Count > 0)
        {
            Line("## Words used here");
            foreach (var definition in pack.Definitions) Line($"- A text is **{definition.Name}** when {When(definition.When)}.", end: 1);
            paper.Append('\n');
        }
        if (pack.Terms.Count > 0)
        {
            Line("## Listed terms");
            foreach (var term in pack.Terms) Line($"- **{term.Id}**: {string.Join(", ", term.Spellings)}", end: 1);
            paper.Append('\n');
        }
        Line("## Rules");
        var number = 0;
        foreach (var rule in pack.Rules)
        {
            Line($"### {++number}. {rule.Title}");
            Line($"{(rule.When is Condition.All { Of.Count: 0 } ? "For every text" : $"When {When(rule.When)}")}:", end: 1);
            foreach (var sentence in Sentences(rule.Ask)) Line($"- {sentence}", end: 1);
            Line($"\n(rule `{rule.Id}`)");
        }
        Line("## When no rule asks an office");
        foreach (var sentence in Sentences(pack.Default)) Line($"- {sentence}", end: 1);
        return paper.ToString();

        void Line(string text, int end = 2) => paper.Append(text).Append('\n', end);
    }

    private static IEnumerable<string> Sentences(Ask ask)
    {
        foreach (var stage in ask.Clear.GroupBy(o => o.Stage).OrderBy(g => g.Key))
            yield return $"{Capital(And(stage.Select(o => $"{Quorum(o.Quorum)} of {Office(o.Office)}")))} must clear it{(stage.Key > 1 || ask.Clear.Any(o => o.Stage > 1) ? $" (stage {stage.Key})" : "")}.";
        if (Enum.GetValues<Lane>().Where(lane => ask.Clocks.For(lane) is not null).Select(lane => $"{Duration(ask.Clocks.For(lane)!.Value)} in lane {Aspect.LaneName(lane)}").ToList() is { Count: > 0 } clocks)
            yield return $"{(ask.Clear.Count == 1 ? "It has" : "Each has")}, in working time and in the lanes immediate and flash around the clock: {string.Join(", ", clocks)}.";
        if (ask.Clear.Count > 0) yield return ask.Silence ? "Silence after a proven notice counts as no objection." : "Silence is not consent.";
        if (ask.Inform.Count > 0) yield return $"For information, without a say: {And(ask.Inform.Select(Office))}.";
        if (ask.Amend is { } amend) yield return amend.Count == 0 ? "Nothing of it may be amended; it is cleared as it is or goes back." : $"Whoever clears it may amend its {And(amend.Select(a => a == "alt-text" ? "description of pictures" : a))}; somebody else must then clear it.";
        if (ask.ImmediateForbidden) yield return "It may not be released before it is cleared.";
        if (ask.Bypass is { } bypass) yield return bypass.Count == 0 ? "Nobody may pass over an office." : $"A missing office may be passed over, by name and with a reason, by: {string.Join(", ", bypass)}.";
    }

    private static string When(Condition condition) => condition switch
    {
        Condition.All { Of.Count: 0 } => "it is any text",
        Condition.All(var all) => string.Join(" and ", all.Select(Part)),
        Condition.Any(var any) => string.Join(" or ", any.Select(Part)),
        Condition.Not(var not) => $"it is not so that {Part(not)}",
        Condition.Defined(var name) => $"it is *{name}*",
        Condition.Present(var aspect) => Aspect.Find(aspect) switch
        {
            Aspect.YesNo yes => yes.Is,
            Aspect.ManyValues many => $"it {many.Verbs} a {many.Noun}",
            Aspect.OneValue one => $"{one.Noun} is given",
            Aspect.Number number => $"{number.Noun} is given",
            _ => aspect,
        },
        Condition.In(var aspect, var values) => Aspect.Find(aspect) switch
        {
            Aspect.ManyValues many => $"it {many.Verbs} {Or(values)}",
            Aspect.OneValue one => $"{one.Noun} is {Or(values)}",
            _ => aspect,
        },
        Condition.Between(var aspect, var from, var to) when Aspect.Find(aspect) is Aspect.Number number =>
            $"{number.Noun} is {number.Say(from, to)}",
        _ => "",
    };

    private static string Part(Condition condition) => condition is Condition.All { Of.Count: > 1 } or Condition.Any { Of.Count: > 1 } ? $"({When(condition)})" : When(condition);

    private static string Office(string office) => office switch
    {
        OfficeWords.Central or "CENTRAL" => "the central unit",
        OfficeWords.Hub => "the hub of the region",
        OfficeWords.FrontOffice => "the mission's front office",
        OfficeWords.EachDesk => "the country desk of each third state",
        OfficeWords.EachThematic => "the thematic office of each of its letters",
        _ => office,
    };

    private static string Quorum(int quorum) => quorum switch { RequiredOffice.Everybody => "everybody", 1 => "one officer", _ => $"{quorum.ToString(CultureInfo.InvariantCulture)} officers" };

    private static string Duration(int minutes) => minutes % 60 == 0 ? $"{minutes / 60} h" : $"{minutes} min";

    private static string And(IEnumerable<string> parts) => Listed(parts, "and");

    private static string Or(IEnumerable<string> parts) => Listed(parts, "or");

    private static string Listed(IEnumerable<string> parts, string word)
    {
        var all = parts.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} {word} {all[^1]}";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
