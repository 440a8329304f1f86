using System.Collections.Concurrent;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Tests.Explorer;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Clearance.Tests.Rules;

/// <summary>Longer histories than can be enumerated, in ministries thrown together by chance; judged by the same invariants.</summary>
public sealed class AnyHistory(ITestOutputHelper output)
{
    private const int Histories = 10_000;

    private static readonly Gen<Chance> Chances =
        from world in Gen.Choose(0, int.MaxValue - 1).ArrayOf(60)
        from length in Gen.Choose(20, 120)
        from picks in Gen.Choose(0, int.MaxValue - 1).ArrayOf(length)
        select new Chance(world, picks);

    private sealed record Chance(int[] Dice, int[] Picks)
    {
        public World World() => RandomWorld.Of(Dice);
    }

    [Fact]
    public void No_step_of_any_history_breaks_what_its_route_asks()
    {
        var (steps, refusals, permits, longest) = (0L, 0L, 0, 0);
        var rows = new ConcurrentDictionary<(ClearanceStatus?, string), int>();
        Check(Histories, chance =>
        {
            var end = Walk(chance, RuleSet.Product, step =>
            {
                if (step.No is not null) refusals++;
                if (step.Yes is not { } yes) return;
                steps++;
                rows.AddOrUpdate((step.Before.Request?.Status, yes.Fact.GetType().Name), 1, (_, times) => times + 1);
                foreach (var invariant in Invariants.OfSteps) invariant.Holds(step).ShouldBeTrue($"{invariant.Name}: {step}");
            });
            if (end.Request is { DueAt: { } due } left && due <= end.Now)
                new Moves(chance.World(), RuleSet.Product).At(end.Now).Where(m => m.Name is "settle" or "issue").Any(m => m.Try(end)?.Yes is not null).ShouldBeTrue($"{Invariants.Due}: {left}");
            if (end.Request?.PermitId is not null) permits++;
            longest = Math.Max(longest, end.Request?.Decisions.Count ?? 0);
            return true;
        });
        output.WriteLine($"{Histories:n0} histories: {steps:n0} steps, {refusals:n0} refusals, {permits} permits, at most {longest} decisions; rows of the table reached: {rows.Count} of {ClearanceStates.Table.Rows.Count}");
        permits.ShouldBeGreaterThan(Histories / 100);
    }

    /// <summary>Refusals are for the officer; to the text nothing has happened.</summary>
    [Fact]
    public void What_is_refused_changes_nothing_and_a_history_without_it_ends_the_same() => Check(500, chance =>
    {
        var accepted = new List<Step>();
        var end = Walk(chance, RuleSet.Product, step =>
        {
            if (step.No is null) accepted.Add(step);
        }, Frozen);
        var moves = new Moves(chance.World(), RuleSet.Product);
        var again = accepted.Aggregate(Beginning(chance.World()), (situation, step) => moves.At(situation.Now).First(m => m.Name == step.Move).Try(situation)!.After);
        Written(again).ShouldBe(Written(end));
        return true;

        static void Frozen(Situation situation, Func<Step?> attempt)
        {
            var before = Written(situation);
            attempt();
            Written(situation).ShouldBe(before);
        }
    });

    /// <summary>Packages share people, offices and the clock, and nothing else: so one at a time is enough to explore.</summary>
    [Fact]
    public void Two_packages_fare_side_by_side_as_each_fares_alone() => Check(500, chance =>
    {
        var world = chance.World();
        var twin = world.Twin;
        var (one, other) = (Beginning(world), Beginning(twin));
        var (ones, others) = (new Moves(world, RuleSet.Product), new Moves(twin, RuleSet.Product));
        foreach (var pick in chance.Picks)
        {
            var turn = pick % 3;
            if (turn < 2) one = ones.Pick(one.Now, pick / 3).Try(one)?.After ?? one;
            if (turn > 0) other = others.Pick(other.Now, pick / 3).Try(other)?.After ?? other;
        }
        var alone = chance.Picks.Where(pick => pick % 3 < 2).Aggregate(Beginning(world), (s, pick) => ones.Pick(s.Now, pick / 3).Try(s)?.After ?? s);
        Written(alone).ShouldBe(Written(one));
        return true;
    });

    /// <summary>A guard gone from the deciding: the permit office hears the case again, and issues nothing out of order.</summary>
    [Fact]
    public void With_any_one_guard_of_a_decision_gone_no_permit_is_out_of_order()
    {
        var inOrder = Invariants.OfSteps.Single(i => i.Name == Invariants.Permit);
        var (wrong, permits) = (0, 0);
        foreach (var guard in RuleSet.Guards.Where(g => g.Split(':')[0] is "decision" or "amendment" or "escalation" or "silence" or "bypass" or "immediate"))
        {
            var rules = RuleSet.Without(guard);
            Check(100, chance =>
            {
                Walk(chance, rules, step =>
                {
                    if (step.Move == "issue" && step.No is { } no && no != ClearanceRules.NotDue && step.Before.Request!.Status is ClearanceStatus.Cleared) wrong++;
                    if (step.Yes?.Fact is not PermitIssued) return;
                    permits++;
                    inOrder.Holds(step).ShouldBeTrue($"without {guard}: {step}");
                });
                return true;
            });
        }
        output.WriteLine($"{permits} permits were in order, {wrong} times one was refused that a missing guard had let through");
        wrong.ShouldBeGreaterThan(0);
    }

    private static void Check(int times, Func<Chance, bool> holds) =>
        Prop.ForAll(Chances.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(times));

    private static Situation Beginning(World world) => new(null, world.Instants[0].At);

    private static Situation Walk(Chance chance, RuleSet rules, Action<Step> onStep, Action<Situation, Func<Step?>>? around = null)
    {
        var world = chance.World();
        var (moves, situation) = (new Moves(world, rules), Beginning(world));
        foreach (var pick in chance.Picks)
        {
            var move = situation.Request is null ? moves.At(situation.Now)[0] : moves.Pick(situation.Now, pick / 3);
            around?.Invoke(situation, () => move.Try(situation));
            if (move.Try(situation) is not { } step) continue;
            onStep(step);
            situation = step.After;
        }
        return situation;
    }

    private static string Written(Situation situation) => JsonSerializer.Serialize(situation, Json.Storage);
}
