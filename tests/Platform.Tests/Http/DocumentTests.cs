using System.Text.Json;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Http;

public sealed class DocumentTests(SampleHost host) : IClassFixture<SampleHost>
{
    [Fact]
    public async Task The_module_describes_its_routes_in_OpenAPI_3_1()
    {
        var answer = (await host.Service.ClientWith().Get("/openapi/sample.json")).ShouldBe(200);

        answer["openapi"].GetString()!.ShouldStartWith("3.1");
        answer["info"].GetProperty("title").GetString().ShouldBe("WorkflowPlatform sample");
        var paths = answer["paths"];
        paths.EnumerateObject().ShouldAllBe(path => path.Name.StartsWith("/api/sample/"));
        HeadersOf(paths.GetProperty("/api/sample/notes").GetProperty("post")).ShouldContain("Idempotency-Key");
        HeadersOf(paths.GetProperty("/api/sample/notes").GetProperty("get")).ShouldBeEmpty();
        answer["components"].GetProperty("schemas").EnumerateObject().ShouldContain(schema => schema.Name == "NoteStatus");
    }

    [Fact]
    public async Task Nobody_else_has_a_document() =>
        (await host.Service.ClientWith().Get("/openapi/other.json")).ShouldBe(404);

    private static List<string?> HeadersOf(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? [.. parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "header").Select(p => p.GetProperty("name").GetString())]
            : [];
}
