using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Tests.Sample;

namespace WorkflowPlatform.Platform.Tests.Decisions;

public sealed class DecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly Capacity By = new("P1", "KBL");

    [Fact]
    public void A_yes_carries_the_state_and_its_one_fact()
    {
        NoteRules.Save(null, Guid.CreateVersion7(Now), "KBL", By, Now).Allows(out var accepted, out var refusal).ShouldBeTrue();

        accepted!.State.Version.ShouldBe(1);
        accepted.Fact.ShouldBeOfType<RevisionSaved>().Version.ShouldBe(1);
        refusal.ShouldBeNull();
    }

    [Fact]
    public void A_no_carries_its_code_and_nothing_else()
    {
        var closed = new Note(Guid.CreateVersion7(Now), 3, "KBL", NoteStatus.Closed, 1, Now);

        NoteRules.Save(closed, closed.Id, "KBL", By, Now).Allows(out var accepted, out var refusal).ShouldBeFalse();

        accepted.ShouldBeNull();
        refusal.ShouldBe(new Refusal("sample.not-open", "The note is Closed.", 409));
    }

    [Fact]
    public void Guards_run_in_their_order_and_the_first_refusal_ends_it()
    {
        var ran = new List<string>();
        Guard<int> Named(string name, int limit) => new(name, n =>
        {
            ran.Add(name);
            return n > limit ? new Refusal($"guard.{name}", $"More than {limit}.") : null;
        });
        IReadOnlyList<Guard<int>> guards = [Named("high", 100), Named("middle", 10), Named("low", 1)];

        guards.FirstRefusal(50)!.Code.ShouldBe("guard.middle");
        ran.ShouldBe(["high", "middle"]);
        guards.FirstRefusal(1).ShouldBeNull();
        ((IReadOnlyList<Guard<int>>)[]).FirstRefusal(1000).ShouldBeNull();
    }
}
