using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Messages;

public sealed class Hearing
{
    [Theory, OnBothDatabases]
    public async Task A_submission_heard_twice_opens_one_round(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var fact = clearance.Shelf.Submit(Package());
        var sent = await clearance.Service.Publish(fact);
        await clearance.Service.Send(sent);
        await clearance.Service.Publish(fact); // The same fact under another MessageId.
        (await clearance.Service.Db<ClearanceDb, int>(db => db.Requests.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task A_withdrawal_that_comes_before_its_submission_waits_for_it()
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(Store.Sqlite);
        var fact = clearance.Shelf.Submit(Package());
        var early = clearance.Service.Publish(Asked(fact));
        await clearance.Service.Publish(fact);
        await early;
        (await clearance.RequestAsync(fact.PackageDigest)).Status.ShouldBe(ClearanceStatus.Withdrawn);
    }

    [Fact]
    public async Task Bytes_that_are_not_what_the_digest_names_open_nothing_and_lie_among_the_dead_letters()
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(Store.Sqlite);
        var fact = clearance.Shelf.Submit(Package(), otherBytes: "{}"u8.ToArray());
        await clearance.Service.Publish(fact);
        (await clearance.Service.Db<ClearanceDb, int>(db => db.Requests.CountAsync())).ShouldBe(0);
        var dead = await clearance.Service.Db<ClearanceDb, Platform.Data.DeadLetterRow>(db => db.DeadLetters.SingleAsync());
        dead.Queue.ShouldBe("clearance.on-package-submitted");
        dead.Reason.ShouldContain("another digest");
    }

    [Fact]
    public async Task Drafting_may_be_away_for_longer_than_a_message_is_tried()
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(Store.Sqlite);
        var fact = clearance.Shelf.Submit(Package());
        clearance.Shelf.Down = true;
        var sent = clearance.Service.Publish(fact);
        await Eventually.Be(() => clearance.Shelf.TurnedAway > 13, TimeSpan.FromSeconds(120)); // A message at fault itself would have been given up by now.
        clearance.Shelf.Down = false;
        await sent;
        (await clearance.RequestAsync(fact.PackageDigest)).Status.ShouldBe(ClearanceStatus.InClearance);
        (await clearance.Service.Db<ClearanceDb, int>(db => db.DeadLetters.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task After_the_permit_a_withdrawal_is_not_clearances_to_grant()
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(Store.Sqlite);
        var fact = clearance.Shelf.Submit(Package());
        await clearance.Service.Publish(fact);
        await clearance.DecideAsync(await clearance.RequestAsync(fact.PackageDigest));
        await clearance.LaterAsync(TimeSpan.FromSeconds(21), async () => (await clearance.RequestAsync(fact.PackageDigest)).Status is ClearanceStatus.PermitIssued);

        await clearance.Service.Publish(Asked(fact));
        (await clearance.RequestAsync(fact.PackageDigest)).Status.ShouldBe(ClearanceStatus.PermitIssued);
    }

    private static WithdrawalAsked Asked(PackageSubmitted fact) => new(fact.DraftId, 3, fact.PackageDigest, fact.Mission, new Capacity("author", fact.Mission), Noon);
}
