using Dapper;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Http;

public sealed class HealthTests
{
    [Theory, OnBothDatabases]
    public async Task A_host_that_can_work_says_so(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        var client = sample.ClientWith();

        (await client.Get("/health/live")).ShouldBe(200).Body.ShouldBe("live");
        await Eventually.Passes(async () =>
        {
            var ready = (await client.Get("/health/ready")).ShouldBe(200);
            ready["status"].GetString().ShouldBe("Healthy");
            ready["parts"].GetProperty("sample").GetString().ShouldBe("ok");
        });
    }

    [Theory, OnBothDatabases]
    public async Task A_host_whose_schema_or_database_is_gone_says_which(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        var client = sample.ClientWith();
        await using (var connection = await (await sample.Backends.OpenAsync("sample")).OpenAsync(ct: TestContext.Current.CancellationToken))
            await connection.ExecuteAsync("delete from schema_version where area like '%Tests'");

        var answer = (await client.Get("/health/ready")).ShouldBe(503);
        answer["parts"].GetProperty("sample").GetString()!.ShouldContain("--prepare");
        (await client.Get("/health/live")).ShouldBe(200);
    }
}
