using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Http;

public sealed class IdempotencyTests
{
    private const string Notes = "/api/sample/notes";

    [Theory, OnBothDatabases]
    public async Task A_command_without_a_key_is_told_to_bring_one(Store store)
    {
        await using var sample = await StartAsync(store);

        var client = sample.Client("P1");
        (await client.Post(Notes, Text("a"), key: "")).ShouldBe(400, "idempotency.missing");
        (await client.Post(Notes, Text("a"), key: new string('k', 101))).ShouldBe(400, "idempotency.missing");
        (await CountAsync(sample)).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task The_same_command_again_gets_the_same_answer_and_does_nothing(Store store)
    {
        await using var sample = await StartAsync(store);
        var client = sample.Client("P1");

        var first = (await client.Post(Notes, Text("a"), key: "k1")).ShouldBe(201);
        var again = (await client.Post(Notes, Text("a"), key: "k1")).ShouldBe(201);

        again.Body.ShouldBe(first.Body);
        again.ETag.ShouldBe(first.ETag);
        again.Headers.Location.ShouldBe(first.Headers.Location);
        again.Headers.CacheControl!.NoStore.ShouldBeTrue();
        again.MediaType.ShouldBe(first.MediaType);
        (await CountAsync(sample)).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Another_body_under_the_same_key_is_refused(Store store)
    {
        await using var sample = await StartAsync(store);
        var client = sample.Client("P1");
        var note = (await client.Post(Notes, Text("a"), key: "k1")).ShouldBe(201)["id"];

        (await client.Post(Notes, Text("b"), key: "k1")).ShouldBe(422, "idempotency.differs");
        // Another route or another person is another key.
        (await client.Post($"{Notes}/{note}/revisions", Text("a"), key: "k1", version: 1)).ShouldBe(200);
        (await sample.Client("P2").Post(Notes, Text("b"), key: "k1")).ShouldBe(201);
    }

    [Theory, OnBothDatabases]
    public async Task Twenty_at_once_have_one_effect_and_one_answer(Store store)
    {
        await using var sample = await StartAsync(store);
        var client = sample.Client("P1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.Post(Notes, Text("a"), key: "k1")));

        // Who comes while the first still runs may be told so; whoever asks again gets the one answer.
        answers.ShouldAllBe(answer => answer.Status == 201 || answer.Code == "idempotency.running");
        answers.Where(answer => answer.Status == 201).Select(answer => answer.Body).Distinct().Count().ShouldBe(1);
        (await client.Post(Notes, Text("a"), key: "k1")).Body.ShouldBe(answers.First(answer => answer.Status == 201).Body);
        (await CountAsync(sample)).ShouldBe(1);
        (await sample.Db<SampleDb, int>(db => db.Outbox.CountAsync())).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task A_refused_command_changes_nothing_and_may_be_tried_again_under_its_key(Store store)
    {
        await using var sample = await StartAsync(store);
        var client = sample.Client("P1");
        (await client.Post(Notes, new { mission = "TYO", text = "a" }, key: "k1")).ShouldBe(403, "rights.role");
        (await sample.Db<SampleDb, int>(db => db.Idempotency.CountAsync())).ShouldBe(0);

        await sample.Given.DraftingOfficerAsync("P1", "TYO");

        (await client.Post(Notes, new { mission = "TYO", text = "a" }, key: "k1")).ShouldBe(201);
    }

    [Theory, OnBothDatabases]
    public async Task A_command_whose_handler_reads_no_body_is_kept_as_well(Store store)
    {
        await using var sample = await StartAsync(store);
        var client = sample.Client("P1");
        var id = (await client.Post(Notes, Text("a"))).ShouldBe(201)["id"];

        (await client.Post($"{Notes}/{id}/withdrawals", new { }, key: "k2", version: 1)).ShouldBe(202);
        (await client.Post($"{Notes}/{id}/withdrawals", new { }, key: "k2", version: 1)).ShouldBe(202);
        (await client.Post($"{Notes}/{id}/withdrawals", new { other = true }, key: "k2", version: 1)).ShouldBe(422, "idempotency.differs");
    }

    private static object Text(string text) => new { mission = "KBL", text };

    private static Task<int> CountAsync(ServiceUnderTest sample) => sample.Db<SampleDb, int>(db => db.Notes.CountAsync());

    private static async Task<ServiceUnderTest> StartAsync(Store store)
    {
        var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        await sample.Given.DraftingOfficerAsync("P1", "KBL");
        await sample.Given.DraftingOfficerAsync("P2", "KBL");
        return sample;
    }
}
