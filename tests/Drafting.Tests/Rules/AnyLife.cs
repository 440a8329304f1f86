using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Drafting.Tests.Rules;

/// <summary>What holds of a draft whatever its people and the holders of its packages do, in whatever order.</summary>
public sealed class AnyLife
{
    private static readonly Arbitrary<byte[]> Commands = Gen.Choose(0, 255).Select(n => (byte)n).ArrayOf().Resize(60).ToArbitrary();

    [Fact]
    public void Each_accepted_command_is_one_version_and_one_fact() => Always((before, accepted) =>
        (accepted.State.Version, accepted.Fact.Version).ShouldBe(((before?.Version ?? 0) + 1, (before?.Version ?? 0) + 1)));

    [Fact]
    public void Contributors_only_grow_and_whoever_saves_is_one() => Always((before, accepted) =>
    {
        (before?.Contributors ?? []).ShouldBeSubsetOf(accepted.State.Contributors);
        if (accepted.Fact is Contracts.Drafting.RevisionSaved saved) accepted.State.Contributors.ShouldContain(saved.By.Person);
        accepted.State.Contributors.ShouldBe(accepted.State.Contributors.Distinct().Order(StringComparer.Ordinal));
    });

    [Fact]
    public void A_submitted_draft_is_never_edited() => Always((before, accepted) =>
    {
        if (before?.State is not DraftState.Submitted) return;
        (accepted.State.Revision, accepted.State.PackageDigest, accepted.State.Account).ShouldBe((before.Revision, before.PackageDigest, before.Account));
        accepted.State.Contributors.ShouldBe(before.Contributors);
    });

    [Fact]
    public void Every_step_is_one_of_the_table() => Always((before, accepted) =>
        DraftStates.Table.Next(before?.State, accepted.Fact.GetType().Name).ShouldBe(accepted.State.State));

    [Fact]
    public void Nobody_waits_for_an_answer_about_a_package_that_is_back() => Always((_, accepted) =>
        (accepted.State.Asked && accepted.State.State is not DraftState.Submitted).ShouldBeFalse());

    [Fact]
    public void A_save_without_change_never_makes_a_version() => Prop.ForAll(Commands, commands =>
    {
        var life = new Life();
        foreach (var command in commands)
        {
            life.Do(command);
            if (life.Draft is not null)
                DraftRules.Save(life.Draft, Given.Saving(life.Last!.Content, life.Last.Content, "1009")).Allows(out _, out _).ShouldBeFalse();
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static void Always(Action<Draft?, Accepted<Draft>> claim) => Prop.ForAll(Commands, commands =>
    {
        var life = new Life();
        foreach (var command in commands)
        {
            var before = life.Draft;
            if (life.Do(command) is { } accepted) claim(before, accepted);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    /// <summary>One draft and its current package, under commands from numbers.</summary>
    private sealed class Life
    {
        private PackageStanding? package;
        private Round? round;

        public Draft? Draft { get; private set; }
        public Revision? Last { get; private set; }

        public Accepted<Draft>? Do(byte command)
        {
            var content = Given.Content with { Text = $"Text {command % 5}." };
            return (command % 12) switch
            {
                0 or 1 or 2 => Keep(DraftRules.Save(Draft, Given.Saving(content, Last?.Content, $"100{command % 4}")), content),
                3 or 4 when Draft is not null => Keep(DraftRules.Submit(Given.Submission(Draft, Last!.Content)), null),
                5 or 6 when Draft is not null => Keep(DraftRules.AskBack(Draft, package, Given.By("1001"), Given.Now), null),
                _ when package is not null => Hear(command),
                _ => null,
            };
        }

        private Accepted<Draft>? Hear(byte command)
        {
            IFact[] clearance = [round!.Opened(), round.Cleared(), round.Undone(), round.Returned(), round.Withdrawn(), round.Lapsed(), round.Permitted()];
            IFact[] release = [round.Scheduled(), round.Started(), round.OutcomeUnknown(), round.Rescheduled(), round.Rejected(), round.Held(), round.Stopped(), round.Completed()];
            package = command % 2 == 0 ? package!.HearClearance(clearance[command / 12 % clearance.Length], Given.Now) : package!.HearRelease(release[command / 12 % release.Length], Given.Now);
            return package.IsBack(out var reason) ? Keep(DraftRules.GiveBack(Draft!, package.PackageDigest, reason, Given.Now), null) : null;
        }

        private Accepted<Draft>? Keep(Decision<Draft> decision, Content? content)
        {
            if (!decision.Allows(out var accepted, out _)) return null;
            Draft = accepted.State;
            if (content is not null) Last = Given.Saved(Draft, content);
            if (accepted.Fact is Contracts.Drafting.PackageSubmitted submitted)
                (package, round) = (PackageStanding.Of(Given.Submission(Draft, Last!.Content).Package, submitted.PackageDigest), new Round(Draft.Id, submitted.PackageDigest, Draft.Version));
            return accepted;
        }
    }
}
