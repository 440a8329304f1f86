using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Tests.Rules;

public sealed class TheOfficesFile
{
    private static readonly HashSet<string> Zones = ["Asia/Karachi", "Europe/Paris"];
    private static readonly OfficeContext Fresh = new(Zones, new HashSet<string> { "KBL", "PAR" }, [OfficeRules.Central]);
    private static readonly string[] Hub = ["HUB-EUROPE", "Hub Europe", "regional-hub", "CENTRAL", "Europe/Paris", "09:00-17:00", "sun;sat", "2026-12-25;2026-05-01", "Europe"];

    [Fact]
    public void Lands_line_by_line_with_its_lists_in_one_order()
    {
        var office = OfficeFile.Check([new(2, Hub)], Fresh).Good.ShouldHaveSingleItem();

        (office.Code, office.Parent, office.Hours).ShouldBe(("HUB-EUROPE", "CENTRAL", "09:00-17:00"));
        office.RestDays.ShouldBe(["sat", "sun"]);
        office.Holidays.ShouldBe(["2026-05-01", "2026-12-25"]);
        office.Covers.ShouldBe(["Europe"]);
    }

    [Theory]
    [InlineData("CENTRAL", "central-unit", "", "")]
    [InlineData("DESK-GULF", "country-desk", "CENTRAL", "AE;QA")]
    [InlineData("DIMEC-ECONOMIC", "thematic-office", "CENTRAL", "E")]
    [InlineData("PAR", "front-office", "CENTRAL", "")]
    public void Takes_each_kind_of_office(string code, string kind, string parent, string covers) =>
        OfficeFile.Check([new(2, With((0, code), (2, kind), (3, parent), (8, covers)))], Fresh).Rejected.ShouldBeEmpty();

    [Theory]
    [InlineData(0, "HUBEUROPE", "Code \"HUBEUROPE\" is none")]
    [InlineData(0, "hub-europe", "Code \"hub-europe\" is none")]
    [InlineData(0, "PAR", "PAR is a mission: its office is a front-office.")]
    [InlineData(0, "CENTRAL", "There is one central-unit, and its code is CENTRAL.")]
    [InlineData(1, "", "The name is empty.")]
    [InlineData(2, "office", "Kind \"office\" is none.")]
    [InlineData(2, "central-unit", "There is one central-unit, and its code is CENTRAL.")]
    [InlineData(2, "front-office", "A front office bears its mission's code, and the register has no mission \"HUB-EUROPE\".")]
    [InlineData(3, "", "The parent is empty.")]
    [InlineData(3, "HUB-ASIA", "Parent \"HUB-ASIA\" is not known")]
    [InlineData(4, "Europe/Pariss", "Zone \"Europe/Pariss\" is not known.")]
    [InlineData(5, "9-17", "Hours \"9-17\" are none")]
    [InlineData(5, "09:00-25:00", "Hours \"09:00-25:00\" are none")]
    [InlineData(5, "09:00-09:00", "Hours 09:00-09:00 are no time at all")]
    [InlineData(5, "22:00-06:00", "Hours 22:00-06:00 are no time at all")]
    [InlineData(6, "friday", "Rest day \"friday\" is none.")]
    [InlineData(6, "mon;tue;wed;thu;fri;sat;sun", "The office would rest every day and never clear anything.")]
    [InlineData(6, "sat;sat", "A rest day or a holiday stands there twice.")]
    [InlineData(7, "2026-02-30", "Holiday \"2026-02-30\" is not a date")]
    [InlineData(8, "", "Say what it covers")]
    [InlineData(8, "Europe;Europe", "What it covers stands there twice.")]
    public void Says_of_a_bad_value_what_is_wrong_with_it(int column, string value, string reason)
    {
        var file = OfficeFile.Check([new(7, With((column, value)))], Fresh);

        file.Good.ShouldBeEmpty();
        file.Rejected.ShouldHaveSingleItem().Line.ShouldBe(7);
        file.Rejected[0].Reason.ShouldContain(reason);
    }

    [Theory]
    [InlineData("country-desk", "France", "A country-desk covers states by the two letters of ISO 3166, and \"France\" is none.")]
    [InlineData("country-desk", "UK", "A country-desk covers states by the two letters of ISO 3166, and \"UK\" is none.")]
    [InlineData("thematic-office", "X", "A thematic-office covers letters of the matrix: D, I, M, E, C, and \"X\" is none.")]
    public void Knows_what_each_kind_can_cover(string kind, string covers, string reason) =>
        OfficeFile.Check([new(2, With((2, kind), (8, covers)))], Fresh).Rejected.ShouldHaveSingleItem().Reason.ShouldBe(reason);

    [Fact]
    public void Has_nothing_above_the_central_unit_and_below_it_our_own_state_alone()
    {
        OfficeFile.Check([new(2, With((0, "CENTRAL"), (2, "central-unit"), (3, "HUB-EUROPE")))], Fresh).Rejected.ShouldHaveSingleItem().Reason
            .ShouldBe("CENTRAL has no office above it. A central-unit covers the ministry's own state by the two letters of ISO 3166, and \"Europe\" is none.");
        OfficeFile.Check([new(2, With((0, "CENTRAL"), (2, "central-unit"), (3, ""), (8, "PK")))], Fresh).Good.ShouldHaveSingleItem().Covers.ShouldBe(["PK"]);
    }

    [Fact]
    public void May_name_parents_that_stand_further_down()
    {
        var file = OfficeFile.Check([new(2, Office("DESK-A", "DESK-B", "AE")), new(3, Office("DESK-B", "CENTRAL", "QA"))], Fresh);

        file.Rejected.ShouldBeEmpty();
    }

