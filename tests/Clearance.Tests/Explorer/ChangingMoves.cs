using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Clearance;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>How a text under clearance comes to be another, and what it rests on no longer so.</summary>
internal sealed partial class Moves
{
    private static readonly string NoDigest = new('f', 64);

    public Move Lapse => On("what it cites changes", (s, request) => Asked(s, "what it cites changes", LapseRules.Lapse(request, "line:visas", s.Now))) with { IsShared = true };

    /// <summary>An officer changes the text as the policy lets them; and as it does not, and into what is no text.</summary>
    private IEnumerable<Move> Amendments(HeldCapacity right)
    {
        if (!world.IsChanging && !world.IsThorough) yield break;
        yield return Amend($"{Name(right)} changes the text", right, new Changes("The consular hall opens at ten."), d => d);
        if (!world.IsChanging || !world.IsThorough) yield break;
        yield return Amend($"{Name(right)} changes other bytes", right, new Changes("The consular hall opens at ten."), d => d with { PackageDigest = world.OtherDigest });
        yield return Amend($"{Name(right)} changes nothing", right, new Changes(null), d => d);
        yield return Amend($"{Name(right)} changes the text and only clears it", right, new Changes("The consular hall opens at ten."), d => d with { Kind = DecisionKind.ClearedWithComment });
        yield return Amend($"{Name(right)} changes it into no text", right, new Changes(" "), d => d);
        yield return Amend($"{Name(right)} describes a picture that is not there", right, new Changes("Look.", new Dictionary<string, string> { [new string('c', 64)] = "A door" }), d => d);
        yield return Amend($"{Name(right)} links to what is no address", right, new Changes("Look.", Links: ["http://example.org"]), d => d);
    }

    private Move Amend(string name, HeldCapacity right, Changes changes, Func<OfficerDecision, OfficerDecision> changed)
    {
        var digests = new Dictionary<(string, string), string>(); // What is changed alike is the same text.
        return On(name, (s, request) =>
        {
            var said = changed(Word(s, right.Capacity, DecisionKind.ClearedAsAmended, right.Role) with { Comment = "The hour was wrong." });
            var amending = new AmendmentRules.Amending(request, said, world.Known[request.PackageDigest], changes);
            var drawn = AmendmentRules.Draw(amending, new string((char)('3' + request.Decisions.Count), 32), out _);
            // Where its rule draws none, something that passes for one: the door itself has to refuse it.
            var (package, digest) = drawn is null ? (amending.Package, NoDigest) : (drawn, digests.TryGetValue((request.PackageDigest, drawn.Salt), out var known) ? known : digests[(request.PackageDigest, drawn.Salt)] = Examples.DigestOf(drawn));
            var answer = rules.Amend(amending, package, digest);
            if (answer.Allows(out _, out _)) world.Known[digest] = package;
            return Asked(s, name, answer) with { Said = said, Amending = amending };
        }, 2);
    }
}
