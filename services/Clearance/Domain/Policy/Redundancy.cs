using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>Decides whether a rule changes anything: for some text, some demand of it that no other matching rule makes already.</summary>
/// <remarks>
/// Each demand asks one question of <see cref="Satisfiability"/>: is there a text that this rule matches, and none of the rules that demand at least as much?
/// Offices are compared by the words of the pack: that <c>hub</c> and a hub's code can be the same office is the book's affair, and the book changes.
/// </remarks>
internal sealed class Redundancy(PolicyPack pack, Satisfiability solver)
{
    /// <summary>The rules that make this one needless; null when it is not.</summary>
    public IReadOnlyList<Rule>? CoveredBy(Rule rule, IReadOnlyList<Rule> others)
    {
        var covering = new HashSet<Rule>(ReferenceEqualityComparer.Instance);
        foreach (var (enough, also) in Demands(rule, others))
        {
            if (solver.Solve([solver.Of(rule.When), .. also, .. enough.Select(other => solver.Of(other.When, holds: false))]) is not null || solver.Exhausted) return null;
            covering.UnionWith(enough);
        }
        return [.. others.Where(other => covering.Contains(other) && solver.Solve([solver.Of(rule.When), solver.Of(other.When)]) is not null)];
    }

    /// <summary>Every demand as the rules that make it at least as strictly, and what else must be so for it to count.</summary>
    private IEnumerable<(IEnumerable<Rule> Enough, IEnumerable<Formula> Also)> Demands(Rule rule, IReadOnlyList<Rule> others)
    {
        var ask = rule.Ask;
        foreach (var office in ask.Clear)
        {
            var somebody = IsSomebody(office.Office);
            yield return (Asking(other => other.Stage >= office.Stage), somebody);
            yield return (Asking(other => other.Quorum == RequiredOffice.Everybody || office.Quorum != RequiredOffice.Everybody && other.Quorum >= office.Quorum), somebody);
            if (!ask.Silence) yield return (Asking(_ => true).Where(other => !other.Ask.Silence), somebody);
            foreach (var lane in Enum.GetValues<Lane>())
                if (ask.Clocks.For(lane) is { } minutes)
                    yield return (Asking(_ => true).Where(other => other.Ask.Clocks.For(lane) <= minutes), [.. somebody, solver.Of(new Condition.In("lane", [Aspect.LaneName(lane)]))]);

            IEnumerable<Rule> Asking(Func<OfficeAsk, bool> enough) => others.Where(other => other.Ask.Clear.Any(o => Same(o.Office, office.Office) && enough(o)));
        }
        foreach (var office in ask.Inform)
            yield return (others.Where(other => other.Ask.Inform.Any(o => Same(o, office)) || other.Ask.Clear.Any(o => Same(o.Office, office))), IsSomebody(office));
        if (ask.ImmediateForbidden) yield return (others.Where(other => other.Ask.ImmediateForbidden), []);
        foreach (var demand in Allowances(rule, others, a => a.Amend).Concat(Allowances(rule, others, a => a.Bypass))) yield return demand;
    }

    /// <summary>What is allowed only if all who speak of it allow it: a rule takes away what the others grant, or grants what no other speaks of.</summary>
    private IEnumerable<(IEnumerable<Rule>, IEnumerable<Formula>)> Allowances(Rule rule, IReadOnlyList<Rule> others, Func<Ask, IReadOnlyList<string>?> allows)
    {
        if (allows(rule.Ask) is not { } allowed) yield break;
        foreach (var one in others.Select(other => other.Ask).Append(pack.Default).Append(rule.Ask).SelectMany(ask => allows(ask) ?? []).Distinct())
        {
            if (allowed.Contains(one))
            {
                yield return (others.Where(other => allows(other.Ask) is not null), []);
                continue;
            }
            var refusing = others.Where(other => allows(other.Ask) is { } list && !list.Contains(one)).ToList();
            foreach (var granting in others.Where(other => allows(other.Ask)?.Contains(one) == true)) yield return (refusing, [solver.Of(granting.When)]);
            // The default may be asked where the rules ask no office.
            if (allows(pack.Default)?.Contains(one) == true && !AsksForCertain(rule)) yield return (refusing.Concat(others.Where(AsksForCertain)), []);
        }
    }

    /// <summary>When an office word stands for anybody at all.</summary>
    private IReadOnlyList<Formula> IsSomebody(string office) => office switch
    {
        OfficeWords.EachDesk => [solver.Of(new Condition.Present("third-state"))],
        OfficeWords.EachThematic => [solver.Of(new Condition.Present("dimec"))],
        _ => [],
    };

    private static bool AsksForCertain(Rule rule) => rule.Ask.Clear.Any(o => o.Office is not (OfficeWords.EachDesk or OfficeWords.EachThematic));

    private static bool Same(string office, string other) => PolicyCheck.Plain(office) == PolicyCheck.Plain(other);
}
