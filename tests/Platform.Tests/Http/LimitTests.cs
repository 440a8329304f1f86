using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Http;

public sealed class LimitTests
{
    [Fact]
    public async Task Who_sends_too_much_is_told_when_to_come_again_and_nobody_else_is()
    {
        await using var sample = await ServiceUnderTest.StartAsync(
            new Setup(Store.Sqlite) { Settings = { ["Limits:RequestsPerSecondPerPerson"] = "5" } }, new SampleModule());
        var client = sample.Client("P1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => client.Get("/api/sample/signed-in")));

        answers.Count(answer => answer.Status == 200).ShouldBeGreaterThanOrEqualTo(10);
        var refused = answers.Where(answer => answer.Status != 200).ToList();
        refused.ShouldNotBeEmpty();
        foreach (var answer in refused)
        {
            answer.ShouldBe(429, "limit.person");
            answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        }
        (await sample.Client("P2").Get("/api/sample/signed-in")).ShouldBe(200);
        (await client.Get("/health/live")).ShouldBe(200);
    }

    [Fact]
    public async Task Services_among_each_other_have_only_the_common_limit()
    {
        await using var sample = await ServiceUnderTest.StartAsync(
            new Setup(Store.Sqlite) { Settings = { ["Limits:RequestsPerSecondPerPerson"] = "5" } }, new SampleModule());
        var client = sample.ServiceClient("publishing");

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => client.Get("/api/sample/for-publishing")));

        answers.ShouldAllBe(answer => answer.Status == 200);
    }

    [Fact]
    public async Task When_all_together_want_too_much_the_rest_is_told_to_wait()
    {
        var module = new SampleModule();
        await using var sample = await ServiceUnderTest.StartAsync(
            new Setup(Store.Sqlite) { Settings = { ["Limits:ConcurrentRequests"] = "4" } }, module);
        module.Turnstile.Close();
        var client = sample.ClientWith();

        var asked = Enumerable.Range(0, 20).Select(_ => client.Get("/api/sample/slow")).ToList();
        await Eventually.Be(() => asked.Count(task => task.IsCompleted) == 12); // 4 inside, 4 in line.
        (await client.Get("/health/live")).ShouldBe(200);
        module.Turnstile.Open();

        var answers = await Task.WhenAll(asked);
        answers.Count(answer => answer.Status == 200).ShouldBe(8);
        foreach (var answer in answers.Where(answer => answer.Status != 200))
        {
            answer.ShouldBe(503, "limit.platform");
            answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        }
    }
}
