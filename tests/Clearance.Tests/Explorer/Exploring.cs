using System.Reflection;
using System.Runtime.CompilerServices;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

public sealed class Exploring(ITestOutputHelper output)
{
    /// <summary>With EXPLORE=far in the environment every world is walked one or two decisions further, which takes many minutes.</summary>
    private static readonly bool Far = Environment.GetEnvironmentVariable("EXPLORE") == "far";

    /// <summary>The worlds, and how many decisions on one text in each, those taken back included.</summary>
    private static readonly (World World, int Bound)[] Worlds = Far
        ? [(World.Calm(), 4), (World.Changing(), 3), (World.Pressed(), 3), (World.Strict(), 1), (World.Patient(), 1)]
        : [(World.Calm(), 3), (World.Changing(), 2), (World.Pressed(), 1), (World.Strict(), 1), (World.Patient(), 1)];

    /// <summary>Rows that no world reaches within its bound: an objection after silence has cleared a text, a permit refused, which would be a fault of the rules, and a note of what was said by telephone. Tests of their own go there.</summary>
    private static readonly (ClearanceStatus? From, string Fact)[] Elsewhere =
        [(ClearanceStatus.Cleared, nameof(Contracts.Clearance.ObjectionRaised)), (ClearanceStatus.Cleared, nameof(Contracts.Clearance.PermitWithheld)), (ClearanceStatus.InClearance, nameof(Contracts.Clearance.ClearanceRecorded))];

    [Fact]
    public void Nothing_that_can_be_reached_breaks_what_its_route_asks_and_every_row_of_the_table_is_reached()
    {
        var rows = new Dictionary<(ClearanceStatus? From, string Fact), long>();
        var states = 0;
        foreach (var (world, bound) in Worlds)
        {
            var explored = new Exploration(world, RuleSet.Product, bound).Run();
            output.WriteLine($"{world.Name}, {bound} decisions: {explored.States:n0} situations after {explored.Symmetries} symmetries, {explored.Transitions:n0} transitions, {explored.Refusals:n0} refusals, {explored.Permits:n0} permits, {explored.Took.TotalSeconds:0.0} s");
            output.WriteLine($"  two packages at one instant: {explored.ByPhase.Values.Sum(n => n * (n + 1) / 2):n0} pairs, for which one at a time stands");
            explored.Broken.ShouldBeNull(explored.Story);
            foreach (var (row, times) in explored.Rows) rows[row] = rows.GetValueOrDefault(row) + times;
            states += explored.States;
        }
        foreach (var row in ClearanceStates.Table.Rows) output.WriteLine($"{rows.GetValueOrDefault((row.From, row.Fact)),10:n0}  {row.From} {row.Fact} {row.To}");
        ClearanceStates.Table.Rows.Where(row => !rows.ContainsKey((row.From, row.Fact)) && !Elsewhere.Contains((row.From, row.Fact))).ShouldBeEmpty();
        output.WriteLine($"{states:n0} situations in all");
        states.ShouldBeGreaterThan(100_000);
    }

    /// <summary>Or else a name would hide something: whatever is done in one of them, the other comes to situations of the same names.</summary>
    [Fact]
    public void Situations_of_one_name_have_one_future()
    {
        var compared = new Exploration(World.Calm(), RuleSet.Product, Far ? 2 : 1).CompareFutures() + new Exploration(World.Changing(), RuleSet.Product, Far ? 2 : 1).CompareFutures();
        if (Far) compared += new Exploration(World.Pressed(), RuleSet.Product, 1).CompareFutures();
        output.WriteLine($"{compared:n0} situations had a name that another had had, and its future");
        compared.ShouldBeGreaterThan(Far ? 1000 : 100);
    }

    /// <summary>Two packages are each judged alone: no rule takes two, and nothing static remembers the one before.</summary>
    [Fact]
    public void No_rule_knows_two_packages()
    {
        var types = typeof(ClearanceRules).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith(typeof(ClearanceRules).Namespace!, StringComparison.Ordinal) == true).ToList();
        const BindingFlags all = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var method in new[] { typeof(ClearanceRules), typeof(PermitOffice), typeof(RevocationRules), typeof(DecisionGuards), typeof(Capacities) }.SelectMany(t => t.GetMethods(all)))
            method.GetParameters().Count(p => Knows(p.ParameterType)).ShouldBeLessThanOrEqualTo(1, method.Name);
        foreach (var field in types.Where(t => !t.ContainsGenericParameters && !t.IsDefined(typeof(CompilerGeneratedAttribute))).SelectMany(t => t.GetFields(all)).Where(f => f.IsStatic && !f.IsLiteral && !f.Name.StartsWith('<')))
            field.IsInitOnly.ShouldBeTrue($"{field.DeclaringType}.{field.Name} can change");

        static bool Knows(Type type) => type == typeof(ClearanceRequest) || (type.IsGenericType && type.GetGenericArguments().Any(Knows));
    }
}
