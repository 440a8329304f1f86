using System.Diagnostics;
using WorkflowPlatform.Clearance.Domain.Policy;
using static WorkflowPlatform.Clearance.Domain.Policy.Condition;
using static WorkflowPlatform.Clearance.Tests.PolicyExamples;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class CheckingPolicies
{
    private static readonly Rule Everything = Rule("everything", Always);

    [Fact]
    public void A_pack_of_known_words_in_which_every_rule_counts_has_no_fault() =>
        Check(Pack(Everything, Rule("states", new Present("third-state"), Ask("each-desk")), Rule("military", In("dimec", "M"), Ask("MILITARY")))).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Impossible))]
    public void A_rule_that_can_never_match_is_found(Condition when) => Fault(Pack(Everything, Rule("never", when, Ask("hub")))).ShouldBe((2, "policy.never-matches"));

    public static TheoryData<Condition> Impossible =>
    [
        AnyOf(),
        AllOf(In("mission", "KBL"), In("mission", "TYO")),
        AllOf(In("mission", "KBL"), new Not(In("mission", "KBL", "TYO"))),
        new Not(In("lane", "routine", "priority", "immediate", "flash")),
        AllOf(new Between("characters", 0, 280), new Between("characters", 281, 500)),
        AllOf(new Not(new Present("third-state")), In("third-state", "CN")),
        AllOf(new Present("dimec"), new Not(In("dimec", "D", "I", "M", "E", "C"))),
        AllOf(new Present("media"), new Not(new Present("media"))),
        AllOf(new Present("weekday"), new Not(In("weekday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))),
        AllOf(new Between("release-date", 0, 9_000), new Between("release-date", 9_001, 9_100)),
        AllOf(new Not(new Present("audience")), In("audience", "youth")),
        AllOf(AnyOf(In("mission", "KBL"), In("mission", "TYO")), AnyOf(In("mission", "PAR"), In("mission", "LIM"))),
    ];

    [Theory]
    [MemberData(nameof(Possible))]
    public void A_rule_that_can_match_is_not_taken_for_one_that_cannot(Condition when) => Check(Pack(Everything, Rule("can", when, Ask("hub")))).ShouldBeEmpty();

    public static TheoryData<Condition> Possible =>
    [
        AllOf(In("third-state", "CN"), In("third-state", "IN")), // A text may name both.
        AllOf(In("dimec", "D"), new Not(In("dimec", "I", "M", "E", "C"))),
        new Not(In("mission", "KBL")),
        AllOf(In("weekday", "friday"), new Between("release-date", 9_000, 9_000)), // Aspects know nothing of each other.
        new Not(new Between("release-hour", 0, 23)), // It goes out as soon as it is cleared.
    ];

    [Fact]
    public void A_rule_that_others_make_needless_is_found_and_they_are_named()
    {
        var fault = Check(Pack(Everything, Rule("kabul", In("mission", "KBL")))).ShouldHaveSingleItem();
        (fault.Line, fault.Code).ShouldBe((2, "policy.shadowed"));
        fault.Reason.ShouldContain("\"everything\"");

        // No single one of the others covers it: together they do.
        Fault(Pack(Rule("media", new Present("media")), Rule("none", new Not(new Present("media"))), Rule("kabul", In("mission", "KBL")))).ShouldBe((3, "policy.shadowed"));
        Fault(Pack(Rule("one", In("mission", "KBL")), Rule("other", In("mission", "KBL")))).ShouldBe((2, "policy.shadowed"));
    }

    [Theory]
    [MemberData(nameof(Stricter))]
    public void A_rule_that_asks_for_more_is_not_needless(Ask ask) => Check(Pack(Everything, Rule("kabul", In("mission", "KBL"), ask))).ShouldBeEmpty();

    public static TheoryData<Ask> Stricter =>
    [
        Ask("hub"),
        Ask() with { Clear = [new("central", 2, 1)] },
        Ask() with { Clear = [new("central", 1, 2)] },
        Ask() with { Clear = [new("central", 1, RequiredOffice.Everybody)] },
        Ask("central") with { Clocks = new(null, null, null, 5) },
        Ask("central") with { ImmediateForbidden = true },
        Ask("central") with { Inform = ["hub"] },
        Ask("central") with { Amend = ["text"] },
    ];

    [Fact]
    public void Words_that_nobody_knows_are_found_with_what_there_is()
    {
        Fault(Pack(Everything, Rule("r", Always, Ask("DESK-ATLANTIS")))).ShouldBe((2, "policy.unknown-office"));
        Fault(Pack(Everything, Rule("r", Always, Ask() with { Inform = ["NOBODY"] }))).ShouldBe((2, "policy.unknown-office"));
        Fault(Pack(Everything, Rule("r", In("misson", "KBL"), Ask("hub")))).ShouldBe((2, "policy.unknown-attribute"));
        Fault(Pack(Everything, Rule("r", new Present("mission"), Ask("hub")))).ShouldBe((2, "policy.unknown-attribute"));
        Fault(Pack(Everything, Rule("r", In("lane", "urgent"), Ask("hub")))).ShouldBe((2, "policy.unknown-value"));
        Fault(Pack(Everything, Rule("r", In("dimec", "X"), Ask("hub")))).ShouldBe((2, "policy.unknown-value"));
        Fault(Pack(Everything, Rule("r", In("third-state", "China"), Ask("hub")))).ShouldBe((2, "policy.unknown-value"));
        Fault(Pack(Everything, Rule("r", In("third-state", "UK"), Ask("hub")))).ShouldBe((2, "policy.unknown-value"));
        Fault(Pack(Everything, Rule("r", In("finding", "term-listed:war"), Ask("hub")))).ShouldBe((2, "policy.unknown-value"));
        Fault(Pack(Everything, Rule("r", new Between("release-hour", 0, 24), Ask("hub")))).ShouldBe((2, "policy.number"));
        Fault(Pack(Everything, Rule("r", new Between("characters", 9, 3), Ask("hub")))).ShouldBe((2, "policy.number"));
        Fault(Pack(Everything, Rule("r", new Defined("urgent") { Line = 2 }, Ask("hub")))).ShouldBe((2, "policy.unknown-definition"));
        Fault(Pack(Everything, Rule("everything", Always, Ask("hub")))).ShouldBe((2, "policy.duplicate"));
        Fault(Pack(Rule("r", Always, Ask()))).ShouldBe((1, "policy.asks-nothing"));
        Fault(Pack()).ShouldBe((1, "policy.empty"));
        Fault(Pack(Everything) with { Default = Ask("hub") }).Code.ShouldBe("policy.default");
    }

    [Fact]
    public void Places_that_the_register_has_not_are_found_and_what_it_knows_nothing_of_passes()
    {
        var book = new OfficeBook(PolicyExamples.Offices.All, new Dictionary<string, IReadOnlyList<string>> { ["region"] = ["Asia", "Europe"], ["account"] = [] });
        PolicyCheck.Check(Pack(Everything, Rule("r", In("region", "Europe"), Ask("hub")), Rule("s", In("account", "x:kabul"), Ask("TRADE"))), book).ShouldBeEmpty();

        var fault = PolicyCheck.Check(Pack(Everything, Rule("r", In("region", "Erope"), Ask("hub"))), book).ShouldHaveSingleItem();
        (fault.Line, fault.Code, fault.Reason).ShouldBe((2, "policy.unknown-value", "\"Erope\" is no region. There are: Asia, Europe."));
    }

    [Fact]
    public void Definitions_that_go_in_a_circle_are_named()
    {
        var pack = Pack(Rule("r", new Defined("a"))) with
        {
            Definitions = [new("a", new Defined("b") { Line = 3 }) { Line = 3 }, new("b", AllOf(new Present("media"), new Defined("a") { Line = 5 })) { Line = 4 }],
        };
        var fault = Check(pack).ShouldHaveSingleItem();
        (fault.Line, fault.Code).ShouldBe((5, "policy.cycle"));
        fault.Reason.ShouldContain("a → b → a");
    }

    [Fact]
    public void Definitions_that_double_at_each_step_are_too_complicated()
    {
        var pack = Pack(Rule("r", new Defined("d30"))) with
        {
            Definitions = [new("d0", new Present("media")), .. Enumerable.Range(1, 30).Select(i => new Definition($"d{i}", AllOf(new Defined($"d{i - 1}"), new Defined($"d{i - 1}"))))],
        };
        Fault(pack).ShouldBe((1, "policy.too-complicated"));
    }

    [Fact]
    public void Offices_that_refer_up_in_a_circle_are_named()
    {
        var circle = new OfficeBook([new("CENTRAL", OfficeKinds.CentralUnit, null, []), new("A", OfficeKinds.CountryDesk, "B", []), new("B", OfficeKinds.CountryDesk, "A", []), new("C", OfficeKinds.CountryDesk, "A", [])]);
        var fault = PolicyCheck.Check(Pack(Everything), circle).ShouldHaveSingleItem();
        fault.Code.ShouldBe("policy.office-circle");
        fault.Reason.ShouldContain("A → B → A");
    }

    [Fact]
    public void Ten_thousand_rules_are_one_fault_at_the_line_where_it_goes_over_and_at_once()
    {
        var watch = Stopwatch.StartNew();
        Fault(Pack([.. Enumerable.Range(0, 10_000).Select(i => Rule($"r{i}", Always))])).ShouldBe((501, "policy.too-many-rules"));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void As_many_rules_as_a_pack_holds_are_decided()
    {
        Rule[] rules = [.. Enumerable.Range(0, PolicyPack.MostRules - 1).Select(i => Rule($"r{i}", AllOf(In("mission", $"M{i}"), AnyOf(new Present("media"), In("lane", "flash"))))), Rule("again", AllOf(In("mission", "M7"), new Present("media")))];
        Fault(Pack(rules)).ShouldBe((500, "policy.shadowed"));
    }

    /// <summary>Whether these can all hold at once is the pigeons' old question, which takes for ever.</summary>
    [Fact]
    public void What_cannot_be_decided_within_the_limit_is_refused_and_never_guessed()
    {
        const int holes = 9;
        string Hole(int i) => "AD AE AF AG AI AL AM AO AQ".Split(' ')[i];
        var pigeons = Enumerable.Range(0, 12).Select(i => AnyOf([.. Enumerable.Range(0, holes).Select(h => AllOf(In("third-state", Hole(h)), new Not(In("finding", $"term-listed:t{(i + h) % 4}"))))]));
        var pack = Pack(Rule("r", AllOf([.. pigeons, .. Enumerable.Range(0, 4).Select(t => In("finding", $"term-listed:t{t}"))]))) with { Terms = [.. Enumerable.Range(0, 4).Select(t => new ListedTerm($"t{t}", ["x"]))] };
        PolicyCheck.Check(pack, PolicyExamples.Offices, budget: 20).ShouldHaveSingleItem().Code.ShouldBe("policy.too-complicated");
    }

    private static (int Line, string Code) Fault(PolicyPack pack)
    {
        var fault = Check(pack).ShouldHaveSingleItem();
        return (fault.Line, fault.Code);
    }
}
