using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Decisions;

public sealed class TransitionTests
{
    [Fact]
    public void Only_what_stands_in_the_table_may_happen()
    {
        NoteRules.Table.Next(null, nameof(RevisionSaved)).ShouldBe(NoteStatus.Open);
        NoteRules.Table.Next(NoteStatus.Open, nameof(WithdrawalAsked)).ShouldBe(NoteStatus.Asked);
        NoteRules.Table.Next(NoteStatus.Asked, nameof(RevisionSaved)).ShouldBeNull();
        NoteRules.Table.Allows(null, nameof(WithdrawalAsked)).ShouldBeFalse();
        NoteRules.Table.Allows(NoteStatus.Open, "Anything").ShouldBeFalse();
    }

    [Fact]
    public void A_status_that_nothing_leads_out_of_is_the_end() =>
        Enum.GetValues<NoteStatus>().Where(NoteRules.Table.IsTerminal).ShouldBe([NoteStatus.Closed]);

    [Fact]
    public void The_table_draws_itself()
    {
        var text = NoteRules.Table.ToMarkdown("A note");

        text.ShouldContain("    [*] --> Open: RevisionSaved\n");
        text.ShouldContain("    Open --> Asked: WithdrawalAsked\n");
        text.ShouldContain("    Closed --> [*]\n");
        text.ShouldContain("| Asked | `DraftWithdrawn` | Closed | it is given back |\n");
        text.ShouldNotContain("\r");
    }
}
