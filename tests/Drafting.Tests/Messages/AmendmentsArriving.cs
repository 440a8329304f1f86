using System.Text.Json;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Drafting.Tests.Messages;

/// <summary>An officer of clearance changed a submitted text: its author sees it, and can still have it back.</summary>
public sealed class AmendmentsArriving
{
    [Theory, OnBothFootings]
    public async Task The_changed_text_is_a_revision_of_its_officer_and_its_author_is_told(Footing footing)
    {
        await using var desk = await Desk.OpenAsync(footing);
        var round = await Desk.SubmitAsync(desk.Amina);
        await desk.HeardAsync(round.Opened());
        await desk.HeardAsync(round.AmendmentDecided());
        (await Desk.ReadAsync(desk.Amina, round.Draft))["amendment"].ValueKind.ShouldBe(JsonValueKind.Null, "it can still be taken back");
        await desk.HeardAsync(round.Amended());

        var read = await Desk.ReadAsync(desk.Amina, round.Draft);
        (read["text"].GetString(), read["revision"].GetInt32(), read.Version, read["packageDigest"].GetString()).ShouldBe(("We are open from ten.", 2, 3, round.Digest));
        (read["state"].GetString(), read["standing"].GetString()).ShouldBe(("Submitted", "InClearance"));
        read["contributors"].EnumerateArray().Select(c => c.GetString()).ShouldBe(["1001", "2001"]);
        read["links"].EnumerateArray().Select(l => l.GetString()).ShouldBe(["https://example.org/hours"]);
        var amendment = read["amendment"];
        (amendment.GetProperty("person").GetString(), amendment.GetProperty("office").GetString(), amendment.GetProperty("submittedText").GetString(), amendment.GetProperty("submittedRevision").GetInt32())
            .ShouldBe(("2001", "CENTRAL", "We are open.", 1));
        var told = (await Desk.ListAsync(desk.Bilal, "happenings")).ShouldHaveSingleItem();
        (told.GetProperty("standing").GetString(), told.GetProperty("reasonCode").GetString(), told.GetProperty("excerpt").GetString()).ShouldBe(("InClearance", "amended", "We are open from ten."));
        (await desk.Service.ServiceClient("publishing").GetByteArrayAsync($"api/drafting/packages/{round.Digest}")).ShouldNotBeEmpty();
        (await FactsAsync(desk, round)).ShouldBe([nameof(RevisionSaved), nameof(PackageSubmitted), nameof(AmendmentTaken)]);

        // Every later fact names the new package, and finds the draft by it.
        foreach (var fact in new IFact[] { round.Cleared(), round.Permitted(), round.Scheduled() }) await desk.HeardAsync(fact);
        (await Desk.ReadAsync(desk.Amina, round.Draft))["standing"].GetString().ShouldBe("Scheduled");
    }

    [Theory, OnBothDatabases]
    public async Task Its_author_can_withdraw_it_and_write_on_from_what_the_officer_made_of_it(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var round = await Desk.SubmitAsync(desk.Amina);
        foreach (var fact in new IFact[] { round.Opened(), round.Amended() }) await desk.HeardAsync(fact);
        (await desk.Amina.Post($"api/drafting/drafts/{round.Draft}/withdrawals", version: 2)).ShouldBe(412);
        (await desk.Amina.Post($"api/drafting/drafts/{round.Draft}/withdrawals", version: 3)).ShouldBe(202);
        (await LastAskedAsync(desk, round)).PackageDigest.ShouldBe(round.Digest);

        await desk.HeardAsync(round.Withdrawn());
        var back = await Desk.ReadAsync(desk.Amina, round.Draft);
        (back["standing"].GetString(), back["text"].GetString()).ShouldBe(("Withdrawn", "We are open from ten."));
        (await desk.Amina.Post($"api/drafting/drafts/{round.Draft}/revisions", Desk.Revision("We are open."), version: back.Version)).ShouldBe(200);
        var own = await Desk.ReadAsync(desk.Amina, round.Draft);
        (own["amendment"].ValueKind, own["contributors"].GetArrayLength()).ShouldBe((JsonValueKind.Null, 2), "whoever changed it once had a hand in it");
    }

    [Theory, OnBothDatabases]
    public async Task A_withdrawal_asked_before_the_amendment_was_heard_is_asked_again_of_the_new_package(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var round = await Desk.SubmitAsync(desk.Amina);
        await desk.HeardAsync(round.Opened());
        (await desk.Amina.Post($"api/drafting/drafts/{round.Draft}/withdrawals", version: 2)).ShouldBe(202);
        await desk.HeardAsync(round.Amended());

        (await FactsAsync(desk, round)).ShouldBe([nameof(RevisionSaved), nameof(PackageSubmitted), nameof(WithdrawalAsked), nameof(AmendmentTaken), nameof(WithdrawalAsked)]);
        var asked = await LastAskedAsync(desk, round);
        (asked.PackageDigest, asked.By, asked.Version).ShouldBe((round.Digest, new Capacity("1001", Desk.Paris), 5));
        (await Desk.ReadAsync(desk.Amina, round.Draft))["standing"].GetString().ShouldBe("WithdrawalAsked");
        await desk.HeardAsync(round.Withdrawn());
        (await Desk.ReadAsync(desk.Amina, round.Draft))["standing"].GetString().ShouldBe("Withdrawn");
    }

    [Theory, OnBothDatabases]
    public async Task Bytes_that_cannot_be_had_yet_are_waited_for(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var round = await Desk.SubmitAsync(desk.Amina);
        await desk.HeardAsync(round.Opened());
        desk.Shelf.Closed = true;
        var hearing = desk.HeardAsync(round.Amended());
        await Eventually.Be(() => desk.Shelf.Misses > 1);
        (await Desk.ReadAsync(desk.Amina, round.Draft))["packageDigest"].GetString().ShouldBe(round.Submitted);
        desk.Shelf.Closed = false;
        await hearing;
        (await Desk.ReadAsync(desk.Amina, round.Draft))["packageDigest"].GetString().ShouldBe(round.Digest);
    }

    [Fact]
    public async Task Bytes_that_are_not_what_the_digest_names_change_nothing()
    {
        await using var desk = await Desk.OpenAsync(Store.Sqlite);
        var round = await Desk.SubmitAsync(desk.Amina);
        await desk.HeardAsync(round.Opened());
        await desk.Service.Publish(round.Amended(otherBytes: "{}"u8.ToArray()));
        (await Desk.ReadAsync(desk.Amina, round.Draft)).Version.ShouldBe(2);
        (await desk.Service.DeadLettersAsync<DraftingDb>("drafting.on-package-amended")).ShouldHaveSingleItem().Reason.ShouldContain("another digest");
    }

    private static Task<List<string>> FactsAsync(Desk desk, Round round) => desk.Service.Db<DraftingDb, List<string>>(async db =>
        [.. (await RowsAsync(db, round)).Select(row => row.Type.Split('.')[^1])]);

    private static Task<WithdrawalAsked> LastAskedAsync(Desk desk, Round round) => desk.Service.Db<DraftingDb, WithdrawalAsked>(async db =>
        JsonSerializer.Deserialize<WithdrawalAsked>((await RowsAsync(db, round)).Last(row => row.Type == typeof(WithdrawalAsked).FullName).Body, Json.Storage)!);

    private static Task<List<OutboxRow>> RowsAsync(DraftingDb db, Round round) =>
        db.Outbox.AsNoTracking().Where(row => row.AggregateId == round.Draft.ToString()).OrderBy(row => row.Version).ToListAsync();
}