    [Fact]
    public void Loses_the_lines_of_a_circle_and_what_hangs_on_it_and_nothing_else()
    {
        var file = OfficeFile.Check([
            new(2, Office("DESK-A", "DESK-B", "AD")), new(3, Office("DESK-B", "DESK-C", "BB")), new(4, Office("DESK-C", "DESK-A", "CD")),
            new(5, Office("DESK-D", "DESK-C", "DE")), new(6, Office("DESK-E", "CENTRAL", "EE")), new(7, Office("DESK-F", "DESK-F", "FR"))], Fresh);

        file.Good.Select(o => o.Code).ShouldBe(["DESK-E"]);
        file.Rejected.ShouldBe(
        [
            new(2, "Its parents go round in a circle: DESK-A, DESK-B, DESK-C, DESK-A."),
            new(3, "Its parents go round in a circle: DESK-B, DESK-C, DESK-A, DESK-B."),
            new(4, "Its parents go round in a circle: DESK-C, DESK-A, DESK-B, DESK-C."),
            new(5, "Parent \"DESK-C\" is not known: it is another office's code, from this file or from the register."),
            new(7, "Its parents go round in a circle: DESK-F, DESK-F."),
        ]);
    }

    [Fact]
    public void Closes_no_circle_with_what_the_register_holds()
    {
        var register = OfficeFile.Check([new(2, Office("DESK-A", "CENTRAL", "AD")), new(3, Office("DESK-B", "DESK-A", "BB"))], Fresh).Good;
        var file = OfficeFile.Check([new(2, Office("DESK-A", "DESK-B", "AD"))], Fresh with { Register = [OfficeRules.Central, .. register] });

        file.Rejected.ShouldHaveSingleItem().Reason.ShouldBe("Its parents go round in a circle: DESK-A, DESK-B, DESK-A.");
    }

    private static readonly string[] States = [.. "AD AE AF AG AI AL AM AO AQ AR AS".Split(' ')];

    [Fact]
    public void Leads_to_the_central_unit_within_eight_steps()
    {
        var lines = Enumerable.Range(1, 10).Select(n => new CsvLine(n + 1, Office($"DESK-{n}", n == 1 ? "CENTRAL" : $"DESK-{n - 1}", States[n])));

        OfficeFile.Check(lines, Fresh).Rejected.Select(r => r.Line).ShouldBe([10, 11]);
    }

    [Fact]
    public void Gives_a_region_and_a_state_to_one_office_of_a_kind()
    {
        var file = OfficeFile.Check([new(2, Hub), new(3, With((0, "HUB-OTHER"))), new(4, Office("DESK-A", "CENTRAL", "AE;QA")), new(5, Office("DESK-B", "CENTRAL", "QA;KW"))], Fresh);
        file.Rejected.ShouldBe([new(3, "Europe is HUB-EUROPE's already."), new(5, "QA is DESK-A's already.")]);

        // A state may change hands in one file, whichever line comes first.
        var after = Fresh with { Register = [OfficeRules.Central, .. file.Good] };
        OfficeFile.Check([new(2, Office("DESK-B", "CENTRAL", "QA")), new(3, Office("DESK-A", "CENTRAL", "AE"))], after).Rejected.ShouldBeEmpty();
        OfficeFile.Check([new(2, Office("DESK-B", "CENTRAL", "QA"))], after).Rejected.ShouldHaveSingleItem().Reason.ShouldBe("QA is DESK-A's already.");
    }

    [Fact]
    public void Lands_or_rejects_every_line_once_and_leaves_a_way_from_every_office_to_the_central_unit() => Check.QuickThrowOnFailure(
        Prop.ForAll(SomeLines.ToArbitrary(), SomeLines.ToArbitrary(), (first, second) =>
        {
            var context = Fresh;
            foreach (var lines in new[] { first, second })
            {
                var file = OfficeFile.Check(lines, context);
                (file.Good.Count + file.Rejected.Count).ShouldBe(lines.Length);
                file.Rejected.Select(r => r.Line).ShouldBeUnique();
                var after = context.Register.ToDictionary(o => o.Code);
                foreach (var office in file.Good) after[office.Code] = office;
                foreach (var office in after.Values)
                {
                    var (at, steps) = (office, 0);
                    while (at.Parent is { } parent && steps++ < 20) at = after[parent];
                    at.Code.ShouldBe("CENTRAL");
                }
                after.Values.SelectMany(o => o.Covers.Select(thing => (o.Kind, thing))).ShouldBeUnique();
                context = context with { Register = [.. after.Values] };
            }
        }));

    private static Gen<CsvLine[]> SomeLines
    {
        get
        {
            var code = Gen.Elements("DESK-A", "DESK-B", "DESK-C", "DESK-D");
            var office = from own in code from parent in Gen.OneOf(code, Gen.Constant("CENTRAL")) from state in Gen.Elements("AE", "QA", "KW", "OM", "XX1") select Office(own, parent, state);
            return office.ListOf().Select(lines => lines.Select((fields, i) => new CsvLine(i + 2, fields)).ToArray());
        }
    }

    private static string[] Office(string code, string parent, string covers) => With((0, code), (2, "country-desk"), (3, parent), (8, covers));

    private static string[] With(params (int Column, string Value)[] changes)
    {
        var fields = Hub.ToArray();
        foreach (var (column, value) in changes) fields[column] = value;
        return fields;
    }
}
