using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Tests.Rules;

public sealed class TheMissionsFile
{
    private static readonly HashSet<string> Zones = ["Asia/Kabul", "Asia/Tokyo"];
    private static readonly string[] Kabul = ["KBL", "Embassy Kabul", "embassy", "Kabul", "AF", "South Asia", "Asia/Kabul", "en;fa;ps"];

    [Fact]
    public void Lands_line_by_line()
    {
        var file = MissionFile.Check([new(2, Kabul)], Zones);

        file.Rejected.ShouldBeEmpty();
        var line = file.Good.ShouldHaveSingleItem();
        (line.Code, line.TimeZone).ShouldBe(("KBL", "Asia/Kabul"));
        line.Languages.ShouldBe(["en", "fa", "ps"]);
    }

    [Theory]
    [InlineData(0, "kbl", "Code \"kbl\" is none")]
    [InlineData(0, "CENTRAL", "and not CENTRAL")]
    [InlineData(0, "", "Code \"\" is none")]
    [InlineData(1, "", "The name is empty.")]
    [InlineData(1, "Embassy\tKabul", "The name has a character")]
    [InlineData(1, "Embassy \uFFFF", "The name has a character")]
    [InlineData(2, "Embassy", "Kind \"Embassy\" is none")]
    [InlineData(3, "", "The city is empty.")]
    [InlineData(4, "AFG", "Country \"AFG\"")]
    [InlineData(5, "", "The region is empty.")]
    [InlineData(6, "Asia/Kabool", "Zone \"Asia/Kabool\" is not known")]
    [InlineData(6, "+04:30", "Zone \"+04:30\" is not known")]
    [InlineData(7, "en;Urdu", "Language \"Urdu\" is not a code")]
    [InlineData(7, "", "Language \"\" is not a code")]
    [InlineData(7, "en,fa", "Language \"en,fa\" is not a code")]
    [InlineData(7, "en;fa;en", "A language stands there twice.")]
    public void Says_of_a_bad_value_what_is_wrong_with_it(int column, string value, string reason)
    {
        var fields = Kabul.ToArray();
        fields[column] = value;

        var file = MissionFile.Check([new(7, fields)], Zones);

        file.Good.ShouldBeEmpty();
        var rejected = file.Rejected.ShouldHaveSingleItem();
        rejected.Line.ShouldBe(7);
        rejected.Reason.ShouldContain(reason);
    }

    [Fact]
    public void Tells_everything_that_is_wrong_with_a_line_at_once()
    {
        var file = MissionFile.Check([new(2, ["KBL", "", "embassy", "Kabul", "AF", "South Asia", "Mars/Olympus", "en"])], Zones);

        file.Rejected.ShouldHaveSingleItem().Reason.ShouldBe("The name is empty. Zone \"Mars/Olympus\" is not known. Zones are written as in Asia/Kabul.");
    }

    [Fact]
    public void Refuses_a_line_with_too_many_or_too_few_columns()
    {
        var file = MissionFile.Check([new(2, [.. Kabul, "more"]), new(3, Kabul[..7])], Zones);

        file.Rejected.Select(r => (r.Line, r.Reason.Split('.')[0])).ShouldBe([(2, "The number of columns is 9 instead of 8"), (3, "The number of columns is 7 instead of 8")]);
    }

    [Fact]
    public void Takes_a_code_once_and_says_where_it_stood_first()
    {
        var file = MissionFile.Check([new(2, Kabul), new(3, Kabul)], Zones);

        file.Good.Count.ShouldBe(1);
        file.Rejected.ShouldBe([new(3, "Code KBL stands in line 2 already.")]);
    }

    [Fact]
    public void Takes_a_good_line_after_a_bad_one_with_the_same_code()
    {
        var bad = Kabul.ToArray();
        bad[6] = "Asia/Kabool";

        var file = MissionFile.Check([new(2, bad), new(3, Kabul)], Zones);

        file.Good.Count.ShouldBe(1);
        file.Rejected.ShouldHaveSingleItem().Line.ShouldBe(2);
    }

    [Fact]
    public void Lands_or_rejects_every_line_exactly_once_whatever_it_says() => Check.QuickThrowOnFailure(
        Prop.ForAll(SomeLines.ToArbitrary(), lines =>
        {
            var file = MissionFile.Check(lines, Zones);
            (file.Good.Count + file.Rejected.Count).ShouldBe(lines.Length);
            file.Good.Select(m => m.Code).ShouldBeUnique();
            file.Rejected.Select(r => r.Line).ShouldBeUnique();
            file.Rejected.ShouldAllBe(r => r.Reason.Length > 0);
        }));

    private static Gen<CsvLine[]> SomeLines
    {
        get
        {
            var value = Gen.Elements("KBL", "TYO", "Embassy", "embassy", "AF", "Asia/Kabul", "en;fa", "", " ", "\u0000", "\uD83D\uDE00", "CENTRAL");
            Gen<string[]> noise = Gen.Choose(0, 10).SelectMany(count => value.ArrayOf(count));
            Gen<string[]> good = Gen.Elements("KBL", "TYO", "LON").Select(code => Kabul.Select((text, i) => i == 0 ? code : text).ToArray());
            return Gen.OneOf<string[]>(noise, good).ListOf().Select(lines => lines.Select((fields, i) => new CsvLine(i + 2, fields)).ToArray());
        }
    }
}
