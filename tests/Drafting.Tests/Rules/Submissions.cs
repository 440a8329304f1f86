using WorkflowPlatform.Drafting.Domain;

namespace WorkflowPlatform.Drafting.Tests.Rules;

/// <summary>What is checked before a package is handed over.</summary>
public sealed class Submissions
{
    /// <summary>For each check, a submission that it alone refuses.</summary>
    private static readonly Dictionary<string, Func<Submission>> Caught = new()
    {
        ["is-the-authors"] = () => Given.Submission(Given.Submitted()),
        ["account-lives"] = () => Given.Submission(Given.Crafted()) with { Account = Given.Account with { Live = false } },
        ["time-means-what-it-meant"] = () => Given.Submission(Given.Crafted(), Timed, Timed.NotBefore!.Value.AddHours(1)),
        ["window-open"] = () => Given.Submission(Given.Crafted(), Timed, now: Given.Now.AddHours(3)),
    };

    private static Content Timed => Given.Content with { Local = "2026-12-01T11:00", Zone = "Europe/Paris", NotBefore = Given.Now.AddHours(1), NotAfter = Given.Now.AddHours(25) };

    [Fact]
    public void Each_check_refuses_something_that_no_other_does()
    {
        Caught.Keys.ShouldBe(SubmissionRules.Guards.Select(guard => guard.Name));
        foreach (var (name, submission) in Caught)
        {
            DraftRules.Submit(submission()).Allows(out _, out _).ShouldBeFalse(name);
            DraftRules.Submit(submission(), [.. SubmissionRules.Guards.Where(guard => guard.Name != name)]).Allows(out _, out _).ShouldBeTrue($"without {name}");
        }
    }

    [Fact]
    public void An_account_of_another_mission_or_none_is_refused()
    {
        var submission = Given.Submission(Given.Crafted());
        foreach (var account in new[] { null, Given.Account with { Mission = "TYO" } })
            (DraftRules.Submit(submission with { Account = account }).Allows(out _, out var refusal) ? null : refusal).ShouldBe(SubmissionRules.AccountNotLive);
    }

    [Fact]
    public void The_fact_says_what_the_package_says()
    {
        var submission = Given.Submission(Given.Crafted(), Timed);
        DraftRules.Submit(submission).Allows(out var accepted, out _).ShouldBeTrue();
        var (fact, package) = (accepted.Fact.ShouldBeOfType<Contracts.Drafting.PackageSubmitted>(), submission.Package);

        (fact.PackageDigest, fact.Account, fact.Network, fact.Lane, fact.Language).ShouldBe((submission.Digest, package.Account, package.Network, package.Lane, package.Language));
        (fact.NotBefore, fact.NotAfter, fact.Local, fact.Zone).ShouldBe((package.NotBefore, package.NotAfter, package.Local, package.Zone));
        fact.Contributors.ShouldBe(package.Contributors);
        (accepted.State.PackageDigest, accepted.State.State).ShouldBe((submission.Digest, DraftState.Submitted));
    }
}
