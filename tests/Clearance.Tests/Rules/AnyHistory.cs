using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class AnyHistory
{
    private static readonly string[] People = ["author", "second-author", "officer-1", "officer-2"];
    private static readonly string[] Seats = ["CENTRAL", "KBL"];

    private sealed record Step(int Kind, int Person, int Office, int ActingFor, int Seconds, bool OldText);

    private static readonly Arbitrary<Step[]> Histories = (
        from kind in Gen.Choose(0, 5)
        from person in Gen.Choose(0, 3)
        from office in Gen.Choose(0, 1)
        from acting in Gen.Choose(0, 7)
        from seconds in Gen.Choose(0, 30)
        from old in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Step(kind, person, office, acting, seconds, old)).ArrayOf().ToArbitrary();

    [Fact]
    public void No_history_ends_in_a_permit_without_a_standing_decision_of_somebody_who_wrote_none_of_it() => Prop.ForAll(Histories, steps =>
    {
        var (request, permit) = Live(steps);
        if (request.Status is not ClearanceStatus.PermitIssued) return permit is null;
        var decisions = permit!.Decisions;
        return decisions.Count == 1 && decisions[0].Kind is DecisionKind.Cleared && decisions[0].Office == "CENTRAL"
            && !request.Contributors.Contains(decisions[0].Person) && (decisions[0].ActingFor is not { } absent || !request.Contributors.Contains(absent))
            && permit.PackageDigest == request.PackageDigest && permit.IssuedAt < permit.NotAfter && permit.IssuedAt >= decisions[0].At.AddSeconds(20);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Every_accepted_step_stands_in_the_table_and_makes_one_version() => Prop.ForAll(Histories, steps =>
    {
        Live(steps, (before, accepted) =>
        {
            accepted.State.Version.ShouldBe(before.Version + 1);
            accepted.Fact.Version.ShouldBe(accepted.State.Version);
            ClearanceStates.Table.Next(before.Status, accepted.Fact.GetType().Name).ShouldBe(accepted.State.Status);
        });
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static (ClearanceRequest Request, ReleasePermit? Permit) Live(Step[] steps, Action<ClearanceRequest, Accepted<ClearanceRequest>>? onEach = null)
    {
        var (request, now) = (Open("author", "second-author"), Noon);
        ReleasePermit? permit = null;
        foreach (var step in steps)
        {
            now = now.AddSeconds(step.Seconds);
            var by = new Capacity(People[step.Person], Seats[step.Office], step.ActingFor < 4 ? People[step.ActingFor] : null);
            var said = Decision(request, by.Person, step.Kind == 1 ? DecisionKind.Returned : DecisionKind.Cleared, by.ActingFor, now) with { By = by };
            if (step.OldText) said = said with { PackageDigest = new string('a', 64) };
            var answer = step.Kind switch
            {
                0 or 1 => ClearanceRules.Decide(request, said),
                2 => ClearanceRules.Undo(request, by, now),
                3 => ClearanceRules.Settle(request, now),
                4 when step.Seconds == 0 => ClearanceRules.Withdraw(request, now),
                _ => PermitOffice.Issue(request, Guid.CreateVersion7(now), now, issued =>
                {
                    permit = issued;
                    return "envelope";
                }),
            };
            if (!answer.Allows(out var accepted, out _)) continue;
            onEach?.Invoke(request, accepted);
            request = accepted.State;
        }
        return (request, permit);
    }
}
