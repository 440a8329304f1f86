namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>Decides exactly whether any text satisfies some conditions at once: a search through the ways to satisfy them, with what each aspect can still be.</summary>
/// <remarks>The search could grow without measure, so it has a budget; a pack that exceeds it is refused as too complicated, never half checked.</remarks>
internal sealed class Satisfiability(PolicyPack pack, long budget)
{
    private const int Deepest = 2_000; // Choices upon choices: the stack has an end as well.

    private readonly Dictionary<(string, bool), Formula> definitions = [];
    private long left = budget;

    public bool Exhausted => left < 0;

    /// <summary>A condition, or its opposite, with every "not" moved down to the single questions.</summary>
    public Formula Of(Condition condition, bool holds = true)
    {
        switch (condition)
        {
            case Condition.All(var all): return Join(all, holds, holds);
            case Condition.Any(var any): return Join(any, holds, !holds);
            case Condition.Not(var not): return Of(not, !holds);
            case Condition.Defined(var name):
                if (!definitions.TryGetValue((name, holds), out var known)) definitions[(name, holds)] = known = Of(pack.Definition(name), holds);
                return known;
            case Condition.In(var aspect, _): return new Formula.Atom(Aspect.Place(aspect), condition, holds);
            case Condition.Between(var aspect, _, _): return new Formula.Atom(Aspect.Place(aspect), condition, holds);
            case Condition.Present(var aspect): return new Formula.Atom(Aspect.Place(aspect), condition, holds);
            default: throw new InvalidOperationException($"{condition} is no condition.");
        }
    }

    /// <summary>What the aspects can be in one way of satisfying all of them; null when there is none, or when the budget is spent.</summary>
    public IReadOnlyList<Possible>? Solve(IEnumerable<Formula> formulas) => Search([.. Aspect.All.Select(Possible.Anything)], formulas, 0);

    private Formula Join(IReadOnlyList<Condition> conditions, bool holds, bool every)
    {
        var parts = conditions.Select(c => Of(c, holds)).ToList();
        return parts.Count == 1 ? parts[0] : every ? new Formula.Every(parts) : new Formula.Some(parts);
    }

    private Possible[]? Search(Possible[] aspects, IEnumerable<Formula> formulas, int depth)
    {
        if (depth > Deepest) left = -1;
        var (known, open) = (new Queue<Formula>(formulas), new List<Formula.Some>());
        do
        {
            while (known.TryDequeue(out var formula))
                switch (formula)
                {
                    case Formula.Atom atom:
                        if (--left < 0 || aspects[atom.Aspect].Narrow(atom.Condition, atom.Holds) is not { } narrowed) return null;
                        aspects[atom.Aspect] = narrowed;
                        break;
                    case Formula.Every every: foreach (var part in every.Of) known.Enqueue(part); break;
                    case Formula.Some some: open.Add(some); break;
                }
            // What only one way is left for is known; what holds anyway needs no looking at.
            var undecided = new List<Formula.Some>();
            foreach (var some in open)
            {
                var ways = some.Of.Where(way => !Fails(way, aspects)).ToList();
                if (Exhausted || ways.Count == 0) return null;
                if (ways.Count == 1) known.Enqueue(ways[0]);
                else if (!ways.Any(way => Stands(way, aspects))) undecided.Add(ways.Count == some.Of.Count ? some : new Formula.Some(ways));
            }
            open = undecided;
        }
        while (known.Count > 0);

        if (open.MinBy(some => some.Of.Count) is not { } next) return aspects;
        foreach (var way in next.Of)
        {
            if (Search([.. aspects], open.Where(some => some != next).Prepend(way), depth + 1) is { } found) return found;
            if (Exhausted) return null;
        }
        return null;
    }

    private bool Fails(Formula formula, Possible[] aspects) => formula switch
    {
        Formula.Atom atom => --left < 0 || aspects[atom.Aspect].Narrow(atom.Condition, atom.Holds) is null,
        Formula.Every every => every.Of.Any(part => Fails(part, aspects)),
        Formula.Some some => some.Of.All(part => Fails(part, aspects)),
        _ => false,
    };

    private bool Stands(Formula formula, Possible[] aspects) => formula switch
    {
        Formula.Atom atom => --left >= 0 && aspects[atom.Aspect].Narrow(atom.Condition, !atom.Holds) is null,
        Formula.Every every => every.Of.All(part => Stands(part, aspects)),
        Formula.Some some => some.Of.Any(part => Stands(part, aspects)),
        _ => false,
    };
}

/// <summary>A condition without "not" above the single questions.</summary>
internal abstract record Formula
{
    public sealed record Atom(int Aspect, Condition Condition, bool Holds) : Formula;

    public sealed record Every(IReadOnlyList<Formula> Of) : Formula;

    public sealed record Some(IReadOnlyList<Formula> Of) : Formula;
}
