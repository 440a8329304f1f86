using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts;
using static WorkflowPlatform.Clearance.Domain.Policy.Condition;

namespace WorkflowPlatform.Clearance.Tests;

/// <summary>A ministry's offices, a text, and words to write rules with.</summary>
internal static class PolicyExamples
{
    public static readonly OfficeBook Offices = new(
    [
        new("CENTRAL", OfficeKinds.CentralUnit, null, []),
        new("HUB-ASIA", OfficeKinds.RegionalHub, "CENTRAL", ["Asia"]),
        new("DESK-CN", OfficeKinds.CountryDesk, "HUB-ASIA", ["CN", "MN"]),
        new("DESK-IN", OfficeKinds.CountryDesk, "HUB-ASIA", ["IN"]),
        new("DESK-XX", OfficeKinds.CountryDesk, "CENTRAL", ["XX"]),
        new("MILITARY", OfficeKinds.ThematicOffice, "CENTRAL", ["M"]),
        new("TRADE", OfficeKinds.ThematicOffice, "CENTRAL", ["E"]),
        new("KBL", OfficeKinds.FrontOffice, "HUB-ASIA", []),
    ]);

    public static readonly Subject Text = new(
        "KBL", "embassy", "Asia", "author", "noticeboard:KBL", "noticeboard", false, Lane.Routine, "en",
        [], [], null, [], 120, false, false, null, 0);

    public static Ask Ask(params string[] clear) => new([.. clear.Select(office => new OfficeAsk(office, 1, 1))], [], Clocks.None, null, false, false, null);

    public static Rule Rule(string id, Condition when, Ask? ask = null) => new(id, $"Rule {id}", when, ask ?? Ask(OfficeWords.Central)) { Line = 1 };

    public static PolicyPack Pack(params Rule[] rules) =>
        new("example", 3, "An example", [], [], [.. rules.Select((rule, i) => rule with { Line = i + 1 })], Domain.Policy.Ask.CentralUnit);

    public static Route Route(PolicyPack pack, Subject subject) => Policies.Route(new SealedPack(pack, new string('d', 64)), subject, Offices);

    public static IReadOnlyList<PolicyFault> Check(PolicyPack pack) => PolicyCheck.Check(pack, Offices);

    public static Condition In(string aspect, params string[] values) => new In(aspect, values);

    public static Condition AllOf(params Condition[] of) => new All(of);

    public static Condition AnyOf(params Condition[] of) => new Any(of);
}
