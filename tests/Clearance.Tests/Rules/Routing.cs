using System.Globalization;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts;
using static WorkflowPlatform.Clearance.Domain.Policy.Condition;
using static WorkflowPlatform.Clearance.Tests.PolicyExamples;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class Routing
{
    [Fact]
    public void A_text_that_no_rule_matches_goes_to_the_central_unit_and_never_through()
    {
        var route = Route(Pack(Rule("flash", In("lane", "flash"), Ask("hub"))), Text);
        var central = route.Required.ShouldHaveSingleItem();
        (central.Office, central.Stage, central.Quorum, central.SilenceCounts).ShouldBe(("CENTRAL", 1, 1, false));
        route.ImmediateAllowed.ShouldBeFalse();
        route.Because.ShouldHaveSingleItem().Rule.ShouldBe(Policies.DefaultRule);
        (route.PolicyVersion, route.PolicyDigest).ShouldBe(("example@3", new string('d', 64)));
    }

    [Theory]
    [InlineData(OfficeWords.EachDesk)]
    [InlineData(OfficeWords.EachThematic)]
    public void Rules_that_come_to_nobody_are_no_way_through(string office) =>
        Route(Pack(Rule("somebody", Always, Ask(office)), Rule("told", Always, Ask() with { Inform = ["hub"] })), Text).Required.ShouldHaveSingleItem().Office.ShouldBe("CENTRAL");

    [Fact]
    public void A_ministers_remark_on_two_states_goes_to_both_desks_and_cannot_go_out_first()
    {
        var route = Route(
            Pack(Rule("all", Always), Rule("states", new Present("third-state"), Ask("each-desk") with { ImmediateForbidden = true })),
            Text with { ThirdStates = ["CN", "IN"], Lane = Lane.Immediate });
        route.Required.Select(r => r.Office).ShouldBe(["CENTRAL", "DESK-CN", "DESK-IN"]);
        route.ImmediateAllowed.ShouldBeFalse();
        route.Because[1].Offices.ShouldBe(["DESK-CN", "DESK-IN"]);
        route.Required.Select(r => r.Unless).ShouldBe([null, "if it did not name CN", "if it did not name IN"]);
    }

    [Fact]
    public void An_office_that_is_not_in_the_book_is_stood_in_for_by_the_central_unit_and_the_match_says_so()
    {
        var route = Route(Pack(Rule("many", Always, Ask("hub", "front-office", "each-desk", "each-thematic", "GONE"))), Text with { Mission = "LIM", Region = "Americas", ThirdStates = ["FR"], Dimec = ["C"] });
        route.Required.ShouldHaveSingleItem().Office.ShouldBe("CENTRAL");
        route.Because[0].Notes.Count.ShouldBe(5);
        route.Because[0].Notes.ShouldContain("No country desk for FR is known: the central unit stands in.");
    }

    [Fact]
    public void Words_for_offices_are_found_in_the_book() =>
        Route(Pack(Rule("many", Always, Ask("central", "hub", "front-office", "each-desk", "each-thematic", "TRADE"))), Text with { ThirdStates = ["MN", "CN"], Dimec = ["M"] })
            .Required.Select(r => r.Office).ShouldBe(["CENTRAL", "DESK-CN", "HUB-ASIA", "KBL", "MILITARY", "TRADE"]);

    [Fact]
    public void The_strictest_of_what_rules_ask_of_an_office_wins()
    {
        Ask Of(int stage, int quorum, int? minutes, bool silence) => Ask() with { Clear = [new("HUB-ASIA", stage, quorum)], Clocks = new(minutes, null, null, null), Silence = silence };
        var pack = Pack(Rule("a", Always, Of(1, 3, 240, true)), Rule("b", Always, Of(4, 1, 60, true)), Rule("c", In("lane", "routine"), Of(2, RequiredOffice.Everybody, null, false)));
        var hub = Route(pack, Text).Required.ShouldHaveSingleItem();
        (hub.Stage, hub.Quorum, hub.ClockMinutes, hub.SilenceCounts).ShouldBe((4, RequiredOffice.Everybody, 60, false));
        hub.Rules.ShouldBe(["a", "b", "c"]);

        var flash = Route(pack, Text with { Lane = Lane.Flash }).Required.ShouldHaveSingleItem();
        (flash.Quorum, flash.ClockMinutes, flash.SilenceCounts).ShouldBe((3, null, true));
    }

    [Fact]
    public void Offices_of_a_lower_stage_come_first() =>
        Route(Pack(Rule("chain", Always, Ask() with { Clear = [new("central", 3, 1), new("hub", 2, 1), new("front-office", 1, 1)] })), Text)
            .Required.Select(r => (r.Stage, r.Office)).ShouldBe([(1, "KBL"), (2, "HUB-ASIA"), (3, "CENTRAL")]);

    [Fact]
    public void What_one_rule_does_not_allow_none_does_and_what_none_speaks_of_is_not_allowed()
    {
        var grants = Rule("grants", Always, Ask("central") with { Amend = ["text", "links"], Bypass = ["head-of-unit", "duty-officer"] });
        var silent = Rule("silent", Always, Ask("hub"));
        var narrow = Rule("narrow", In("mission", "KBL"), Ask() with { Amend = ["text"], Bypass = [] });
        Route(Pack(silent), Text).Amendable.ShouldBeEmpty();
        Route(Pack(grants, silent), Text).Amendable.ShouldBe(["text", "links"]);
        var both = Route(Pack(grants, silent, narrow), Text);
        both.Amendable.ShouldBe(["text"]);
        both.Bypass.ShouldBeEmpty();
    }

    [Fact]
    public void Who_must_clear_is_not_merely_informed() =>
        Route(Pack(Rule("a", Always, Ask("central")), Rule("b", Always, Ask() with { Inform = ["central", "hub"] })), Text).Informed.ShouldBe(["HUB-ASIA"]);

    [Fact]
    public void An_hour_that_is_not_set_lies_in_no_interval()
    {
        var night = new Between("release-hour", 22, 23);
        var pack = Pack(Rule("night", night, Ask("hub")), Rule("not-night", new Not(night), Ask("TRADE")));
        Route(pack, Text).Required.Single().Office.ShouldBe("TRADE");
        Route(pack, Text with { ReleaseHour = 22 }).Required.Single().Office.ShouldBe("HUB-ASIA");
    }

    [Theory]
    [InlineData("monday", "2026-11-30")]
    [InlineData("saturday", "2026-12-05")]
    [InlineData("sunday", "2026-12-06")]
    public void A_day_of_the_week_is_that_of_the_release_and_no_day_is_none(string weekday, string date)
    {
        var pack = Pack(Rule("day", In("weekday", weekday), Ask("hub")), Rule("no-day", new Not(new Present("weekday")), Ask("TRADE")));
        Route(pack, Text with { ReleaseDate = DateOnly.Parse(date, CultureInfo.InvariantCulture) }).Required.Single().Office.ShouldBe("HUB-ASIA");
        Route(pack, Text).Required.Single().Office.ShouldBe("TRADE");
    }

    [Theory]
    [InlineData("2026-12-06", false)]
    [InlineData("2026-12-07", true)]
    [InlineData("2026-12-20", true)]
    [InlineData("2026-12-21", false)]
    public void Two_weeks_before_an_election_are_two_weeks_with_both_their_ends(string date, bool within)
    {
        var pack = Pack(Rule("election", new Between("release-date", Aspect.Day.Read("2026-12-07")!.Value, Aspect.Day.Read("2026-12-20")!.Value), Ask("hub")));
        Route(pack, Text with { ReleaseDate = DateOnly.Parse(date, CultureInfo.InvariantCulture) }).Required.Single().Office.ShouldBe(within ? "HUB-ASIA" : "CENTRAL");
    }

    [Fact]
    public void What_the_brief_says_it_is_about_counts_where_nothing_is_named_and_for_the_host_too()
    {
        var pack = Pack(Rule("about", In("counterpart", "AF"), Ask("TRADE")));
        Route(pack, Text with { Counterparts = ["AF"] }).Required.Single().Office.ShouldBe("TRADE");
        Route(pack, Text with { ThirdStates = ["AF"] }).Required.Single().Office.ShouldBe("CENTRAL");
    }

    [Theory]
    [MemberData(nameof(Explained))]
    public void Every_office_says_what_would_have_to_be_otherwise(Condition when, string? unless) =>
        Route(Pack(Rule("r", when, Ask("TRADE"))), Text with { ThirdStates = ["CN", "IN"], Lane = Lane.Flash, HasMedia = true, Findings = ["alt-text-missing"], Characters = 300, ReleaseHour = 9, ReleaseDate = new DateOnly(2026, 12, 1), Counterparts = ["AF"], Audience = "youth" })
            .Required.ShouldHaveSingleItem().Unless.ShouldBe(unless);

    [Fact]
    public void An_office_that_several_rules_ask_is_needed_until_none_of_them_does()
    {
        var pack = Pack(Rule("states", new Present("third-state"), Ask("TRADE")), Rule("pictures", new Present("media"), Ask("TRADE", "hub")));
        var route = Route(pack, Text with { ThirdStates = ["CN"], HasMedia = true });
        route.Required.Select(r => (r.Office, r.Unless)).ShouldBe([("HUB-ASIA", "if it had no media"), ("TRADE", "if it did not name a third state and it had no media")]);
        // What no rule asks about goes to the central unit: it is not needed once a rule asks for another.
        Route(pack, Text).Required.Single().Unless.ShouldBe("if it were to name a third state");
        Route(Pack(Rule("all", Always), Rule("flagship", new Present("flagship"), Ask() with { Clear = [new("central", 1, 2)] })), Text with { Flagship = true }).Required.Single().Unless.ShouldBeNull();
    }

    public static TheoryData<Condition, string?> Explained => new()
    {
        { Always, null },
        { new Present("third-state"), "if it did not name a third state" },
        { In("third-state", "CN", "FR"), "if it did not name CN" },
        { AllOf(In("mission", "KBL"), In("lane", "immediate", "flash")), "if its lane were priority or routine" },
        { AnyOf(In("mission", "KBL"), In("lane", "immediate", "flash")), "if its lane were priority or routine and its mission were not KBL" },
        { new Not(In("third-state", "FR")), "if it were to name FR" },
        { new Between("characters", 281, int.MaxValue), "if its length in characters were at most 280" },
        { new Between("release-hour", 8, 9), "if its hour of release were at least 10" },
        { In("weekday", "tuesday"), "if its day of the week of release were not tuesday" },
        { new Between("release-date", Aspect.Day.Read("2026-11-20")!.Value, Aspect.Day.Read("2026-12-06")!.Value), "if its date of release were 2026-12-07 or later" },
        { In("counterpart", "AF", "IR"), "if it did not list AF" },
        { new Present("media"), "if it had no media" },
        { AllOf(new Present("audience"), new Not(In("audience", "press"))), "if its audience were not given" },
        { In("finding", "alt-text-missing"), "if it did not have alt-text-missing" },
    };
}
