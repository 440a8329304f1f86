using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Publishing;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Publishing.Domain;
using static WorkflowPlatform.Publishing.Tests.Examples;

namespace WorkflowPlatform.Publishing.Tests.Rules;

public sealed class AnyHistory
{
    private sealed record Step(int Kind, int Seconds);

    private static readonly Arbitrary<Step[]> Histories = (
        from kind in Gen.Choose(0, 10)
        from seconds in Gen.Frequency((20, Gen.Choose(0, 60)), (1, Gen.Constant(86_400)))
        select new Step(kind, seconds)).ArrayOf().ToArbitrary();

    [Fact]
    public void No_history_completes_a_release_twice_or_after_it_was_stopped() => Prop.ForAll(Histories, steps =>
    {
        var facts = Live(steps).Facts.Where(f => f is not RevocationRefused).ToList(); // It is told of what is over, and changes nothing.
        var ends = facts.Where(f => f is ReleaseCompleted or ReleaseStopped or ReleaseRejected).ToList();
        return ends.Count == 0 || (ends.Count == 1 && ReferenceEquals(ends[0], facts[^1]));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void No_history_makes_a_call_while_another_is_open() => Prop.ForAll(Histories, steps =>
    {
        var open = false;
        foreach (var fact in Live(steps).Facts)
        {
            if (fact is ReleaseStarted && open) return false;
            open = fact is ReleaseStarted or ReleaseOutcomeUnknown || (open && fact is ReleaseHeld { Reason: HoldReasons.Unsettled });
        }
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Every_accepted_step_stands_in_the_table_and_makes_one_version() => Prop.ForAll(Histories, steps =>
    {
        Live(steps, (before, accepted) =>
        {
            accepted.State.Version.ShouldBe(before.Version + 1);
            accepted.Fact.Version.ShouldBe(accepted.State.Version);
            ReleaseStates.Table.Next(before.Status, accepted.Fact.GetType().Name).ShouldBe(accepted.State.Status);
        });
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void What_is_not_over_is_due_or_waits_for_a_person() => Prop.ForAll(Histories, steps =>
    {
        var (release, _) = Live(steps);
        return release.DueAt is not null == release.Status is ReleaseStatus.Scheduled or ReleaseStatus.Releasing or ReleaseStatus.OutcomeUnknown;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static (Release Release, List<IFact> Facts) Live(Step[] steps, Action<Release, Accepted<Release>>? onEach = null)
    {
        var (release, now, facts) = (Scheduled(), Noon, new List<IFact>());
        foreach (var step in steps)
        {
            now = now.AddSeconds(step.Seconds);
            var answer = step.Kind switch
            {
                0 or 1 => ReleaseRules.Start(release, now, now.AddSeconds(10), now.AddSeconds(15)),
                2 => ReleaseRules.Complete(release, "post", reconciled: false, now),
                3 => ReleaseRules.Reject(release, "http-422", now),
                4 => ReleaseRules.PutOff(release, "unreachable", now.AddSeconds(1), now),
                5 or 6 => ReleaseRules.Doubt(release, now),
                7 => ReleaseRules.Absent(release, now),
                8 => ReleaseRules.Hold(release, HoldReasons.Unsettled, now),
                9 => ReleaseRules.Stop(release, Recall.ByItsAuthor, now),
                _ => ReleaseRules.RefuseRevocation(release, Guid.CreateVersion7(now), now),
            };
            if (!answer.Allows(out var accepted, out _)) continue;
            onEach?.Invoke(release, accepted);
            release = accepted.State;
            facts.Add(accepted.Fact);
        }
        return (release, facts);
    }
}
