using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Clearance;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>A clearance that was given by telephone: somebody writes it down, and whoever gave it signs. One at a time.</summary>
internal sealed partial class Moves
{
    private IEnumerable<Move> Calls(HeldCapacity right)
    {
        foreach (var (giver, office) in world.Callers) yield return WriteDown($"{Name(right)} writes down what {giver} said for {office}", right, giver, office, r => r);
        var (anyone, their) = world.Callers[^1];
        yield return WriteDown($"{Name(right)} writes down what {anyone} said of other bytes", right, anyone, their, r => r with { PackageDigest = world.OtherDigest });
        yield return WriteDown($"{Name(right)} writes down what {anyone} said for nobody", right, anyone, their, r => r with { Office = "NOBODY" });
        yield return WriteDown($"{Name(right)} writes down what {anyone} let be rumoured", right, anyone, their, r => r with { Means = "rumour" });
        yield return Sign($"{Name(right)} signs what was written down", right, request => request.Recorded.Count > 0 ? request.Recorded[^1].Id : null);
        yield return Sign($"{Name(right)} signs what nobody wrote down", right, _ => World.Id(999));
    }

    private Move WriteDown(string name, HeldCapacity right, string giver, string office, Func<RecordedClearance, RecordedClearance> changed) => new(name, s =>
    {
        if (s.Request is not { Recorded.Count: 0 } request) return null;
        var noted = changed(new RecordedClearance(World.Id(200), right.Capacity, right.Role, giver, office, "telephone", request.PackageDigest, null, s.Now));
        return Asked(s, name, rules.WriteDown(request, noted)) with { Noted = noted };
    });

    private Move Sign(string name, HeldCapacity right, Func<ClearanceRequest, Guid?> recorded) => new(name, s =>
    {
        if (s.Request is not { } request || recorded(request) is not { } id) return null;
        var said = Word(s, right.Capacity, DecisionKind.Cleared, right.Role) with { RecordedAs = id };
        return Asked(s, name, rules.Countersign(request, said)) with { Said = said };
    }, 3);
}
