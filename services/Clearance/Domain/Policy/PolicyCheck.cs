using WorkflowPlatform.Contracts.Registry;
using static WorkflowPlatform.Clearance.Domain.Policy.Condition;

namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>What is wrong with a pack, and where.</summary>
/// <param name="Line">1 for the first; 0 when it stands in no line of the pack.</param>
/// <param name="Code">Permanent.</param>
public sealed record PolicyFault(int Line, int Column, string Code, string Reason);

/// <summary>Decides whether a pack can be put in force: every office, word and reference is known, and every rule can match and changes something.</summary>
public static class PolicyCheck
{
    private const int MostQuestions = 1_000; // In one rule, with its definitions written out.
    private const int DeepestDefinitions = 32;
    private const long Budget = 4_000_000; // A few seconds.

    public static IReadOnlyList<PolicyFault> Check(PolicyPack pack, OfficeBook book) => Check(pack, book, Budget);

    internal static IReadOnlyList<PolicyFault> Check(PolicyPack pack, OfficeBook book, long budget)
    {
        if (pack.Rules.Count > PolicyPack.MostRules)
            return [new(pack.Rules[PolicyPack.MostRules].Line, 1, "policy.too-many-rules", $"Here begins rule {PolicyPack.MostRules + 1}. A pack holds at most {PolicyPack.MostRules}; join rules that ask the same, with \"any\".")];
        if (pack.Rules.Count == 0) return [new(1, 1, "policy.empty", "The pack has no rule.")];
        List<PolicyFault> faults = [.. OfficeCircles(book), .. Repetitions(pack), .. Circles(pack)];
        if (faults.Count == 0) faults.AddRange(Words(pack, book));
        return faults.Count == 0 ? Decided(pack, budget) : [.. faults.OrderBy(f => f.Line)];
    }

    /// <summary>Offices that refer up in a circle: a matter that is referred would come back for ever.</summary>
    public static IReadOnlyList<PolicyFault> OfficeCircles(OfficeBook book)
    {
        foreach (var office in book.All)
        {
            List<string> way = [office.Code];
            for (var up = office.Parent; up is not null && book.Find(up) is { } parent; up = parent.Parent)
            {
                if (way.Contains(up) && up != office.Code) break; // A circle further up is told of by its own offices.
                way.Add(up);
                if (up == office.Code) return [new(0, 0, "policy.office-circle", $"Offices refer up in a circle: {string.Join(" → ", way)}. Have one of them stand at the top in the list of offices.")];
            }
        }
        return [];
    }

    /// <summary>The office as it is compared with others: the central unit has a word and a code.</summary>
    internal static string Plain(string office) => office == Offices.Central ? OfficeWords.Central : office;

    private static IEnumerable<PolicyFault> Repetitions(PolicyPack pack)
    {
        var parts = pack.Definitions.Select(d => ("Definition", d.Name, d.Line)).Concat(pack.Terms.Select(t => ("Term", t.Id, t.Line))).Concat(pack.Rules.Select(r => ("Rule", r.Id, r.Line)));
        foreach (var same in parts.GroupBy(p => (p.Item1, p.Item2)).Where(g => g.Count() > 1))
            foreach (var (kind, id, line) in same.Skip(1))
                yield return new(line, 1, "policy.duplicate", $"{kind} \"{id}\" is in line {same.First().Line} already. Give one of them another id.");
        foreach (var rule in pack.Rules.Where(r => r.Id == Policies.DefaultRule))
            yield return new(rule.Line, 1, "policy.duplicate", $"\"{Policies.DefaultRule}\" is the id of what is asked when no rule asks. Give the rule another.");
    }

