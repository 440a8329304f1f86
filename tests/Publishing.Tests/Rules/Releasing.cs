using WorkflowPlatform.Contracts.Publishing;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Publishing.Tests.Examples;

namespace WorkflowPlatform.Publishing.Tests.Rules;

public sealed class Releasing
{
    [Fact]
    public void A_release_is_due_at_the_first_instant_of_its_window() => Scheduled().DueAt.ShouldBe(Noon);

    [Fact]
    public void A_release_whose_author_asked_first_begins_its_life_stopped()
    {
        var package = Package();
        ReleaseRules.Schedule(null, Guid.CreateVersion7(), Permit(package), package, "envelope", recall: Recall.ByItsAuthor, Noon).Allows(out var accepted, out _).ShouldBeTrue();
        accepted!.Fact.ShouldBeOfType<ReleaseStopped>().Version.ShouldBe(1);
        (accepted.State.Status, accepted.State.DueAt).ShouldBe((ReleaseStatus.Stopped, null));
    }

    [Fact]
    public void A_call_is_to_be_settled_when_its_quiet_time_is_over()
    {
        var started = Started(Scheduled());
        started.DueAt.ShouldBe(Noon.AddSeconds(15));
        started.Attempts.ShouldBe([new Attempt(1, Noon, Noon.AddSeconds(10))]);
    }

    [Fact]
    public void Nothing_stops_a_call_that_is_out()
    {
        var started = Started(Scheduled());
        No(ReleaseRules.Stop(started, Recall.ByItsAuthor, Noon)).ShouldBe(ReleaseRules.TooLate);
        No(ReleaseRules.Stop(Yes(ReleaseRules.Doubt(started, Noon)), Recall.ByItsAuthor, Noon)).ShouldBe(ReleaseRules.TooLate);
        No(ReleaseRules.Stop(Yes(ReleaseRules.Hold(Yes(ReleaseRules.Doubt(started, Noon)), HoldReasons.Unsettled, Noon)), Recall.ByItsAuthor, Noon)).ShouldBe(ReleaseRules.TooLate);
    }

    [Fact]
    public void What_waits_for_a_person_can_be_stopped() => Yes(ReleaseRules.Stop(Yes(ReleaseRules.Hold(Scheduled(), HoldReasons.Stale, Noon)), Recall.ByItsAuthor, Noon)).Status.ShouldBe(ReleaseStatus.Stopped);

    [Fact]
    public void What_is_not_on_the_account_is_tried_three_times()
    {
        var release = Scheduled();
        for (var call = 1; call <= 3; call++)
        {
            release = Yes(ReleaseRules.Absent(Yes(ReleaseRules.Doubt(Started(release), Noon)), Noon.AddSeconds(call)));
            release.Status.ShouldBe(call < 3 ? ReleaseStatus.Scheduled : ReleaseStatus.Held);
        }
        release.Reason.ShouldBe(HoldReasons.Attempts);
    }

    [Fact]
    public void What_is_not_on_the_account_and_stale_waits_for_a_person()
    {
        var started = Started(Scheduled());
        Yes(ReleaseRules.Absent(started, started.NotAfter.AddMilliseconds(-1))).Status.ShouldBe(ReleaseStatus.Scheduled);
        Yes(ReleaseRules.Absent(started, started.NotAfter)).Reason.ShouldBe(HoldReasons.Stale);
    }

    [Fact]
    public void Calls_without_effect_do_not_count()
    {
        var release = Scheduled();
        for (var call = 1; call <= 10; call++) release = Yes(ReleaseRules.PutOff(Started(release), "unreachable", Noon.AddMinutes(call), Noon));
        (release.Status, release.DueAt, release.Attempts.Count).ShouldBe((ReleaseStatus.Scheduled, Noon.AddMinutes(10), 10));
    }

    [Fact]
    public void Nothing_is_put_off_beyond_its_window()
    {
        var started = Started(Scheduled());
        Yes(ReleaseRules.PutOff(started, "limit.person", started.NotAfter.AddHours(1), Noon)).DueAt.ShouldBe(started.NotAfter);
    }

    [Fact]
    public void A_call_keeps_the_end_that_was_seen_first_when_it_is_settled_later()
    {
        var doubted = Yes(ReleaseRules.Doubt(Started(Scheduled()), Noon.AddSeconds(10)));
        var found = Yes(ReleaseRules.Complete(doubted, "post-1", reconciled: true, Noon.AddSeconds(15)));
        found.Attempts.ShouldBe([new Attempt(1, Noon, Noon.AddSeconds(10), Noon.AddSeconds(10), AttemptOutcome.Published)]);
        found.Receipt.ShouldBe("post-1");
    }

    [Fact]
    public void A_revoked_release_names_the_revocation_and_its_reason()
    {
        var recall = new Recall(Guid.CreateVersion7(), "facts");
        ReleaseRules.Stop(Scheduled(), recall, Noon).Allows(out var accepted, out _).ShouldBeTrue();
        var fact = accepted!.Fact.ShouldBeOfType<ReleaseStopped>();
        (fact.RevocationId, fact.ReasonCode).ShouldBe((recall.RevocationId, "facts"));
    }

    [Fact]
    public void Only_what_is_over_answers_a_revocation_with_a_refusal()
    {
        var (scheduled, revocation) = (Scheduled(), Guid.CreateVersion7());
        foreach (var open in new[] { scheduled, Started(scheduled), Yes(ReleaseRules.Doubt(Started(scheduled), Noon)), Yes(ReleaseRules.Hold(scheduled, HoldReasons.Stale, Noon)) })
            No(ReleaseRules.RefuseRevocation(open, revocation, Noon)).Code.ShouldBe("release.not-now");
        foreach (var (over, reason) in new[]
                 {
                     (Yes(ReleaseRules.Complete(Started(scheduled), "post-1", false, Noon)), "released"), (Yes(ReleaseRules.Reject(Started(scheduled), "http-422", Noon)), "rejected"),
                     (Yes(ReleaseRules.Stop(scheduled, Recall.ByItsAuthor, Noon)), "stopped"),
                 })
        {
            ReleaseRules.RefuseRevocation(over, revocation, Noon).Allows(out var accepted, out _).ShouldBeTrue();
            accepted!.Fact.ShouldBeOfType<RevocationRefused>().Reason.ShouldBe(reason);
            accepted.State.ShouldBe(over with { Version = over.Version + 1 });
        }
    }

    [Fact]
    public void Nothing_leads_out_of_the_end()
    {
        foreach (var end in new[] { ReleaseStatus.Released, ReleaseStatus.Rejected, ReleaseStatus.Stopped }) ReleaseStates.Table.IsTerminal(end).ShouldBeTrue();
    }

    [Fact]
    public void The_table_of_states_is_as_the_document_says() =>
        Testing.Generated.ShouldBeFresh("services/Publishing/states.md", ReleaseStates.Table.ToMarkdown("States of a release"));

    private static Release Started(Release release) => Yes(ReleaseRules.Start(release, Noon, Noon.AddSeconds(10), Noon.AddSeconds(15)));

    private static Refusal No(Decision<Release> decision)
    {
        decision.Allows(out _, out var refusal).ShouldBeFalse();
        return refusal!;
    }

    private static Release Yes(Decision<Release> decision)
    {
        decision.Allows(out var accepted, out var refusal).ShouldBeTrue(refusal?.Code);
        accepted!.State.Version.ShouldBe(accepted.Fact.Version);
        return accepted.State;
    }
}
