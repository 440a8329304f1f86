using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts;
using static WorkflowPlatform.Clearance.Domain.Policy.Condition;
using static WorkflowPlatform.Clearance.Tests.PolicyExamples;

namespace WorkflowPlatform.Clearance.Tests.Rules;

/// <summary>What the check decides by reasoning, over every text of a small world: what it says of random packs is so, in both directions.</summary>
public sealed class AnyPolicy
{
    /// <summary>Every way in which the texts can differ that the conditions below can tell.</summary>
    private static readonly IReadOnlyList<Subject> World =
    [
        .. from mission in new[] { "KBL", "TYO", "PAR" }
           from lane in Enum.GetValues<Lane>()
           from states in new string[][] { [], ["CN"], ["IN"], ["XX"], ["CN", "IN"], ["CN", "XX"], ["IN", "XX"], ["CN", "IN", "XX"] }
           from length in new[] { 0, 1, 2, 3, 4 }
           from media in new[] { false, true }
           from audience in new[] { null, "youth", "press" }
           from region in new[] { "Asia", "Europe" }
           select Text with { Mission = mission, Region = region, Lane = lane, ThirdStates = states, Characters = length, HasMedia = media, Audience = audience },
    ];

    private static readonly Gen<Condition> Question = Gen.OneOf(
        Sets("mission", "KBL", "TYO"), Sets("lane", "routine", "priority", "immediate", "flash"), Sets("third-state", "CN", "IN"), Sets("audience", "youth"),
        from a in Gen.Choose(0, 3) from b in Gen.Choose(0, 3) select (Condition)new Between("characters", Math.Min(a, b), Math.Max(a, b)),
        Gen.Elements<Condition>(new Present("media"), new Present("third-state"), new Present("audience")));

    private static readonly Gen<Ask> Asks =
        from offices in Gen.SubListOf("central", "hub", "each-desk")
        from stage in Gen.Choose(1, 2)
        from quorum in Gen.Choose(0, 2)
        from silence in Gen.Elements(false, true)
        from forbidden in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from minutes in Gen.Frequency((3, Gen.Constant<int?>(null)), (1, Gen.Elements<int?>(30, 60)))
        from amend in Gen.Frequency((3, Gen.Constant<IReadOnlyList<string>?>(null)), (1, Gen.Elements<IReadOnlyList<string>?>([], ["text"], ["text", "links"])))
        from inform in Gen.Frequency((3, Gen.Constant<string[]>([])), (1, Gen.Elements<string[]>(["hub"], ["each-desk"])))
        select new Ask([.. offices.Select(o => new OfficeAsk(o, stage, quorum))], inform, new Clocks(minutes, null, null, minutes), amend, silence, forbidden, null);

    private static readonly Arbitrary<PolicyPack> Packs = (
        from rules in (from when in Conditions(3) from ask in Asks select (when, ask)).ArrayOf(4)
        select Pack([.. rules.Select((r, i) => Rule($"r{i}", r.when, r.ask))]) with { Default = Ask("central", "TRADE") }).ToArbitrary(); // No rule asks for TRADE: where the default is asked, it shows.

