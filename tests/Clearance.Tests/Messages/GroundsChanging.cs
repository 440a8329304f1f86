using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Messaging;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Messages;

/// <summary>What votes were given on changes: by the real messages, on either bus.</summary>
public sealed class GroundsChanging
{
    private static readonly Guid Line = Guid.CreateVersion7(Noon), Figure = Guid.CreateVersion7(Noon);

    [Theory, OnBothFootings]
    public async Task A_withdrawn_line_or_a_changed_figure_voids_what_was_said_of_the_texts_that_cite_it_and_of_no_other(Footing footing)
    {
        foreach (var (cite, fact) in new (string, Func<int, IFact>)[]
                 {
                     (LineWithdrawn.Cited(Line), version => new LineWithdrawn(Line, version, Noon)), (FigureChanged.Cited(Figure), version => new FigureChanged(Figure, version, Noon)),
                 })
        {
            await using var clearance = await ClearanceUnderTest.StartAsync(footing);
            var (citing, other, silent) = (await clearance.SubmittedAsync(Citing(cite)), await clearance.SubmittedAsync(Citing("line:" + Guid.CreateVersion7())), await clearance.SubmittedAsync(Citing(cite)));
            (await clearance.DecideAsync(citing)).ShouldBe(200);
            (await clearance.DecideAsync(other)).ShouldBe(200);

            await HeardAsync(clearance, fact(1));
            var lapsed = await clearance.RequestAsync(citing.PackageDigest);
            (lapsed.Status, lapsed.Version, lapsed.Lapses.Single().Cause).ShouldBe((ClearanceStatus.InClearance, 3, cite));
            (await clearance.RequestAsync(other.PackageDigest)).Status.ShouldBe(ClearanceStatus.Cleared);
            (await clearance.RequestAsync(silent.PackageDigest)).Version.ShouldBe(1);
            var sheet = await clearance.Officer.Get($"api/clearance/requests/{citing.Id}");
            (sheet["decisions"][0].GetProperty("stands").GetBoolean(), sheet["lapses"][0].GetProperty("cause").GetString(), sheet["mayDecide"].GetBoolean()).ShouldBe((false, cite, true));
            (await clearance.FactsAsync(citing.Id))[^1].Type.ShouldEndWith(nameof(VotesLapsed));

            (await clearance.DecideAsync(lapsed)).ShouldBe(200);
            await HeardAsync(clearance, fact(1)); // What is known already, in another message.
            (await clearance.RequestAsync(citing.PackageDigest)).Status.ShouldBe(ClearanceStatus.Cleared);
        }
    }

    [Theory, OnBothFootings]
    public async Task An_account_that_is_closed_or_becomes_a_flagship_voids_them_and_one_that_stays_as_it_was_does_not(Footing footing)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(footing);
        await HeardAsync(clearance, Account(1));
        var (request, elsewhere) = (await clearance.SubmittedAsync(), await clearance.SubmittedAsync(Package("TYO")));
        (await clearance.DecideAsync(request)).ShouldBe(200);
        (await clearance.DecideAsync(elsewhere)).ShouldBe(200);

        await HeardAsync(clearance, Account(2));
        await HeardAsync(clearance, Account(1, live: false)); // Late: something newer is known.
        (await clearance.RequestAsync(request.PackageDigest)).Version.ShouldBe(2);

        foreach (var (version, news) in new[] { (3, Account(3, flagship: true)), (5, Account(4, live: false, flagship: true)) })
        {
            await HeardAsync(clearance, news);
            var lapsed = await clearance.RequestAsync(request.PackageDigest);
            (lapsed.Status, lapsed.Version).ShouldBe((ClearanceStatus.InClearance, version));
            (await clearance.DecideAsync(lapsed)).ShouldBe(200);
            await HeardAsync(clearance, news);
            (await clearance.RequestAsync(request.PackageDigest)).Version.ShouldBe(version + 1);
        }
        (await clearance.RequestAsync(request.PackageDigest)).Lapses.Select(l => l.Cause).ShouldBe(["account-flagship", "account-closed"]);
        (await clearance.RequestAsync(elsewhere.PackageDigest)).Status.ShouldBe(ClearanceStatus.Cleared);
    }

    [Theory, OnBothDatabases]
    public async Task With_the_permit_out_the_central_unit_is_told_and_may_take_it_back(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var permitted = await clearance.PermittedAsync(Citing(LineWithdrawn.Cited(Line)));
        await HeardAsync(clearance, new LineWithdrawn(Line, 1, Noon));

        var told = await clearance.RequestAsync(permitted.PackageDigest);
        (told.Status, told.Version).ShouldBe((ClearanceStatus.PermitIssued, 4));
        (await clearance.FactsAsync(told.Id))[^1].Type.ShouldEndWith(nameof(PermitGroundsLapsed));
        (await clearance.RevokeAsync(told)).ShouldBe(202);
    }

    [Theory, OnBothDatabases]
    public async Task A_moved_embargo_comes_as_another_package_and_nothing_said_of_the_first_counts_for_it(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var first = clearance.Shelf.Submit(Package());
        await clearance.Service.Publish(first);
        var request = await clearance.RequestAsync(first.PackageDigest);
        (await clearance.DecideAsync(request)).ShouldBe(200);
        await clearance.Service.Publish(new WithdrawalAsked(first.DraftId, 3, first.PackageDigest, first.Mission, new Capacity("author", first.Mission), Noon));

        var moved = await clearance.SubmittedAsync(Package(notBefore: Noon.AddHours(3)) with { DraftId = first.DraftId });
        (moved.Status, moved.Decisions.Count).ShouldBe((ClearanceStatus.InClearance, 0));
        (await clearance.DecideAsync(moved with { PackageDigest = first.PackageDigest }, by: clearance.Service.Client("colleague"))).ShouldBe(409, "clearance.text-changed");
    }

    private static ReleasePackage Citing(string cite) => Package() with { Cites = [cite] };

    private static AccountRecorded Account(int version, bool live = true, bool flagship = false) => new("noticeboard:KBL", version, "KBL", "noticeboard", "KBL", live, flagship, Noon);

    private static async Task HeardAsync(ClearanceUnderTest clearance, IFact fact)
    {
        var sent = await clearance.Service.Publish(fact);
        var consumers = clearance.Service.Services.GetRequiredService<ConsumerMap>().QueuesFor(fact.GetType()).Count;
        await Eventually.Be(() => clearance.Service.Db<ClearanceDb, bool>(async db => await db.Inbox.CountAsync(row => row.MessageId == sent.MessageId) >= consumers));
    }
}
