using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Http;

public sealed class ProblemTests(SampleHost host) : IClassFixture<SampleHost>
{
    private readonly HttpClient client = host.Service.Client("P1");

    [Theory]
    [InlineData("""{"mission":"KBL","text":"a""", "Check the syntax")]
    [InlineData("", "")]
    [InlineData("""["KBL"]""", "Check the syntax")]
    [InlineData("null", "")]
    [InlineData("""{"mission":"KBL","text":1}""", "Check the syntax")]
    [InlineData("""{"mission":"KBL","text":null}""", "")]
    [InlineData("""{"mission":"KBL"}""", "required member is missing")]
    [InlineData("""{"mission":"KBL","text":"a","text":"b"}""", "stands there twice")]
    [InlineData("""{"mission":"KBL","text":"a","Text":"b"}""", "stands there twice")]
    [InlineData("""{"mission":"KBL","text":"a","secret":"b"}""", "is not known")]
    [InlineData("""{"mission":"KBL","text":"\ud83d"}""", "not valid Unicode")]
    [InlineData("""{"mission":"KBL","text":"\udca9\ud83d"}""", "not valid Unicode")]
    [InlineData("""{"mission":"KBL","text":"a"} {}""", "Check the syntax")]
    [InlineData("""{"mission":"KBL",/* c */"text":"a"}""", "Check the syntax")]
    public async Task A_body_that_is_not_what_it_should_be_is_told_what_is_wrong(string body, string told)
    {
        var answer = (await client.Post("/api/sample/notes", Json(body))).ShouldBe(400, "request.malformed");

        answer["detail"].GetString()!.ShouldContain(told);
        answer["detail"].GetString()!.ShouldNotContain("System.");
        answer["detail"].GetString()!.ShouldNotContain("WorkflowPlatform");
        (await host.Service.Db<SampleDb, int>(db => db.Notes.CountAsync())).ShouldBe(0);
        (await host.Service.Db<SampleDb, int>(db => db.Idempotency.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Broken_UTF8_is_told()
    {
        byte[] body = [.. """{"mission":"KBL","text":"a"""u8, 0xC3, 0x28, .. "\"}"u8];
        (await client.Post("/api/sample/notes", Json(body))).ShouldBe(400, "request.malformed");
    }

    [Fact]
    public async Task Too_deep_a_body_is_told() =>
        (await client.Post("/api/sample/notes", Json($$"""{"mission":{{new string('[', 40)}}{{new string(']', 40)}},"text":"a"}"""))).ShouldBe(400, "request.malformed");

    [Theory]
    [InlineData(300 * 1024, true)]
    [InlineData(300 * 1024, false)]
    [InlineData(10 * 1024 * 1024, true)]
    [InlineData(10 * 1024 * 1024, false)]
    public async Task Too_large_a_body_is_told_whether_it_says_its_length_or_not(int size, bool saysLength)
    {
        using var large = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"mission":"KBL","text":"{{new string('a', size)}}"}""")));
        large.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sample/notes") { Content = large };
        request.Headers.TransferEncodingChunked = !saysLength;
        request.Headers.Add("Idempotency-Key", "k");

        using var response = await client.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(413);
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        problem.GetProperty("code").GetString().ShouldBe("request.too-large");
        problem.GetProperty("detail").GetString()!.ShouldContain("larger");
        problem.GetProperty("detail").GetString()!.ShouldNotContain("post", customMessage: "A list that is imported is as large, and no post.");
    }

    [Fact]
    public async Task Another_media_type_is_told()
    {
        using var form = new StringContent("mission=KBL", Encoding.UTF8, "application/x-www-form-urlencoded");
        (await client.Post("/api/sample/notes", form)).ShouldBe(415, "request.media-type");
    }

    [Fact]
    public async Task A_rule_of_form_that_is_broken_is_told_by_field()
    {
        var answer = (await client.Post("/api/sample/notes", new { mission = "KBL", text = "" })).ShouldBe(400, "request.invalid");
        answer["errors"].GetProperty("text")[0].GetString()!.ShouldNotBeEmpty();
        answer.MediaType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("====")]
    [InlineData("MTIz")]
    [InlineData("OTk5OTk5OTk5OTk5OTk5OTk5L2E")]
    [InlineData("%F0%9F%92%A9")]
    public async Task A_cursor_that_is_none_of_ours_is_told(string cursor) =>
        (await client.Get($"/api/sample/notes?cursor={cursor}")).ShouldBe(400, "cursor.unreadable");

    [Fact]
    public async Task A_limit_that_is_no_number_is_told() =>
        (await client.Get("/api/sample/notes?limit=many")).ShouldBe(400, "request.malformed");

    [Fact]
    public async Task What_is_not_there_is_told()
    {
        (await client.Get("/api/sample/notes/01a230d5-12fb-79f3-a5ef-54029ab4f154")).ShouldBe(404, "not-found");
        (await client.Get("/api/sample/notes/1")).ShouldBe(404, "not-found");
        (await client.Get("/api/sample/nothing")).ShouldBe(404, "not-found");
        (await client.Send(HttpMethod.Delete, "/api/sample/notes")).ShouldBe(405, "request.method");
    }

    [Fact]
    public async Task A_fault_of_ours_tells_its_trace_and_nothing_else()
    {
        var answer = (await client.Get("/api/sample/bug")).ShouldBe(500, "fault");

        answer.Body.ShouldNotContain("secret");
        answer.Body.ShouldNotContain("Exception");
        answer["traceId"].GetString()!.ShouldMatch("^[0-9a-f]{32}$");
    }

    [Fact]
    public async Task Answers_name_no_server_and_are_not_stored()
    {
        var answer = await client.Get("/api/sample/signed-in");
        answer.Headers.Server.ShouldBeEmpty();
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    private static ByteArrayContent Json(string body) => Json(Encoding.UTF8.GetBytes(body));

    private static ByteArrayContent Json(byte[] body) => new(body) { Headers = { ContentType = new("application/json") } };
}