    [Fact]
    public void A_rule_is_said_never_to_match_exactly_when_it_matches_nothing() => Prop.ForAll(Packs, pack =>
    {
        var never = Check(pack).Where(f => f.Code == "policy.never-matches").Select(f => f.Line).ToList();
        var wanted = pack.Rules.Where(r => !AsksNothing(r) && !World.Any(text => pack.Matches(r.When, text))).Select(r => r.Line);
        never.ShouldBe(wanted);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Rules_are_said_to_be_needless_exactly_when_every_route_is_the_same_without_them() => Prop.ForAll(Packs, pack =>
    {
        var dropped = Check(pack).Select(f => f.Line).ToList();
        var kept = pack.Rules.Where(r => !dropped.Contains(r.Line)).ToList();
        if (kept.Count == 0) return;
        Differ(pack, pack with { Rules = kept }).ShouldBeFalse("the rules that are said to be needless change a route");
        foreach (var rule in kept)
            Differ(pack with { Rules = kept }, pack with { Rules = [.. kept.Where(r => r != rule)] }).ShouldBeTrue($"without {rule.Id} every route is the same");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void No_text_is_let_through_and_another_rule_never_makes_it_easier() => Prop.ForAll(Packs, pack =>
    {
        foreach (var text in World.Where((_, i) => i % 37 == 0))
        {
            var (with, without) = (Route(pack, text), Route(pack with { Rules = [.. pack.Rules.SkipLast(1)] }, text));
            with.Required.ShouldNotBeEmpty();
            if (without.Because.Any(b => b.Rule == Policies.DefaultRule)) continue;
            foreach (var office in without.Required)
            {
                var same = with.Required.Single(r => r.Office == office.Office);
                same.Stage.ShouldBeGreaterThanOrEqualTo(office.Stage);
                (same.Quorum == 0 || office.Quorum != 0 && same.Quorum >= office.Quorum).ShouldBeTrue();
                (same.SilenceCounts && !office.SilenceCounts).ShouldBeFalse();
            }
            (with.ImmediateAllowed && !without.ImmediateAllowed).ShouldBeFalse();
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void An_explanation_changes_as_little_as_can_be() => Prop.ForAll(Packs, pack =>
    {
        var asked = World.ToDictionary(text => text, text => Policies.Route(new SealedPack(pack, ""), text, PolicyExamples.Offices, explained: false).Required.Select(r => r.Office).ToHashSet());
        foreach (var text in World.Where((_, i) => i % 211 == 0))
            foreach (var office in asked[text])
            {
                var solver = new Satisfiability(pack, 1_000_000);
                var smallest = Explanation.Smallest(solver, solver.Of(Asking.Of(pack, PolicyExamples.Offices, office, text), holds: false), text)?.Changed.Count;
                smallest.ShouldBe(World.Where(other => !asked[other].Contains(office)).Select(other => (int?)Differences(text, other)).Min(), office);
            }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static Gen<Condition> Conditions(int depth) => depth == 0 ? Question : Gen.Frequency(
        (4, Question),
        (2, from parts in Conditions(depth - 1).ListOf(2) select (Condition)new All([.. parts])),
        (2, from parts in Conditions(depth - 1).ListOf(2) select (Condition)new Any([.. parts])),
        (2, from inner in Conditions(depth - 1) select (Condition)new Not(inner)));

    private static Gen<Condition> Sets(string aspect, params string[] values) =>
        from some in Gen.NonEmptyListOf(Gen.Elements(values)) select (Condition)new In(aspect, [.. some.Distinct()]);

    private static bool AsksNothing(Rule rule) => rule.Ask is { Clear.Count: 0, Inform.Count: 0, ImmediateForbidden: false, Amend: null, Bypass: null };

    private static int Differences(Subject a, Subject b) =>
        new[] { a.Mission != b.Mission, a.Lane != b.Lane, !a.ThirdStates.SequenceEqual(b.ThirdStates), a.Characters != b.Characters, a.HasMedia != b.HasMedia, a.Audience != b.Audience, a.Region != b.Region }.Count(d => d);

    private static bool Differ(PolicyPack one, PolicyPack other) => World.Any(text => Asked(one, text) != Asked(other, text));

    private static string Asked(PolicyPack pack, Subject text)
    {
        var route = Policies.Route(new SealedPack(pack, ""), text, PolicyExamples.Offices, explained: false);
        return string.Join(';', route.Required.Select(r => $"{r.Office} {r.Stage} {r.Quorum} {r.SilenceCounts} {r.ClockMinutes}"))
            + $"|{string.Join(',', route.Informed)}|{string.Join(',', route.Amendable.Order())}|{route.ImmediateAllowed}";
    }
}
