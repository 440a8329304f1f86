using WorkflowPlatform.Contracts;
using WorkflowPlatform.Drafting.Domain;

namespace WorkflowPlatform.Drafting.Tests.Rules;

/// <summary>What the holders' facts mean for a package.</summary>
public sealed class Standings
{
    [Fact]
    public void What_is_over_stays_over()
    {
        var submitted = Given.Submitted();
        foreach (var end in new Func<Round, IFact>[] { r => r.Returned(), r => r.Refused(), r => r.Withdrawn(), r => r.Lapsed() })
        {
            var round = new Round(submitted.Id, submitted.PackageDigest!, 2);
            var over = Given.Standing(submitted).HearClearance(end(round), Given.Now);
            foreach (var fact in new IFact[] { round.Cleared(), round.Undone(), round.Permitted(), round.Lapsed(), round.Withdrawn(), round.Returned() })
                over.HearClearance(fact, Given.Now).ShouldBe(over with { RequestVersion = fact.Version });
        }
        foreach (var end in new Func<Round, IFact>[] { r => r.Completed(), r => r.Stopped(), r => r.Rejected(), r => r.StoppedByRevocation() })
        {
            var round = new Round(submitted.Id, submitted.PackageDigest!, 2);
            var over = Given.Standing(submitted).HearRelease(end(round), Given.Now);
            foreach (var fact in new IFact[] { round.Scheduled(), round.Started(), round.OutcomeUnknown(), round.Held(), round.Rescheduled(), round.Stopped(), round.StoppedByRevocation(), round.RevocationRefused(), round.Completed() })
                over.HearRelease(fact, Given.Now).ShouldBe(over with { ReleaseVersion = fact.Version });
        }
    }

    [Fact]
    public void Once_publishing_holds_it_clearance_is_past()
    {
        var submitted = Given.Submitted();
        var round = new Round(submitted.Id, submitted.PackageDigest!, 2);
        var scheduled = Given.Standing(submitted).HearRelease(round.Scheduled(), Given.Now);
        scheduled.HearClearance(round.Permitted(), Given.Now).Standing.ShouldBe(Standing.Scheduled);
    }

    [Fact]
    public void Only_what_came_back_is_back()
    {
        var submitted = Given.Submitted();
        var package = Given.Standing(submitted);
        foreach (var standing in Enum.GetValues<Standing>())
        {
            var back = (package with { ReleaseStatus = standing }).IsBack(out var reason);
            back.ShouldBe(standing is Standing.Returned or Standing.Refused or Standing.Lapsed or Standing.Rejected or Standing.Withdrawn or Standing.Revoked);
            (reason is null).ShouldBe(!back || standing is Standing.Withdrawn);
        }
    }
}
