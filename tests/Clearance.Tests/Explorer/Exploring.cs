using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

public sealed class Exploring(ITestOutputHelper output)
{
    /// <summary>Decisions on one text, those taken back included.</summary>
    private const int Bound = 4;

    [Fact]
    public void Nothing_that_can_be_reached_breaks_what_its_route_asks_and_every_row_of_the_table_is_reached()
    {
        var explored = new Exploration(World.Small(), RuleSet.Product, Bound).Run();
        output.WriteLine($"{Bound} decisions: {explored.States:n0} situations after {explored.Symmetries} symmetries, {explored.Transitions:n0} transitions, {explored.Refusals:n0} refusals, {explored.Permits:n0} permits, {explored.Took.TotalSeconds:0.0} s");
        output.WriteLine($"Two packages at one instant: {explored.ByPhase.Values.Sum(n => n * (n + 1) / 2):n0} pairs, which one at a time stands for");
        foreach (var row in ClearanceStates.Table.Rows) output.WriteLine($"{explored.Rows.GetValueOrDefault((row.From, row.Fact)),10:n0}  {row.From} {row.Fact} {row.To}");

        explored.Broken.ShouldBeNull(explored.Story);
        ClearanceStates.Table.Rows.Where(row => !explored.Rows.ContainsKey((row.From, row.Fact))).ShouldBeEmpty();
        explored.States.ShouldBeGreaterThan(100_000);
        explored.Permits.ShouldBeGreaterThan(0);
        explored.Symmetries.ShouldBe(2);
    }

    /// <summary>Or else a name would hide something: whatever is done in one of them, the other comes to situations of the same names.</summary>
    [Fact]
    public void Situations_of_one_name_have_one_future()
    {
        var compared = new Exploration(World.Small(), RuleSet.Product, 2).CompareFutures();
        output.WriteLine($"{compared:n0} situations had a name that another had had, and its future");
        compared.ShouldBeGreaterThan(1000);
    }

    /// <summary>Two packages are each judged alone: no rule takes two, and nothing static remembers the one before.</summary>
    [Fact]
    public void No_rule_knows_two_packages()
    {
        var types = typeof(ClearanceRules).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith(typeof(ClearanceRules).Namespace!, StringComparison.Ordinal) == true).ToList();
        const BindingFlags all = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var method in new[] { typeof(ClearanceRules), typeof(PermitOffice), typeof(RevocationRules), typeof(DecisionGuards), typeof(Capacities) }.SelectMany(t => t.GetMethods(all)))
            method.GetParameters().Count(p => Knows(p.ParameterType)).ShouldBeLessThanOrEqualTo(1, method.Name);
        foreach (var field in types.Where(t => !t.ContainsGenericParameters).SelectMany(t => t.GetFields(all)).Where(f => f.IsStatic && !f.IsLiteral && !f.Name.StartsWith('<') && !f.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute))))
        {
            field.IsInitOnly.ShouldBeTrue($"{field.DeclaringType}.{field.Name} can change");
            (field.GetValue(null) is IDictionary or ISet<string> && !field.FieldType.Name.StartsWith("IReadOnly", StringComparison.Ordinal)).ShouldBeFalse($"{field.DeclaringType}.{field.Name} can fill");
        }

        static bool Knows(Type type) => type == typeof(ClearanceRequest) || (type.IsGenericType && type.GetGenericArguments().Any(Knows));
    }
}
