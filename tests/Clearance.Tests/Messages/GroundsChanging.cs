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
    public async Task What_becomes_a_flagship_is_asked_of_whom_the_policy_names_for_a_flagship(Footing footing)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(footing);
        await clearance.AdoptAsync("country-desks");
        await HeardAsync(clearance, Account(1));
        var (request, unread, elsewhere) = (await clearance.SubmittedAsync(), await clearance.SubmittedAsync(), await clearance.SubmittedAsync(Package("TYO")));
        (await clearance.DecideAsync(request)).ShouldBe(200)["status"].GetString().ShouldBe("Cleared");
        (await clearance.DecideAsync(elsewhere)).ShouldBe(200);
        await HeardAsync(clearance, Account(2)); // As it was.
        (await clearance.RequestAsync(request.PackageDigest)).Version.ShouldBe(2);

        await HeardAsync(clearance, Account(3, flagship: true));
        await HeardAsync(clearance, Account(3, flagship: true));
        foreach (var one in new[] { request, unread })
        {
            var anew = await clearance.RequestAsync(one.PackageDigest);
            (anew.Status, anew.Version, anew.Lapses.Single().Cause).ShouldBe((ClearanceStatus.InClearance, one == request ? 3 : 2, "account-flagship"));
            anew.Route.Because.Select(b => b.Rule).ShouldBe(["every-text", "flagship"]);
            (await clearance.DecideAsync(anew)).ShouldBe(200)["status"].GetString().ShouldBe("InClearance");
            var second = await clearance.RequestAsync(one.PackageDigest);
            (await clearance.DecideAsync(second, by: clearance.Service.Client("colleague"))).ShouldBe(200)["status"].GetString().ShouldBe("Cleared");
        }
        await clearance.LaterAsync(TimeSpan.FromSeconds(21), async () => (await clearance.RequestAsync(request.PackageDigest)).Status is ClearanceStatus.PermitIssued);
        (await clearance.RequestAsync(elsewhere.PackageDigest)).Lapses.ShouldBeEmpty();
    }

    [Theory, OnBothFootings]
    public async Task For_an_account_that_is_closed_or_anothers_nothing_can_be_cleared_until_the_register_says_otherwise(Footing footing)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(footing);
        await clearance.AdoptAsync("country-desks");
        await HeardAsync(clearance, Account(2));
        var (request, returned) = (await clearance.SubmittedAsync(), await clearance.SubmittedAsync());
        (await clearance.DecideAsync(request)).ShouldBe(200);
        await HeardAsync(clearance, Account(1, live: false)); // Late: something newer is known.
        (await clearance.RequestAsync(request.PackageDigest)).Version.ShouldBe(2);

        foreach (var (version, news, cause) in new[] { (3, Account(3, live: false), "account-closed"), (4, Account(4, mission: "TYO"), "account-moved") })
        {
            await HeardAsync(clearance, news);
            var gone = await clearance.RequestAsync(request.PackageDigest);
            (gone.Status, gone.Version, gone.Lapses[^1].Cause).ShouldBe((ClearanceStatus.InClearance, version, cause));
            (await clearance.DecideAsync(gone)).ShouldBe(409, "clearance.account-gone");
        }
        var late = await clearance.SubmittedAsync(); // Under way when the register spoke.
        (await clearance.DecideAsync(late)).ShouldBe(409, "clearance.account-gone");
        returned = await clearance.RequestAsync(returned.PackageDigest);
        (await clearance.DecideAsync(returned, new { decision = "Returned", packageDigest = returned.PackageDigest, reasonCode = "other", comment = "The account is another mission's." })).ShouldBe(200);

        await HeardAsync(clearance, Account(5));
        foreach (var one in new[] { request, late }) (await clearance.DecideAsync(await clearance.RequestAsync(one.PackageDigest))).ShouldBe(200)["status"].GetString().ShouldBe("Cleared");
        await clearance.LaterAsync(TimeSpan.FromSeconds(21), async () => (await clearance.RequestAsync(request.PackageDigest)).Status is ClearanceStatus.PermitIssued);
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

    private static AccountRecorded Account(int version, bool live = true, bool flagship = false, string mission = "KBL") => new("noticeboard:KBL", version, mission, "noticeboard", "KBL", live, flagship, Noon);

    private static async Task HeardAsync(ClearanceUnderTest clearance, IFact fact)
    {
        var sent = await clearance.Service.Publish(fact);
        var consumers = clearance.Service.Services.GetRequiredService<ConsumerMap>().QueuesFor(fact.GetType()).Count;
        await Eventually.Be(() => clearance.Service.Db<ClearanceDb, bool>(async db => await db.Inbox.CountAsync(row => row.MessageId == sent.MessageId) >= consumers));
    }
}
