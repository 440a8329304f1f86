using WorkflowPlatform.Contracts;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests.Releasing;

public sealed class RacesOfWithdrawal
{
    private const int Lanes = 20;
    private const int Rounds = 10;

    /// <remarks>Each lane asks a little earlier after it lost and a little later after it won, so that the races stay at the edge on any machine.</remarks>
    [Theory, OnBothDatabases]
    public async Task Of_two_hundred_races_around_the_due_instant_nothing_goes_out_that_was_said_to_be_stopped(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var races = (await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => RaceAsync(publishing, $"M{lane}", new Random(lane))))).SelectMany(lane => lane).ToList();

        races.Count.ShouldBe(Lanes * Rounds);
        var (released, stopped) = (races.Count(r => r.Status is ReleaseStatus.Released), races.Count(r => r.Status is ReleaseStatus.Stopped));
        TestContext.Current.TestOutputHelper?.WriteLine($"{store}: {released} released, {stopped} stopped");
        (released + stopped).ShouldBe(races.Count);
        released.ShouldBeGreaterThan(10, "a race that one side always wins proves nothing");
        stopped.ShouldBeGreaterThan(10, "a race that one side always wins proves nothing");
        foreach (var (package, status) in races) publishing.PostsOf(package).ShouldBe(status is ReleaseStatus.Released ? 1 : 0);
    }

    private static async Task<List<(ReleasePackage Package, ReleaseStatus Status)>> RaceAsync(PublishingUnderTest publishing, string mission, Random chance)
    {
        var (races, lead, notice) = (new List<(ReleasePackage, ReleaseStatus)>(), TimeSpan.Zero, TimeSpan.FromMilliseconds(300));
        while (races.Count < Rounds)
        {
            var package = publishing.Package(mission, dueIn: notice);
            await publishing.PermitAsync(package);
            var wait = package.NotBefore - lead - publishing.Now;
            if (wait < TimeSpan.Zero) notice *= 2; // The permit alone took longer.
            else await Task.Delay(wait); // The race is against the clock.
            await publishing.WithdrawAsync(package);
            var release = (await Eventually.Get(() => publishing.FindAsync(package), r => r!.Status is ReleaseStatus.Released or ReleaseStatus.Stopped, TimeSpan.FromSeconds(40)))!;
            races.Add((package, release.Status));
            lead += TimeSpan.FromMilliseconds(chance.Next(1, 12)) * (release.Status is ReleaseStatus.Released ? 1 : -1);
        }
        return races;
    }
}
