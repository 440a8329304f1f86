using System.Text;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Registry.Domain;
using WorkflowPlatform.Registry.Imports;

namespace WorkflowPlatform.Registry.Tests.Rules;

public sealed class TheCsvFile
{
    private static readonly string[] Columns = ["code", "name"];

    [Theory]
    [InlineData("code,name\nKBL,Kabul\nTYO,Tokyo")]
    [InlineData("code,name\r\nKBL,Kabul\r\nTYO,Tokyo\r\n")]
    [InlineData("\uFEFFcode,name\r\nKBL,Kabul\r\nTYO,Tokyo\r\n")]
    [InlineData("Code, NAME \n KBL ,\tKabul\n\"TYO\",\" Tokyo \"\n")]
    public void May_have_a_mark_any_line_ends_quotes_and_spaces(string text) =>
        Read(text).Select(l => (l.Number, string.Join('|', l.Fields))).ShouldBe([(2, "KBL|Kabul"), (3, "TYO|Tokyo")]);

    [Fact]
    public void Counts_the_lines_as_an_editor_does() =>
        Read("code,name\n\n,\nKBL,Kabul\n\n\nTYO,Tokyo").Select(l => l.Number).ShouldBe([4, 7]);

    [Fact]
    public void Keeps_what_stands_in_quotes() =>
        Read("code,name\nKBL,\"Kabul, \"\"the\"\" embassy\"").ShouldHaveSingleItem().Fields[1].ShouldBe("Kabul, \"the\" embassy");

    [Fact]
    public void Loses_only_the_line_with_a_forgotten_quotation_mark()
    {
        var lines = Read("code,name\nKBL,\"Kabul\nTYO,Tokyo\nLON,Lon\"don\nPAR,\"Paris\"x\nDEL,Delhi");

        lines.Where(l => l.Flaw is not null).Select(l => l.Number).ShouldBe([2, 4, 5]);
        lines.Where(l => l.Flaw is null).Select(l => l.Fields[0]).ShouldBe(["TYO", "DEL"]);
    }

    [Fact]
    public void Is_brought_to_one_form_of_unicode() => Read("code,name\nKBL,Re\u0301publique").ShouldHaveSingleItem().Fields[1].ShouldBe("R\u00E9publique");

    [Theory]
    [InlineData("")]
    [InlineData("KBL,Kabul")]
    [InlineData("code;name\nKBL;Kabul")]
    [InlineData("name,code\nKabul,KBL")]
    [InlineData("code,name,city\nKBL,Kabul,Kabul")]
    [InlineData("code\nKBL")]
    public void Without_its_header_is_refused_whole(string text)
    {
        var refusal = Refused(Encoding.UTF8.GetBytes(text));
        refusal.Code.ShouldBe("import.header");
        refusal.Detail.ShouldStartWith("The first line must read code,name. It reads ");
    }

    [Fact]
    public void In_another_encoding_is_refused_whole()
    {
        Refused(Encoding.Unicode.GetBytes("code,name\nKBL,Kabul")).ShouldBe(CsvFile.NotUtf8);
        Refused([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("code,name\nKBL,Kabul")]).ShouldBe(CsvFile.NotUtf8);
        Refused(Encoding.Latin1.GetBytes("code,name\nSAO,São Paulo")).ShouldBe(CsvFile.NotUtf8);
    }

    [Fact]
    public void With_more_lines_than_any_ministry_has_is_refused_whole()
    {
        Read("code,name\n" + string.Concat(Enumerable.Repeat("A,B\n", CsvFile.MostLines))).Count.ShouldBe(CsvFile.MostLines);
        Refused(Encoding.UTF8.GetBytes("code,name\n" + string.Concat(Enumerable.Repeat("A,B\n", CsvFile.MostLines + 1)))).ShouldBe(CsvFile.TooLong);
    }

    private static IReadOnlyList<CsvLine> Read(string text)
    {
        CsvFile.TryRead(Encoding.UTF8.GetBytes(text), Columns, out var lines, out _).ShouldBeTrue();
        return lines!;
    }

    private static Refusal Refused(byte[] bytes)
    {
        CsvFile.TryRead(bytes, Columns, out _, out var refusal).ShouldBeFalse();
        return refusal!;
    }
}
