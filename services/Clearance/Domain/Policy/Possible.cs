namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>What one aspect of a text can still be, under conditions known to hold or not to hold. Exact: aspects know nothing of each other.</summary>
internal abstract record Possible
{
    public static Possible Anything(Aspect aspect) => aspect switch
    {
        Aspect.OneValue one => new Value(one.Closed is not null, one.Closed?.ToHashSet() ?? [], one.MayBeMissing),
        Aspect.ManyValues many => new Values(many.Closed, [], [], false, false),
        Aspect.Number number => new Number([(0, number.Most)], number.MayBeMissing),
        Aspect.YesNo => new YesOrNo(true, true),
        _ => throw new InvalidOperationException($"{aspect.Name} is of no known kind."),
    };

    /// <summary>What is left when the condition holds, or does not; null when nothing is, and itself when it says nothing new.</summary>
    public abstract Possible? Narrow(Condition atom, bool holds);

    /// <summary>One value: of a set, or any but a set; or none at all.</summary>
    public sealed record Value(bool Only, HashSet<string> Set, bool MayBeMissing) : Possible
    {
        public override Possible? Narrow(Condition atom, bool holds)
        {
            if (atom is Condition.Present)
                return (holds, MayBeMissing) switch
                {
                    (true, true) => Some(this with { MayBeMissing = false }),
                    (true, false) => this,
                    (false, true) => new Value(true, [], true),
                    (false, false) => null,
                };
            var values = ((Condition.In)atom).Values;
            if (holds) return Some(new Value(true, [.. values.Where(Allows)], false), this);
            var set = Only ? Set.Where(v => !values.Contains(v)) : Set.Union(values);
            return Some(this with { Set = [.. set] }, this);
        }

        private bool Allows(string value) => Set.Contains(value) == Only;

        private static Value? Some(Value left, Value? before = null) =>
            left is { Only: true, Set.Count: 0, MayBeMissing: false } ? null
            : before is not null && left.Only == before.Only && left.Set.Count == before.Set.Count && left.MayBeMissing == before.MayBeMissing ? before : left;
    }

    /// <summary>Any number of values: none of some, at least one of each of others.</summary>
    public sealed record Values(IReadOnlyList<string>? Closed, HashSet<string> NoneOf, IReadOnlyList<IReadOnlyList<string>> OneOfEach, bool Some, bool Empty) : Possible
    {
        public override Possible? Narrow(Condition atom, bool holds) => (atom, holds) switch
        {
            (Condition.Present, true) => Some ? this : Left(this with { Some = true }),
            (Condition.Present, false) => Empty ? this : Left(this with { Empty = true }),
            (Condition.In(_, var values), true) => Left(this with { OneOfEach = [.. OneOfEach, values] }),
            (Condition.In(_, var values), false) => values.All(NoneOf.Contains) ? this : Left(this with { NoneOf = [.. NoneOf, .. values] }),
            _ => throw new InvalidOperationException($"{atom} is no condition on several values."),
        };

        private static Values? Left(Values left) =>
            left.Empty && (left.Some || left.OneOfEach.Count > 0)
            || left.OneOfEach.Any(set => set.All(v => left.NoneOf.Contains(v) || left.Closed?.Contains(v) == false))
            || left.Some && left.Closed?.All(left.NoneOf.Contains) == true
                ? null : left;
    }

    /// <summary>A number of some intervals, in order and apart; or none at all.</summary>
    public sealed record Number(IReadOnlyList<(int From, int To)> Intervals, bool MayBeMissing) : Possible
    {
        public override Possible? Narrow(Condition atom, bool holds)
        {
            var left = (atom, holds) switch
            {
                (Condition.Present, true) => this with { MayBeMissing = false },
                (Condition.Present, false) => this with { Intervals = [] },
                (Condition.Between(_, var from, var to), true) => new Number([.. Cut(from, to)], false),
                (Condition.Between(_, var from, var to), false) => this with { Intervals = [.. from > int.MinValue ? Cut(int.MinValue, from - 1) : [], .. to < int.MaxValue ? Cut(to + 1, int.MaxValue) : []] },
                _ => throw new InvalidOperationException($"{atom} is no condition on a number."),
            };
            if (left.Intervals.Count == 0 && !left.MayBeMissing) return null;
            return left.MayBeMissing == MayBeMissing && left.Intervals.SequenceEqual(Intervals) ? this : left;
        }

        private IEnumerable<(int From, int To)> Cut(int from, int to) =>
            Intervals.Select(i => (From: Math.Max(i.From, from), To: Math.Min(i.To, to))).Where(i => i.From <= i.To);
    }

    public sealed record YesOrNo(bool MayBe, bool MayBeNot) : Possible
    {
        public override Possible? Narrow(Condition atom, bool holds) =>
            holds ? MayBe ? MayBeNot ? this with { MayBeNot = false } : this : null
            : MayBeNot ? MayBe ? this with { MayBe = false } : this : null;
    }
}
