using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Http;

public sealed class IfMatchTests
{
    [Theory, OnBothDatabases]
    public async Task A_change_says_which_version_it_saw(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        await sample.Given.DraftingOfficerAsync("P1", "KBL");
        var client = sample.Client("P1");
        var created = (await client.Post("/api/sample/notes", new { mission = "KBL", text = "a" })).ShouldBe(201);
        var path = $"/api/sample/notes/{created["id"]}/revisions";
        var text = new { mission = "KBL", text = "b" };

        (await client.Post(path, text)).ShouldBe(428, "if-match.missing");

        var stale = (await client.Post(path, text, version: 7)).ShouldBe(412, "changed");
        (stale["yours"].GetString(), stale["current"].GetString()).ShouldBe(("\"7\"", "\"1\""));

        (await client.Post(path, text, version: 1)).ShouldBe(200).ETag.ShouldBe("\"2\"");
        (await client.Get($"/api/sample/notes/{created["id"]}")).ShouldBe(200).ETag.ShouldBe("\"2\"");
    }

    [Theory, OnBothDatabases]
    public async Task Of_twenty_changes_to_one_version_one_is_made_and_the_others_are_told(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        await sample.Given.DraftingOfficerAsync("P1", "KBL");
        var client = sample.Client("P1");
        var created = (await client.Post("/api/sample/notes", new { mission = "KBL", text = "a" })).ShouldBe(201);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n =>
            client.Post($"/api/sample/notes/{created["id"]}/revisions", new { mission = "KBL", text = $"b{n}" }, version: 1)));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.ShouldAllBe(answer => answer.Status == 200 || (answer.Status == 412 && answer.Code == "changed"));
    }
}
