using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests.Messages;

public sealed class WithdrawalsArriving
{
    [Theory, OnBothDatabases]
    public async Task A_withdrawal_stops_what_stands_in_the_schedule(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var package = publishing.Package(dueIn: TimeSpan.FromHours(1));
        await publishing.PermitAsync(package);
        await publishing.WithdrawAsync(package);
        await publishing.WithdrawAsync(package);
        (await publishing.FindAsync(package))!.DueAt.ShouldBeNull();
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled Stopped");
    }

    [Theory, OnBothDatabases]
    public async Task A_withdrawal_that_was_heard_before_the_permit_stops_it_from_the_start(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var package = publishing.Package();
        await publishing.WithdrawAsync(package);
        await publishing.PermitAsync(package);
        (await publishing.StoryAsync(package)).ShouldBe("Stopped");
        publishing.Neighbours.Calls.ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task Permit_and_withdrawal_at_the_same_moment_never_miss_each_other(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var packages = Enumerable.Range(0, 40).Select(i => publishing.Package($"M{i}", dueIn: TimeSpan.FromHours(1))).ToList();
        await Task.WhenAll(packages.SelectMany(package => new[] { publishing.PermitAsync(package), publishing.WithdrawAsync(package) }));
        (await publishing.ReleasesAsync()).Select(release => release.Status).ShouldBe(Enumerable.Repeat(ReleaseStatus.Stopped, packages.Count));
    }

    [Fact]
    public async Task A_withdrawal_after_the_release_changes_nothing()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        var package = publishing.Package();
        await publishing.PermitAsync(package);
        await publishing.BecomesAsync(package, ReleaseStatus.Released);
        await publishing.WithdrawAsync(package);
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled Started Completed");
    }

    [Fact]
    public async Task A_withdrawal_during_a_call_that_turns_out_to_have_had_no_effect_stops_the_next_one()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        publishing.Neighbours.Faults = _ => Fault.CutBeforeApply;
        var package = publishing.Package();
        await publishing.PermitAsync(package);
        await publishing.BecomesAsync(package, ReleaseStatus.OutcomeUnknown);
        await publishing.WithdrawAsync(package);
        await publishing.BecomesAsync(package, ReleaseStatus.Stopped);
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled Started OutcomeUnknown Rescheduled Stopped");
        publishing.PostsOf(package).ShouldBe(0);
    }

    [Fact]
    public async Task The_bytes_of_a_package_are_kept_once_its_permit_is_here()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        var package = publishing.Package(dueIn: TimeSpan.FromHours(1));
        await publishing.WithdrawAsync(package);
        await publishing.PermitAsync(package);
        var copy = await publishing.Service.Db<PublishingDb, PackageCopy>(db => db.Packages.SingleAsync());
        copy.Bytes.ShouldBe(Examples.BytesOf(package));
    }
}
