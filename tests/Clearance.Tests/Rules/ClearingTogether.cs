using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class ClearingTogether
{
    private static readonly BulkItem Plain = new(Open(), null);

    /// <summary>For each guard a pair that it alone refuses.</summary>
    private static readonly Dictionary<string, BulkItem[]> OnlyRefusedBy = new()
    {
        ["one-kind"] = [Plain, Plain with { Request = Open() with { Mission = "TYO" } }],
        ["no-findings"] = [Plain, Plain with { Request = Open() with { Findings = [new Finding(FindingCodes.AltTextMissing, [])] } }],
        ["your-turn"] = [Plain, Plain with { WhyNot = "Others decide before you." }],
    };

    [Fact]
    public void Every_guard_refuses_what_no_other_guard_would()
    {
        OnlyRefusedBy.Keys.ShouldBe(BulkRules.All.Select(g => g.Name));
        foreach (var (name, items) in OnlyRefusedBy)
        {
            var refusal = BulkRules.Check(items).ShouldNotBeNull(name);
            BulkRules.Blamed(items, refusal).ShouldBe([items[1].Request.Id]);
            BulkRules.Check(items, [.. BulkRules.All.Where(g => g.Name != name)]).ShouldBeNull($"without {name}");
        }
    }

    [Fact]
    public void Posts_of_two_missions_are_of_one_kind_when_the_same_rules_asked_for_their_offices()
    {
        ClearanceRequest Ruled(string mission, string rule) => Open() with { Mission = mission, Route = Route(("CENTRAL", 1, 1)) with { Because = [new RuleMatch(rule, "", [], [])] } };

        BulkRules.Check([new(Ruled("KBL", "routine"), null), new(Ruled("TYO", "routine"), null)]).ShouldBeNull();
        BulkRules.Check([new(Ruled("KBL", "routine"), null), new(Ruled("TYO", "flagship"), null)]).ShouldBe(BulkRules.NotOneKind);
    }
}
