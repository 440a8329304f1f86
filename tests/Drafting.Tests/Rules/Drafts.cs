using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Drafting.Domain;

namespace WorkflowPlatform.Drafting.Tests.Rules;

/// <summary>What may happen to a draft, case by case.</summary>
public sealed class Drafts
{
    [Fact]
    public void A_save_says_who_wrote_how_much_and_not_what()
    {
        DraftRules.Save(null, Given.Saving()).Allows(out var accepted, out _).ShouldBeTrue();
        var fact = accepted.Fact.ShouldBeOfType<RevisionSaved>();
        (fact.Version, fact.Revision, fact.Characters, fact.By.Person, fact.By.Office).ShouldBe((1, 1, 12, "1001", "PAR"));
    }

    [Fact]
    public void Each_part_of_the_content_makes_a_save_a_change()
    {
        var draft = Given.Crafted();
        var (soon, later) = (Given.Now.AddHours(1), Given.Now.AddHours(2));
        Content[] changes =
        [
            Given.Content with { Text = "We are open!" }, Given.Content with { Language = "fr" }, Given.Content with { Lane = Contracts.Lane.Flash },
            Given.Content with { Local = "2026-12-01T11:00", Zone = "Europe/Paris", NotBefore = soon }, Given.Content with { NotAfter = later },
        ];
        foreach (var change in changes)
            DraftRules.Save(draft, Given.Saving(change, Given.Content)).Allows(out _, out _).ShouldBeTrue(change.ToString());

        DraftRules.Save(draft, Given.Saving(Given.Content with { }, Given.Content, "1002")).Allows(out _, out var refusal).ShouldBeFalse();
        refusal.ShouldBe(DraftRules.Unchanged);
    }

    [Fact]
    public void Another_account_of_the_mission_is_a_change_and_anybody_elses_is_refused()
    {
        var draft = Given.Crafted();
        var other = Given.Content with { Account = "noticeboard:PAR-2" };
        Saves(Given.Account with { Id = other.Account }).ShouldBeNull();
        Saves(null).ShouldBe(DraftRules.AccountUnknown);
        Saves(Given.Account with { Mission = "TYO" }).ShouldBe(DraftRules.AccountUnknown);
        Saves(Given.Account with { Live = false }).ShouldBe(DraftRules.AccountUnknown);

        Platform.Decisions.Refusal? Saves(KnownAccount? account) =>
            DraftRules.Save(draft, Given.Saving(other, Given.Content) with { Account = account }).Allows(out _, out var refusal) ? null : refusal;
    }

    [Fact]
    public void A_package_that_is_back_is_the_authors_to_write_on_or_to_submit_again()
    {
        foreach (var reason in new ReopenReason?[] { null, ReopenReason.Returned, ReopenReason.Lapsed, ReopenReason.Rejected })
        {
            var submitted = Given.Submitted();
            DraftRules.GiveBack(submitted, submitted.PackageDigest!, reason, Given.Now).Allows(out var back, out _).ShouldBeTrue();
            (back.State.State, back.State.Reason, back.State.Asked).ShouldBe((reason is null ? DraftState.Withdrawn : DraftState.Crafting, reason, false));
            if (reason is not null) back.Fact.ShouldBeOfType<DraftReopened>().Reason.ShouldBe(reason.ToString()!.ToLowerInvariant());

            DraftRules.Save(back.State, Given.Saving(Given.Content with { Text = "Better." }, Given.Content)).Allows(out var written, out _).ShouldBeTrue();
            written.State.Reason.ShouldBeNull();
            DraftRules.Submit(Given.Submission(back.State)).Allows(out _, out _).ShouldBeTrue();
        }
    }

    [Fact]
    public void What_is_told_of_an_earlier_package_or_twice_changes_nothing()
    {
        var submitted = Given.Submitted();
        DraftRules.GiveBack(submitted, "another", null, Given.Now).Allows(out _, out _).ShouldBeFalse();
        DraftRules.GiveBack(submitted, submitted.PackageDigest!, null, Given.Now).Allows(out var back, out _).ShouldBeTrue();
        DraftRules.GiveBack(back.State, submitted.PackageDigest!, ReopenReason.Lapsed, Given.Now).Allows(out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Every_fact_is_in_the_table_and_every_refusal_follows_it()
    {
        DraftStates.Table.Rows.Select(row => row.Fact).Distinct().Order()
            .ShouldBe([nameof(AmendmentTaken), nameof(DraftReopened), nameof(DraftWithdrawn), nameof(PackageSubmitted), nameof(RevisionSaved), nameof(WithdrawalAsked)]);
        typeof(RevisionSaved).Assembly.GetTypes().Where(type => type.Namespace == typeof(RevisionSaved).Namespace && type.GetProperty(nameof(RevisionSaved.DraftId)) is not null).Select(type => type.Name).Order()
            .ShouldBe(DraftStates.Table.Rows.Select(row => row.Fact).Distinct().Order());
    }

    [Fact]
    public void The_states_are_written_down() => Generated.ShouldBeFresh("services/Drafting/states.md", DraftStates.Table.ToMarkdown("States of a draft"));
}