    private static List<PolicyFault> Circles(PolicyPack pack)
    {
        var (faults, sizes, names) = (new List<PolicyFault>(), new Dictionary<string, (int Size, int Depth)>(), pack.Definitions.ToLookup(d => d.Name));
        foreach (var definition in pack.Definitions) Measure(new Defined(definition.Name) { Line = definition.Line }, []);
        foreach (var rule in pack.Rules)
            if (Measure(rule.When, []) is var (size, depth) && (size > MostQuestions || depth > DeepestDefinitions) && faults.Count == 0)
                faults.Add(TooComplicated(rule, $"with its definitions written out it asks more than {MostQuestions} questions, or more than {DeepestDefinitions} definitions deep"));
        return faults;

        (int Size, int Depth) Measure(Condition condition, IReadOnlyList<string> within)
        {
            switch (condition)
            {
                case All(var all): return Sum(all);
                case Any(var any): return Sum(any);
                case Not(var not): return Measure(not, within);
                case Defined(var name) when within.Contains(name):
                    faults.Add(new(condition.Line, 1, "policy.cycle", $"Definitions go in a circle: {string.Join(" → ", within.SkipWhile(w => w != name).Append(name))}. A definition cannot rest on itself."));
                    return sizes[name] = (0, 0);
                case Defined(var name) when sizes.TryGetValue(name, out var known): return known;
                case Defined(var name) when names[name].FirstOrDefault() is { } definition:
                    var (size, depth) = within.Count > DeepestDefinitions ? (MostQuestions + 1, 0) : Measure(definition.When, [.. within, name]);
                    return sizes[name] = (size, depth + 1);
                case Defined(var name):
                    faults.Add(new(condition.Line, 1, "policy.unknown-definition", $"No definition is called \"{name}\". {Known(pack.Definitions.Select(d => d.Name))}"));
                    return (0, 0);
                default: return (1, 0);
            }

            (int, int) Sum(IReadOnlyList<Condition> parts)
            {
                var measured = parts.Select(p => Measure(p, within)).ToList();
                return (Math.Min(MostQuestions + 1, measured.Sum(m => m.Size)), measured.Select(m => m.Depth).DefaultIfEmpty().Max());
            }
        }
    }

    private static IEnumerable<PolicyFault> Words(PolicyPack pack, OfficeBook book)
    {
        var conditions = pack.Definitions.Select(d => (d.When, d.Line)).Concat(pack.Rules.Select(r => (r.When, r.Line)));
        foreach (var fault in conditions.SelectMany(c => Words(c.When, c.Line, pack, book))) yield return fault;
        foreach (var rule in pack.Rules.Append(new Rule(Policies.DefaultRule, "", Always, pack.Default)))
            foreach (var fault in Words(rule, book)) yield return fault;
        if (!pack.Default.Clear.Any(o => Plain(o.Office) == OfficeWords.Central))
            yield return new(pack.Default.Clear.Select(o => o.Line).FirstOrDefault(), 1, "policy.default", "What is asked when no rule asks must have the central unit clear: add { office: central }.");
    }

    private static IEnumerable<PolicyFault> Words(Condition condition, int around, PolicyPack pack, OfficeBook book)
    {
        var line = condition.Line > 0 ? condition.Line : around;
        switch (condition)
        {
            case All(var all): return all.SelectMany(c => Words(c, line, pack, book));
            case Any(var any): return any.SelectMany(c => Words(c, line, pack, book));
            case Not(var not): return Words(not, line, pack, book);
            case In(var name, var values): return Asked(name) ?? (values.Count == 0 ? [new(line, 1, "policy.unknown-value", $"{name} is compared with no value.")] : values.SelectMany(v => Value(Aspect.Find(name)!, v)));
            case Present(var name): return Asked(name) ?? [];
            case Between(var name, var from, var to): return Asked(name) ?? Interval((Aspect.Number)Aspect.Find(name)!, from, to);
            default: return [];
        }

        IEnumerable<PolicyFault>? Asked(string name) =>
            Aspect.Find(name) is not { } aspect ? [new(line, 1, "policy.unknown-attribute", $"A text has no \"{name}\". {Known(Aspect.All.Select(a => a.Name))}")]
            : aspect.Takes(condition) ? null : [new(line, 1, "policy.unknown-attribute", $"\"{name}\" cannot be asked in this way.")];

        IEnumerable<PolicyFault> Value(Aspect aspect, string value)
        {
            var (closed, form) = aspect switch
            {
                Aspect.OneValue one => (one.Closed, one.Form),
                Aspect.ManyValues many => (many.Closed, many.Form),
                _ => (null, null),
            };
            closed ??= book.Places(aspect.Name);
            if (closed?.Contains(value) == false) yield return new(line, 1, "policy.unknown-value", $"\"{value}\" is no {aspect.Name}. {Known(closed)}");
            if (form?.Invoke(value) == false) yield return new(line, 1, "policy.unknown-value", $"\"{value}\" does not look like a {aspect.Name}.");
            if (value.StartsWith(FindingCodes.TermListed + ":", StringComparison.Ordinal) && aspect.Name == "finding" && pack.Terms.All(t => $"{FindingCodes.TermListed}:{t.Id}" != value))
                yield return new(line, 1, "policy.unknown-value", $"The pack lists no term for \"{value}\". {Known(pack.Terms.Select(t => t.Id))}");
        }

        IEnumerable<PolicyFault> Interval(Aspect.Number number, int from, int to)
        {
            if (from > to) yield return new(line, 1, "policy.number", $"{number.Name}: from {number.Say(from)} is after to {number.Say(to)}. Write two intervals under \"any\".");
            if (from < 0 || to > number.Most) yield return new(line, 1, "policy.number", number is Aspect.Day ? $"{number.Name} is a date from {number.Say(0)} to {number.Say(number.Most)}." : $"{number.Name} is a whole number from 0{(number.Most < int.MaxValue ? $" to {number.Most}" : "")}.");
        }
    }

