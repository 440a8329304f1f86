using System.Reflection;
using System.Runtime.CompilerServices;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Clearance;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

public sealed class Exploring(ITestOutputHelper output)
{
    /// <summary>With EXPLORE=far in the environment every world is walked one or two decisions further, which takes many minutes.</summary>
    private static readonly bool Far = Environment.GetEnvironmentVariable("EXPLORE") == "far";

    /// <summary>The worlds, and how many decisions on one text in each, those taken back included.</summary>
    private static readonly (World World, int Bound)[] Worlds = Far
        ? [(World.Calm(), 4), (World.Changing(), 3), (World.Pressed(), 3), (World.Strict(), 1), (World.Patient(), 1), (World.Running(), 3), (World.Called(), 3), (World.Paired(DecisionKind.Cleared, DecisionKind.Objected), 3)]
        : [(World.Calm(), 3), (World.Changing(), 2), (World.Pressed(), 1), (World.Strict(), 1), (World.Patient(), 1), (World.Running(), 3), (World.Called(), 2), (World.Paired(DecisionKind.Cleared, DecisionKind.Objected), 2)];

    /// <summary>A permit refused would be a fault of the rules: what tells of it has tests of its own.</summary>
    private static readonly (ClearanceStatus? From, string Fact)[] Elsewhere = [(ClearanceStatus.Cleared, nameof(Contracts.Clearance.PermitWithheld))];

    [Fact]
    public void Nothing_that_can_be_reached_breaks_what_its_route_asks_and_every_row_of_the_table_is_reached()
    {
        var rows = new Dictionary<(ClearanceStatus? From, string Fact), long>();
        var (states, transitions) = (0, 0L);
        foreach (var (world, bound) in Worlds)
        {
            var explored = new Exploration(world, RuleSet.Product, bound).Run();
            output.WriteLine($"{world.Name}, bound {bound} decisions: {explored.States:n0} situations after {explored.Symmetries} symmetries, {explored.Transitions:n0} transitions, {explored.Refusals:n0} refusals, {explored.Permits:n0} permits, {explored.Took.TotalSeconds:0.0} s");
            output.WriteLine($"  two packages at one instant: {explored.ByPhase.Values.Sum(n => n * (n + 1) / 2):n0} pairs, for which one at a time stands");
            explored.Broken.ShouldBeNull(explored.Story);
            foreach (var (row, times) in explored.Rows) rows[row] = rows.GetValueOrDefault(row) + times;
            states += explored.States;
            transitions += explored.Transitions;
        }
        foreach (var row in ClearanceStates.Table.Rows) output.WriteLine($"{rows.GetValueOrDefault((row.From, row.Fact)),10:n0}  {row.From} {row.Fact} {row.To}");
        var reached = ClearanceStates.Table.Rows.Where(row => rows.ContainsKey((row.From, row.Fact))).ToList();
        output.WriteLine($"bound {Worlds.Min(of => of.Bound)} to {Worlds.Max(of => of.Bound)} decisions in {Worlds.Length} worlds: {states:n0} situations after symmetry reduction, {transitions:n0} transitions, rows of the table reached: {reached.Count} of {ClearanceStates.Table.Rows.Count}");
        ClearanceStates.Table.Rows.Except(reached).Where(row => !Elsewhere.Contains((row.From, row.Fact))).ShouldBeEmpty();
        states.ShouldBeGreaterThan(100_000);
    }

    /// <summary>Whatever is one for both: the time, the people, an office's reach, what they cite, and the page on which they are cleared together.</summary>
    [Fact]
    public void Two_packages_side_by_side_break_nothing_in_any_order()
    {
        (World World, int Bound)[] worlds = [(World.PairedWidely(), Far ? 2 : 1), (World.Paired(Far ? [DecisionKind.Cleared, DecisionKind.Objected] : [DecisionKind.Cleared]), 2)];
        var shared = new Dictionary<string, long>();
        foreach (var (one, bound) in worlds)
        {
            var pair = new Pair(one, one.TheOther, bound).Run();
            output.WriteLine($"two packages, {one.Name}, bound {bound} decisions on each: {pair.Pairs:n0} pairs of {pair.Singles:n0} situations, {pair.Transitions:n0} transitions, {pair.Took.TotalSeconds:0.0} s");
            pair.Broken.ShouldBeNull();
            foreach (var (what, times) in pair.Shared) shared[what] = shared.GetValueOrDefault(what) + times;
        }
        foreach (var (what, times) in shared) output.WriteLine($"{times,10:n0}  {what}");
        shared.ShouldAllBe(of => of.Value > 0);
    }

    /// <summary>Or else a name would hide something: whatever is done in one of them, the other comes to situations of the same names.</summary>
    [Fact]
    public void Situations_of_one_name_have_one_future()
    {
        World[] worlds = [World.Calm(), World.Changing(), World.Running(), World.Called(), World.Paired(DecisionKind.Cleared)];
        var compared = worlds.Sum(world => new Exploration(world, RuleSet.Product, Far ? 2 : 1).CompareFutures());
        if (Far) compared += new Exploration(World.Pressed(), RuleSet.Product, 1).CompareFutures();
        output.WriteLine($"{compared:n0} situations had a name that another had had, and its future");
        compared.ShouldBeGreaterThan(Far ? 1000 : 100);
    }

    /// <summary>Each package is judged alone: no rule takes two, but for the page on which several are cleared together, and nothing static remembers the one before.</summary>
    [Fact]
    public void No_rule_knows_two_packages()
    {
        var types = typeof(ClearanceRules).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith(typeof(ClearanceRules).Namespace!, StringComparison.Ordinal) == true && !t.IsDefined(typeof(CompilerGeneratedAttribute)) && !t.Name.StartsWith('<')).ToList();
        const BindingFlags all = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var two = types.Where(t => t.GetMethods(all).Any(m => m.Name != "Equals" && !m.Name.StartsWith("op_", StringComparison.Ordinal) && m.GetParameters().Sum(p => Known(p.ParameterType)) > 1));
        two.ShouldBe([typeof(BulkRules)], "who reads two packages is explored with two");
        foreach (var field in types.Where(t => !t.ContainsGenericParameters).SelectMany(t => t.GetFields(all)).Where(f => f.IsStatic && !f.IsLiteral && !f.Name.StartsWith('<')))
            field.IsInitOnly.ShouldBeTrue($"{field.DeclaringType}.{field.Name} can change");

        // A list of them counts as two; a rule's own lambda over its one request does not.
        static int Known(Type type) => Holds(type) ? 1 : type.IsGenericType && typeof(System.Collections.IEnumerable).IsAssignableFrom(type) && type.GetGenericArguments().Any(Holds) ? 2 : 0;
        static bool Holds(Type type) => type == typeof(ClearanceRequest) || (type.Namespace == typeof(ClearanceRequest).Namespace && type.GetProperties().Any(p => p.PropertyType == typeof(ClearanceRequest)));
    }
}
