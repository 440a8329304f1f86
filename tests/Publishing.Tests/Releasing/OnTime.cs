using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests.Releasing;

public sealed class OnTime
{
    [Theory, OnBothDatabases]
    public async Task A_release_goes_out_at_its_instant_and_not_before(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var package = publishing.Package(text: "تم إغلاق القسم القنصلي 👩‍👩‍👧 \"يوم\" <الاثنين> & ကျေးဇူး", dueIn: TimeSpan.FromSeconds(1.5));
        await publishing.PermitAsync(package);
        var release = await publishing.BecomesAsync(package, ReleaseStatus.Released);

        var post = publishing.Neighbours.Posts.ShouldHaveSingleItem();
        (post.Board, post.Handle, post.Text, post.Language).ShouldBe(("KBL", release.PackageDigest[..32], package.Text, "en"));
        post.ReleasedAt.ShouldBeInRange(package.NotBefore, package.NotBefore.AddSeconds(5)); // Within milliseconds on an idle machine.
        release.Receipt.ShouldBe(post.Id);
        release.Attempts.ShouldHaveSingleItem().Outcome.ShouldBe(AttemptOutcome.Published);
        release.Attempts[0].StartedAt.ShouldBeGreaterThanOrEqualTo(package.NotBefore);
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled Started Completed");
        publishing.Neighbours.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task A_release_that_is_due_now_does_not_wait_for_one_that_is_due_later()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        var later = publishing.Package(dueIn: TimeSpan.FromSeconds(8));
        await publishing.PermitAsync(later);
        var now = publishing.Package();
        await publishing.PermitAsync(now);
        await publishing.BecomesAsync(now, ReleaseStatus.Released, TimeSpan.FromSeconds(4));
        (await publishing.FindAsync(later))!.Status.ShouldBe(ReleaseStatus.Scheduled);
    }

    [Theory, OnBothDatabases]
    public async Task Many_accounts_at_the_same_instant_go_out_together_and_one_account_in_order(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var due = publishing.Now.AddSeconds(4);
        var packages = Enumerable.Range(0, 60).Select(i => publishing.Package($"M{i}", dueIn: due - publishing.Now)).ToList();
        var onOne = Enumerable.Range(0, 5).Select(i => publishing.Package("ONE", $"number {i}", due.AddMilliseconds(i) - publishing.Now)).ToList();
        await Task.WhenAll(packages.Concat(onOne).Select(package => publishing.PermitAsync(package)));
        foreach (var package in packages.Concat(onOne)) await publishing.BecomesAsync(package, ReleaseStatus.Released);

        publishing.Neighbours.Posts.Count.ShouldBe(65);
        publishing.Neighbours.Calls.ShouldBe(65);
        publishing.Neighbours.Posts.Where(p => p.Board == "ONE").Select(p => p.Text).ShouldBe(onOne.Select(p => p.Text));
        var late = publishing.Neighbours.Posts.Where(p => p.Board != "ONE").Select(p => (p.ReleasedAt - due).TotalMilliseconds).Order().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{store}: lateness of 60 at one instant: median {late[30]:0} ms, last {late[^1]:0} ms");
        late[0].ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task What_is_over_before_it_can_go_out_waits_for_a_person()
    {
        await using var publishing = await PublishingUnderTest.PrepareAsync(Store.Sqlite, stepped: true);
        await publishing.StartAsync();
        var package = publishing.Package(dueIn: TimeSpan.FromHours(1), window: TimeSpan.FromHours(1));
        await publishing.PermitAsync(package);
        await publishing.StopAsync();
        publishing.Clock!.AdvanceTo(package.NotAfter);
        await publishing.StartAsync();
        (await publishing.BecomesAsync(package, ReleaseStatus.Held)).Reason.ShouldBe(HoldReasons.Stale);
        (await publishing.StoryAsync(package)).ShouldBe("Scheduled Held");
        publishing.Neighbours.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_due_while_nobody_was_there_goes_out_as_long_as_its_window_is_open()
    {
        await using var publishing = await PublishingUnderTest.PrepareAsync(Store.Sqlite, stepped: true);
        await publishing.StartAsync();
        var package = publishing.Package(dueIn: TimeSpan.FromHours(1), window: TimeSpan.FromHours(1));
        await publishing.PermitAsync(package);
        await publishing.StopAsync();
        publishing.Clock!.AdvanceTo(package.NotAfter.AddMilliseconds(-1));
        await publishing.StartAsync();
        await publishing.BecomesAsync(package, ReleaseStatus.Released);
    }
}
