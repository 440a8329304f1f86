using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests.Messages;

public sealed class PermitsArriving
{
    [Theory, OnBothDatabases]
    public async Task A_permit_schedules_the_release_of_the_package_that_it_names(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var package = publishing.Package(dueIn: TimeSpan.FromHours(1));
        var permit = await publishing.PermitAsync(package);

        var release = (await publishing.FindAsync(package))!;
        (release.Version, release.Status, release.PermitId, release.DraftId).ShouldBe((1, ReleaseStatus.Scheduled, permit.PermitId, package.DraftId));
        (release.NotBefore, release.NotAfter, release.DueAt).ShouldBe((package.NotBefore, package.NotAfter, package.NotBefore));
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled");
        (await publishing.RefusalsAsync()).ShouldBeEmpty();
        publishing.Neighbours.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task The_same_permit_once_more_is_late_and_does_nothing()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        var package = publishing.Package(dueIn: TimeSpan.FromHours(1));
        var permit = Examples.Permit(package);
        var envelope = Examples.Sign(permit, publishing.Key);
        for (var i = 0; i < 3; i++) await publishing.SendAsync(permit, envelope);
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled");
        (await publishing.RefusalsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Eight_deliveries_at_once_make_one_release()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        var package = publishing.Package(dueIn: TimeSpan.FromHours(1));
        var permit = Examples.Permit(package);
        var envelope = Examples.Sign(permit, publishing.Key);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => publishing.SendAsync(permit, envelope)));
        (await publishing.ReleasesAsync()).Count.ShouldBe(1);
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled");
    }

    [Fact]
    public async Task Another_envelope_under_the_same_id_or_another_permit_for_the_same_package_is_told()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        var package = publishing.Package(dueIn: TimeSpan.FromHours(1));
        var permit = await publishing.PermitAsync(package);
        await publishing.PermitAsync(package, permit with { NotAfter = permit.NotAfter.AddDays(1) });
        await publishing.PermitAsync(package, permit); // Signed anew, which gives another signature.
        await publishing.PermitAsync(package, permit with { PermitId = Guid.CreateVersion7() });
        (await publishing.RefusalsAsync()).ShouldBe(["replayed", "replayed", "permitted-twice"]);
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled");
    }

    [Fact]
    public async Task What_permit_and_package_say_differently_is_told_and_the_package_not_kept()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        var permit = Examples.Permit(publishing.Package(dueIn: TimeSpan.FromHours(1)));
        await publishing.PermitAsync(null!, permit with { Account = "noticeboard:TYO" });
        await publishing.PermitAsync(null!, permit with { Mission = "TYO" });
        await publishing.PermitAsync(null!, permit with { Network = "other" });
        await publishing.PermitAsync(null!, permit with { NotBefore = permit.NotBefore.AddHours(-2) });
        await publishing.PermitAsync(null!, permit with { Contributors = ["author"] });
        await publishing.PermitAsync(null!, permit with { Decisions = [permit.Decisions[0] with { Person = "author" }] });
        await publishing.PermitAsync(null!, permit with { Decisions = [permit.Decisions[0] with { Kind = DecisionKind.Returned }] });
        (await publishing.RefusalsAsync()).ShouldBe(["account", "mission", "network", "window", "contributors", "four-eyes", "cleared"]);
        (await publishing.ReleasesAsync()).ShouldBeEmpty();
        (await publishing.Service.Db<PublishingDb, int>(db => db.Packages.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task A_package_that_cannot_be_had_yet_is_waited_for()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        var package = publishing.Package(dueIn: TimeSpan.FromHours(1));
        publishing.Neighbours.ShelfClosed = true;
        var sending = publishing.PermitAsync(package);
        await Eventually.Be(() => publishing.Neighbours.Misses > 1);
        publishing.Neighbours.ShelfClosed = false;
        await sending;
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled");
    }

    [Fact]
    public async Task Without_any_trusted_key_permits_are_kept_waiting_and_the_service_says_so()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite, trusted: false);
        var ready = await publishing.Service.ClientWith((string?)null).Get("health/ready");
        ready.ShouldBe(200);
        (ready["status"].GetString(), ready["parts"].GetProperty("publishing-trust").GetString()!.Contains("No permit key", StringComparison.Ordinal)).ShouldBe(("Degraded", true));

        var package = publishing.Package(dueIn: TimeSpan.FromHours(1));
        var sending = publishing.PermitAsync(package);
        publishing.Trust();
        await sending;
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled");
        (await publishing.RefusalsAsync()).ShouldBeEmpty();
        (await publishing.Service.ClientWith((string?)null).Get("health/ready"))["status"].GetString().ShouldBe("Healthy");
    }
}
