namespace WorkflowPlatform.EndToEnd.Tests;

/// <summary>All 116 missions on one day, on both footings.</summary>
public sealed class TheWholeMinistry(ITestOutputHelper output)
{
    private const int Posts = 126;
    private static readonly TimeSpan Tolerable = TimeSpan.FromSeconds(5); // On a small machine that runs everything; a guard against minutes, not a measure.

    [Fact(Timeout = 300_000)]
    public async Task Speaks_through_one_process_and_every_word_arrives_once_at_its_second()
    {
        await using var footing = await OneProcess.StartAsync(MinistryFiles.Missions());
        await LivesThroughADayAsync(footing);
    }

    [Fact(Timeout = 400_000)]
    public async Task Speaks_through_separate_processes_and_every_word_arrives_once_at_its_second()
    {
        await using var footing = await ManyProcesses.StartAsync(MinistryFiles.Missions());
        await LivesThroughADayAsync(footing);
    }

    private async Task LivesThroughADayAsync(IFooting footing)
    {
        var outcome = await new Scenario(footing).LiveThroughAsync(Scenario.Posts(MinistryFiles.Missions()));
        output.WriteLine(outcome.ToString());
        TestContext.Current.SendDiagnosticMessage(outcome.ToString());

        (outcome.Submitted, outcome.Cleared, outcome.Released, outcome.Lost, outcome.Doubled).ShouldBe((Posts, Posts, Posts, 0, 0));
        outcome.AtomAgrees.ShouldBeTrue("the Atom feed serves the same texts");
        outcome.Lateness[0].ShouldBeGreaterThanOrEqualTo(TimeSpan.Zero, "nothing goes out before its second");
        outcome.Lateness[^1].ShouldBeLessThan(Tolerable);
        outcome.Ledger.Faults.ShouldBeEmpty();
    }
}
