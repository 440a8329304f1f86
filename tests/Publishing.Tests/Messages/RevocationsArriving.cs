using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Publishing;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests.Messages;

public sealed class RevocationsArriving
{
    [Theory, OnBothDatabases]
    public async Task A_revocation_stops_what_stands_in_the_schedule_and_the_fact_names_it(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var package = publishing.Package(dueIn: TimeSpan.FromHours(1));
        await publishing.PermitAsync(package);
        var revocation = await publishing.RevokeAsync(package);
        var stopped = await FactAsync<ReleaseStopped>(publishing, package);
        (stopped.RevocationId, stopped.ReasonCode).ShouldBe((revocation, "facts"));
        (await publishing.FindAsync(package))!.DueAt.ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task A_revocation_that_overtakes_its_permit_stops_it_from_the_start(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var package = publishing.Package();
        var revocation = await publishing.RevokeAsync(package);
        await publishing.PermitAsync(package);
        (await publishing.StoryAsync(package)).ShouldBe("Stopped");
        (await FactAsync<ReleaseStopped>(publishing, package)).RevocationId.ShouldBe(revocation);
        publishing.Neighbours.Calls.ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task Permit_and_revocation_at_the_same_moment_never_miss_each_other(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var packages = Enumerable.Range(0, 40).Select(i => publishing.Package($"M{i}", dueIn: TimeSpan.FromHours(1))).ToList();
        await Task.WhenAll(packages.SelectMany(package => new Task[] { publishing.PermitAsync(package), publishing.RevokeAsync(package) }));
        (await publishing.ReleasesAsync()).Select(release => release.Status).ShouldBe(Enumerable.Repeat(ReleaseStatus.Stopped, packages.Count));
    }

    [Theory, OnBothDatabases]
    public async Task A_revocation_after_the_release_is_refused_with_how_it_ended(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var package = publishing.Package();
        await publishing.PermitAsync(package);
        await publishing.BecomesAsync(package, ReleaseStatus.Released);
        var revocation = await publishing.RevokeAsync(package);
        var refused = await FactAsync<RevocationRefused>(publishing, package);
        (refused.RevocationId, refused.Reason).ShouldBe((revocation, "released"));
        (await publishing.FindAsync(package))!.Status.ShouldBe(ReleaseStatus.Released);
        publishing.PostsOf(package).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task A_revocation_after_a_withdrawal_finds_it_stopped(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var package = publishing.Package(dueIn: TimeSpan.FromHours(1));
        await publishing.PermitAsync(package);
        await publishing.WithdrawAsync(package);
        await publishing.RevokeAsync(package);
        (await FactAsync<ReleaseStopped>(publishing, package)).RevocationId.ShouldBeNull();
        (await FactAsync<RevocationRefused>(publishing, package)).Reason.ShouldBe("stopped");
    }

    [Theory, OnBothDatabases]
    public async Task A_revocation_during_a_call_is_answered_by_its_outcome_and_stops_the_next_call(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        publishing.Neighbours.Faults = _ => Fault.CutBeforeApply;
        var package = publishing.Package();
        await publishing.PermitAsync(package);
        await publishing.BecomesAsync(package, ReleaseStatus.OutcomeUnknown);
        await publishing.RevokeAsync(package);
        await publishing.BecomesAsync(package, ReleaseStatus.Stopped);
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled Started OutcomeUnknown Rescheduled Stopped");
        publishing.PostsOf(package).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_held_after_a_call_without_effect_is_stopped_at_once_when_it_was_wanted_back_meanwhile(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        publishing.Neighbours.Faults = _ => Fault.CutBeforeApply;
        var package = publishing.Package(window: TimeSpan.FromMilliseconds(1500)); // Over before the account is read back.
        await publishing.PermitAsync(package);
        await publishing.BecomesAsync(package, ReleaseStatus.OutcomeUnknown);
        await publishing.RevokeAsync(package);
        await publishing.BecomesAsync(package, ReleaseStatus.Stopped);
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled Started OutcomeUnknown Held Stopped");
    }

    [Theory, OnBothDatabases]
    public async Task A_revocation_heard_twice_is_answered_once(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var package = publishing.Package(dueIn: TimeSpan.FromHours(1));
        await publishing.PermitAsync(package);
        var fact = await publishing.Service.Publish(new Contracts.Clearance.PermitRevocationAsked(
            Guid.CreateVersion7(), 4, package.DraftId, Examples.DigestOf(package), package.Mission, Guid.CreateVersion7(), Guid.CreateVersion7(), new Capacity("officer", "CENTRAL"), "line", publishing.Now));
        await publishing.Service.Send(fact);
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled Stopped");
    }

    private static async Task<T> FactAsync<T>(PublishingUnderTest publishing, ReleasePackage package)
    {
        var id = (await publishing.FindAsync(package))!.Id.ToString();
        var body = await publishing.Service.Db<PublishingDb, byte[]>(db => db.Outbox.Where(o => o.AggregateId == id && o.Type == typeof(T).FullName).Select(o => o.Body).SingleAsync());
        return JsonSerializer.Deserialize<T>(body, Json.Storage)!;
    }
}
