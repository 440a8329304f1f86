using WorkflowPlatform.Contracts;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests.Releasing;

/// <summary>Somebody wants a release back at the very moment at which it is due.</summary>
public sealed class RacesAgainstTheInstant
{
    private const int Lanes = 20;

    [Theory, OnBothDatabases]
    public Task Of_two_hundred_withdrawals_around_the_due_instant_nothing_goes_out_that_was_said_to_be_stopped(Store store) =>
        RaceAsync(store, 10, (publishing, package) => publishing.WithdrawAsync(package));

    [Theory, OnBothDatabases]
    public Task Of_a_thousand_revocations_around_the_due_instant_nothing_goes_out_that_was_said_to_be_stopped(Store store) =>
        RaceAsync(store, 50, (publishing, package) => publishing.RevokeAsync(package));

    private static async Task RaceAsync(Store store, int rounds, Func<PublishingUnderTest, ReleasePackage, Task> ask)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var races = (await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => LaneAsync(publishing, $"M{lane}", rounds, ask, new Random(lane))))).SelectMany(lane => lane).ToList();

        races.Count.ShouldBe(Lanes * rounds);
        var (released, stopped) = (races.Count(r => r.Status is ReleaseStatus.Released), races.Count(r => r.Status is ReleaseStatus.Stopped));
        TestContext.Current.TestOutputHelper?.WriteLine($"{store}: {released} released, {stopped} stopped");
        (released + stopped).ShouldBe(races.Count);
        released.ShouldBeGreaterThan(10, "a race that one side always wins proves nothing");
        stopped.ShouldBeGreaterThan(10, "a race that one side always wins proves nothing");
        foreach (var (package, status) in races) publishing.PostsOf(package).ShouldBe(status is ReleaseStatus.Released ? 1 : 0);
    }

    /// <remarks>Each lane asks a little earlier after it lost and a little later after it won, so that the races stay at the edge on any machine.</remarks>
    private static async Task<List<(ReleasePackage Package, ReleaseStatus Status)>> LaneAsync(
        PublishingUnderTest publishing, string mission, int rounds, Func<PublishingUnderTest, ReleasePackage, Task> ask, Random chance)
    {
        var (races, lead, notice) = (new List<(ReleasePackage, ReleaseStatus)>(), TimeSpan.Zero, TimeSpan.FromMilliseconds(300));
        while (races.Count < rounds)
        {
            var package = publishing.Package(mission, dueIn: notice);
            await publishing.PermitAsync(package);
            var wait = package.NotBefore - lead - publishing.Now;
            if (wait < TimeSpan.Zero) notice *= 2; // The permit alone took longer.
            else await Task.Delay(wait); // The race is against the clock.
            await ask(publishing, package);
            var release = (await Eventually.Get(() => publishing.FindAsync(package), r => r!.Status is ReleaseStatus.Released or ReleaseStatus.Stopped, TimeSpan.FromSeconds(40)))!;
            races.Add((package, release.Status));
            lead += TimeSpan.FromMilliseconds(chance.Next(1, 12)) * (release.Status is ReleaseStatus.Released ? 1 : -1);
        }
        return races;
    }
}
