using System.Collections.Concurrent;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests.Releasing;

public sealed class UnknownOutcomes
{
    private const string Sure = "Scheduled Started Completed";
    private const string Found = "Scheduled Started OutcomeUnknown Completed";
    private const string NotThere = "Scheduled Started OutcomeUnknown Rescheduled Started Completed";
    private const string PutOff = "Scheduled Started Rescheduled Started Completed";

    private static readonly Dictionary<Fault, string> Stories = new()
    {
        [Fault.None] = Sure, [Fault.CutBeforeApply] = NotThere, [Fault.CutAfterApply] = Found, [Fault.HalfAnswer] = Found, [Fault.ErrorAfterApply] = Found,
        [Fault.ErrorBeforeApply] = NotThere, [Fault.AnswersLate] = Found, [Fault.AppliesLate] = Found, [Fault.TooMany] = PutOff, [Fault.Busy] = PutOff,
        [Fault.NoRight] = PutOff, [Fault.Elsewhere] = NotThere,
    };

    [Theory]
    [InlineData(Store.Sqlite, true)]
    [InlineData(Store.Sqlite, false)]
    [InlineData(Store.Postgres, true)]
    [InlineData(Store.Postgres, false)]
    public async Task Whatever_becomes_of_the_first_call_the_post_is_there_once(Store store, bool handles)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store, handles, settings: [("Publishing:CallSeconds", "4"), ("Publishing:SettleSeconds", "4")]);
        publishing.Neighbours.Late = TimeSpan.FromSeconds(6); // After the call's deadline, before its quiet time is over.
        var met = new ConcurrentDictionary<string, bool>();
        publishing.Neighbours.Faults = text => met.TryAdd(text, true) ? Enum.Parse<Fault>(text) : Fault.None;
        var cases = Stories.Keys.Select(fault => (Fault: fault, Package: publishing.Package($"F{(int)fault}", fault.ToString()))).ToList();
        await Task.WhenAll(cases.Select(one => publishing.PermitAsync(one.Package)));

        foreach (var (fault, package) in cases)
        {
            var release = await publishing.BecomesAsync(package, ReleaseStatus.Released, TimeSpan.FromSeconds(40));
            publishing.PostsOf(package).ShouldBe(1, fault.ToString());
            release.Receipt.ShouldBe(publishing.Neighbours.Posts.Single(p => p.Text == package.Text).Id);
            (await publishing.StoryAsync(package)).ShouldBe(Stories[fault], fault.ToString());
        }
        publishing.Neighbours.Calls.ShouldBe((await publishing.ReleasesAsync()).Sum(r => r.Attempts.Count));
    }

    [Fact]
    public async Task What_the_network_refuses_for_good_is_rejected_with_its_code()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        publishing.Neighbours.Faults = _ => Fault.Refused;
        var package = publishing.Package();
        await publishing.PermitAsync(package);
        (await publishing.BecomesAsync(package, ReleaseStatus.Rejected)).Reason.ShouldBe("noticeboard.language");
        publishing.Neighbours.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Another_text_under_its_handle_is_a_persons_affair()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        var package = publishing.Package();
        publishing.Neighbours.Pin("KBL", Examples.DigestOf(package)[..32], "something else");
        await publishing.PermitAsync(package);
        (await publishing.BecomesAsync(package, ReleaseStatus.Held)).Reason.ShouldBe(HoldReasons.HandleTaken);
        publishing.PostsOf(package).ShouldBe(0);
    }

    [Fact]
    public async Task What_never_gets_there_is_held_after_three_calls()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        publishing.Neighbours.Faults = _ => Fault.CutBeforeApply;
        var package = publishing.Package();
        await publishing.PermitAsync(package);
        (await publishing.BecomesAsync(package, ReleaseStatus.Held)).Reason.ShouldBe(HoldReasons.Attempts);
        publishing.Neighbours.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task Two_posts_of_the_same_text_without_handles_are_each_their_own()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite, handles: false);
        publishing.Neighbours.Pin("KBL", null, "Good morning."); // Somebody's, long ago or not: it is nobody's release.
        var seen = 0;
        publishing.Neighbours.Faults = _ => Interlocked.Increment(ref seen) % 2 == 0 ? Fault.CutAfterApply : Fault.None;
        var packages = Enumerable.Range(0, 4).Select(_ => publishing.Package(text: "Good morning.")).ToList();
        foreach (var package in packages) await publishing.PermitAsync(package);
        foreach (var package in packages) await publishing.BecomesAsync(package, ReleaseStatus.Released, TimeSpan.FromSeconds(30));
        (await publishing.ReleasesAsync()).Select(r => r.Receipt).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task Nothing_follows_on_an_account_until_an_open_call_is_settled()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        var first = publishing.Package(text: "first");
        publishing.Neighbours.Faults = text => text == "first" ? Fault.CutAfterApply : Fault.None;
        publishing.Neighbours.CannotBeRead = true;
        await publishing.PermitAsync(first);
        await publishing.BecomesAsync(first, ReleaseStatus.OutcomeUnknown);
        var second = publishing.Package(text: "second");
        await publishing.PermitAsync(second);
        var elsewhere = publishing.Package("TYO", "elsewhere");
        await publishing.PermitAsync(elsewhere);
        await Eventually.Be(() => publishing.Neighbours.Reads > 0);
        (await publishing.FindAsync(second))!.Status.ShouldBe(ReleaseStatus.Scheduled);

        publishing.Neighbours.CannotBeRead = false;
        await publishing.BecomesAsync(second, ReleaseStatus.Released);
        await publishing.BecomesAsync(elsewhere, ReleaseStatus.Released);
        (await publishing.StoryAsync(first)).ShouldBe(Found);
        publishing.Neighbours.Posts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_network_that_is_away_costs_each_release_one_try_and_not_a_flood()
    {
        await using var publishing = await PublishingUnderTest.PrepareAsync(Store.Sqlite);
        publishing.Settings["Publishing:Noticeboard:Url"] = "http://127.0.0.1:1";
        await publishing.StartAsync();
        var package = publishing.Package();
        await publishing.PermitAsync(package);
        await Eventually.Be(async () => (await publishing.FindAsync(package)) is { Version: >= 3 });
        await Eventually.Be(() => publishing.Service.Logs.Lines.Any(line => line.Contains("could not be taken further", StringComparison.Ordinal)));
        var release = (await publishing.FindAsync(package))!;
        (release.Status, release.Reason, release.Attempts.Count).ShouldBe((ReleaseStatus.Scheduled, "unreachable", 1));
        publishing.Settings.Remove("Publishing:Noticeboard:Url");
        await publishing.StopAsync();
        await publishing.StartAsync();
        await publishing.BecomesAsync(package, ReleaseStatus.Released);
        publishing.PostsOf(package).ShouldBe(1);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Of_two_hundred_releases_over_a_bad_line_none_is_lost_and_none_doubled(bool handles)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite, handles, settings: [("Publishing:CallSeconds", "10"), ("Publishing:SettleSeconds", "0.5")]);
        publishing.Neighbours.Late = TimeSpan.FromSeconds(0.2);
        var faults = new[] { Fault.CutAfterApply, Fault.CutBeforeApply, Fault.ErrorAfterApply, Fault.HalfAnswer, Fault.TooMany, Fault.AnswersLate };
        var chance = new Random(7);
        publishing.Neighbours.Faults = _ =>
        {
            lock (chance) return chance.Next(100) < 20 ? faults[chance.Next(faults.Length)] : Fault.None;
        };
        var packages = Enumerable.Range(0, 200).Select(i => publishing.Package($"M{i % 40}")).ToList();
        await Task.WhenAll(packages.Select(package => publishing.PermitAsync(package)));
        foreach (var package in packages) await publishing.BecomesAsync(package, ReleaseStatus.Released, TimeSpan.FromSeconds(90));
        publishing.Neighbours.Posts.Count.ShouldBe(200);
        packages.ShouldAllBe(package => publishing.PostsOf(package) == 1);
    }
}
