namespace WorkflowPlatform.Clearance.Tests.Explorer;

public sealed class TakingGuardsOut(ITestOutputHelper output)
{
    /// <summary>What notices first that a guard is gone.</summary>
    private static readonly Dictionary<string, string> NoticedBy = new()
    {
        ["decision: in-clearance"] = "the end is the end",
        ["decision: same-text"] = "every decision is of these bytes",
        ["decision: window-open"] = "nothing is said after the window",
        ["decision: right-office"] = "only offices that are asked speak",
        ["decision: right-role"] = "heads set aside and officers decide",
        ["decision: your-turn"] = "stages decide in their order",
        ["decision: no-contributor"] = "whoever wrote it says nothing",
        ["decision: no-delegate-of-a-contributor"] = "whoever wrote it says nothing through a deputy",
        ["decision: not-recused"] = "whoever stands aside stays aside",
        ["decision: one-person-one-vote"] = "one human is one vote",
        ["decision: objection-there"] = "only an objection that stands is set aside",
        ["decision: referred-upwards"] = "a matter goes to the office above",
        ["decision: says-why"] = "nothing grave is said without a word",
        ["decision: return-has-reason"] = "a return has its reason",
        ["revocation: permit-out"] = "the end is the end",
        ["revocation: not-asked"] = "only one wish for it is open",
        ["revocation: not-too-late"] = "too late stays too late",
        ["revocation: right-office"] = "only the central unit wants it back",
        ["revocation: has-reason"] = "it is wanted back for a reason, in words",
        ["delegation: begun"] = Invariants.Rights,
        ["delegation: not-over"] = Invariants.Rights,
        ["delegation: somebody-else"] = Invariants.Rights,
        ["delegation: of-an-office"] = Invariants.Rights,
        ["delegation: absent-one-holds-it"] = Invariants.Rights,
    };

    /// <summary>A guard without a row here fails: whoever adds one says what it is there for.</summary>
    [Fact]
    public void Each_guard_taken_out_lets_something_happen_that_must_not()
    {
        var noticed = new Dictionary<string, string>();
        foreach (var guard in RuleSet.Guards)
        {
            var explored = new Exploration(World.Small(), RuleSet.Without(guard), bound: 4).Run();
            noticed[guard] = explored.Broken?.Invariant ?? "nothing";
            output.WriteLine($"{guard,-42} {noticed[guard],-60} {explored.Story} ({explored.States:n0}, {explored.Took.TotalSeconds:0.0} s)");
        }
        noticed.ShouldBe(NoticedBy, ignoreOrder: true);
    }
}
