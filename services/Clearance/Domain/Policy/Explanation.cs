namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>Says in plain words the smallest change of a text by which a condition would not hold for it.</summary>
internal static class Explanation
{
    private const long Budget = 100_000;

    /// <returns>Null when it holds for every text.</returns>
    /// <remarks>Smallest: as few aspects as can be, and of those that are equally few the ones that stand first in <see cref="Aspect.All"/>.</remarks>
    public static string? Unless(PolicyPack pack, Condition when, Subject subject)
    {
        var solver = new Satisfiability(pack, Budget);
        var otherwise = solver.Of(when, holds: false);
        if (Smallest(solver, otherwise, subject) is var (changed, left))
            return "if " + string.Join(" and ", changed.Select(place => Words(Aspect.All[place], left[place], subject)));
        return solver.Exhausted ? $"if several of these were otherwise: {string.Join(", ", AspectsOf(otherwise).Distinct().Order().Select(place => Aspect.All[place].Name))}" : null;
    }

    /// <summary>The fewest aspects by whose change alone the formula can come to hold, and what they can be then; null when it never can.</summary>
    internal static (IReadOnlyList<int> Changed, IReadOnlyList<Possible> Left)? Smallest(Satisfiability solver, Formula formula, Subject subject)
    {
        var asked = AspectsOf(formula).Distinct().Order().ToList();
        for (var size = 1; size <= asked.Count; size++)
            foreach (var changed in Choose(asked, size))
            {
                if (solver.Solve([Fix(formula, changed, subject)]) is { } left) return (changed, left);
                if (solver.Exhausted) return null;
            }
        return null;
    }

    /// <summary>The formula with everything that is not to change answered by the text as it is.</summary>
    private static Formula Fix(Formula formula, IReadOnlyList<int> free, Subject subject) => formula switch
    {
        Formula.Every every => new Formula.Every([.. every.Of.Select(part => Fix(part, free, subject))]),
        Formula.Some some => new Formula.Some([.. some.Of.Select(part => Fix(part, free, subject))]),
        Formula.Atom atom when free.Contains(atom.Aspect) => atom,
        Formula.Atom atom => Aspect.All[atom.Aspect].Holds(atom.Condition, subject) == atom.Holds ? new Formula.Every([]) : new Formula.Some([]),
        _ => formula,
    };

    private static IEnumerable<int> AspectsOf(Formula formula) => formula switch
    {
        Formula.Every every => every.Of.SelectMany(AspectsOf),
        Formula.Some some => some.Of.SelectMany(AspectsOf),
        Formula.Atom atom => [atom.Aspect],
        _ => [],
    };

    private static IEnumerable<IReadOnlyList<int>> Choose(IReadOnlyList<int> from, int size, int begin = 0) =>
        size == 0 ? [[]] : Enumerable.Range(begin, Math.Max(0, from.Count - begin)).SelectMany(i => Choose(from, size - 1, i + 1).Select(rest => (IReadOnlyList<int>)[from[i], .. rest]));

    private static string Words(Aspect aspect, Possible left, Subject subject) => (aspect, left) switch
    {
        (Aspect.YesNo yes, Possible.YesOrNo possible) => possible.MayBe ? yes.If : yes.IfNot,
        (Aspect.OneValue one, Possible.Value { Only: true, Set.Count: 0 }) => $"{one.Noun} were not given",
        // Of a few values the shorter list is the plainer one: not on a Friday, instead of on any of six days.
        (Aspect.OneValue { Closed: { } all } one, Possible.Value { Only: true } value) when all.Except(value.Set).ToList() is { Count: > 0 } others && others.Count < value.Set.Count => $"{one.Noun} were not {Or(others)}",
        (Aspect.OneValue one, Possible.Value { Only: true } value) => $"{one.Noun} were {Or(value.Set)}",
        (Aspect.OneValue one, Possible.Value { Set.Count: 0 }) => $"{one.Noun} were given",
        (Aspect.OneValue one, Possible.Value value) => $"{one.Noun} were not {Or(value.Set)}",
        (Aspect.Number number, Possible.Number { Intervals.Count: 0 }) => $"{number.Noun} were not given",
        (Aspect.Number number, Possible.Number possible) => $"{number.Noun} were {Nearest(possible.Intervals, number.Of(subject), number)}",
        (Aspect.ManyValues many, Possible.Values values) => string.Join(" and ", Words(many, values, many.Of(subject))),
        _ => aspect.Name,
    };

    private static IEnumerable<string> Words(Aspect.ManyValues many, Possible.Values left, IReadOnlyList<string> has)
    {
        if (left.Empty)
        {
            yield return $"it did not {many.Verb} a {many.Noun}";
            yield break;
        }
        if (has.Where(left.NoneOf.Contains).ToList() is { Count: > 0 } unwanted) yield return $"it did not {many.Verb} {Or(unwanted)}";
        foreach (var set in left.OneOfEach.Where(set => !set.Any(has.Contains))) yield return $"it were to {many.Verb} {Or(set.Where(v => !left.NoneOf.Contains(v)))}";
        if (left.Some && has.Count == 0 && left.OneOfEach.Count == 0) yield return $"it were to {many.Verb} a {many.Noun}";
    }

    private static string Nearest(IReadOnlyList<(int From, int To)> intervals, int? now, Aspect.Number number)
    {
        var (from, to) = intervals.MinBy(i => now is not { } n ? 0 : n < i.From ? (long)i.From - n : (long)n - i.To);
        return number.Say(from, to);
    }

    private static string Or(IEnumerable<string> values)
    {
        var all = values.Order(StringComparer.Ordinal).ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} or {all[^1]}";
    }
}