    private static IEnumerable<PolicyFault> Words(Rule rule, OfficeBook book)
    {
        foreach (var office in rule.Ask.Clear)
        {
            if (!IsKnown(office.Office)) yield return Unknown(office.Office, office.Line);
            if (office.Stage is < 1 or > 9) yield return new(At(office.Line), 1, "policy.number", $"Stage {office.Stage}: stages are 1 to 9.");
            if (office.Quorum is < RequiredOffice.Everybody or > 9) yield return new(At(office.Line), 1, "policy.number", $"Quorum {office.Quorum}: any, all, or a number from 1 to 9.");
        }
        foreach (var office in rule.Ask.Inform.Where(o => !IsKnown(o))) yield return Unknown(office, 0);
        foreach (var twice in rule.Ask.Clear.GroupBy(o => Plain(o.Office)).Where(g => g.Count() > 1))
            yield return new(At(twice.Last().Line), 1, "policy.duplicate", $"Office {twice.Key} is asked twice in one rule.");
        foreach (var amendment in rule.Ask.Amend?.Where(a => !Amendments.All.Contains(a)) ?? [])
            yield return new(rule.Line, 1, "policy.unknown-value", $"\"{amendment}\" cannot be amended. {Known(Amendments.All)}");
        foreach (var minutes in new[] { rule.Ask.Clocks.Routine, rule.Ask.Clocks.Priority, rule.Ask.Clocks.Immediate, rule.Ask.Clocks.Flash }.Where(m => m is < 1 or > Clocks.MostMinutes))
            yield return new(rule.Line, 1, "policy.number", $"A clock of {minutes} minutes: 1 to {Clocks.MostMinutes} minutes of working time.");

        bool IsKnown(string office) => OfficeWords.All.Contains(office) || office == Offices.Central || book.Knows(office);
        int At(int line) => line > 0 ? line : rule.Line;
        PolicyFault Unknown(string office, int line) => new(At(line), 1, "policy.unknown-office", $"No office has the code \"{office}\". Take one of the list of offices, or a word: {string.Join(", ", OfficeWords.All)}.");
    }

    private static List<PolicyFault> Decided(PolicyPack pack, long budget)
    {
        var solver = new Satisfiability(pack, budget);
        var (faults, kept) = (new List<PolicyFault>(), pack.Rules.ToList());
        foreach (var rule in pack.Rules)
        {
            if (rule.Ask is { Clear.Count: 0, Inform.Count: 0, ImmediateForbidden: false, Amend: null, Bypass: null })
                faults.Add(new(rule.Line, 1, "policy.asks-nothing", $"Rule \"{rule.Id}\" asks nothing of anybody."));
            else if (solver.Solve([solver.Of(rule.When)]) is null && !solver.Exhausted)
                faults.Add(new(rule.Line, 1, "policy.never-matches", $"Rule \"{rule.Id}\" can never match: its conditions exclude each other."));
            else if (solver.Exhausted)
                return [.. faults, TooComplicated(rule, "whether it can match is not decided within the limit of the check")];
            else continue;
            kept.Remove(rule);
        }
        // From the end: of two that say the same, the later is the one too many.
        var redundancy = new Redundancy(pack, solver);
        foreach (var rule in kept.AsEnumerable().Reverse().ToList())
        {
            var others = kept.Where(other => !ReferenceEquals(other, rule)).ToList();
            var covering = redundancy.CoveredBy(rule, others);
            if (solver.Exhausted) return [.. faults, TooComplicated(rule, "whether it changes anything is not decided within the limit of the check")];
            if (covering is null) continue;
            faults.Add(new(rule.Line, 1, "policy.shadowed", $"Rule \"{rule.Id}\" changes nothing: {(covering.Count == 0 ? "there is nothing it could take away" : $"whenever it matches, {string.Join(", ", covering.Take(3).Select(c => $"\"{c.Id}\""))}{(covering.Count > 3 ? " and others" : "")} already ask for as much")}."));
            kept = others;
        }
        return [.. faults.OrderBy(f => f.Line)];
    }

    private static PolicyFault TooComplicated(Rule rule, string why) =>
        new(rule.Line, 1, "policy.too-complicated", $"Rule \"{rule.Id}\" is too complicated: {why}. Part it, or ask less in one condition.");

    private static string Known(IEnumerable<string> values) => values.ToList() is { Count: > 0 } known ? $"There are: {string.Join(", ", known.Take(20))}." : "There are none.";
}
