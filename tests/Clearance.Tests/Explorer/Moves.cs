using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>All that can be tried in a world. Who may speak comes from the product's reading of the register at that instant.</summary>
internal sealed partial class Moves(World world, RuleSet rules)
{
    private readonly Dictionary<DateTimeOffset, AtOnce> at = [];
    private static readonly Guid RequestId = World.Id(10), PermitId = World.Id(11), RevocationId = World.Id(12);

    /// <param name="Weights">Of all moves up to each.</param>
    private sealed record AtOnce(IReadOnlyList<HeldCapacity> Rights, IReadOnlyList<Move> Moves, int[] Weights);

    public IReadOnlyList<HeldCapacity> RightsAt(DateTimeOffset now) => Known(now).Rights;

    public IReadOnlyList<Move> At(DateTimeOffset now) => Known(now).Moves;

    /// <summary>One of them by chance, the likelier the more it weighs.</summary>
    public Move Pick(DateTimeOffset now, int chance)
    {
        var known = Known(now);
        var found = Array.BinarySearch(known.Weights, (chance % known.Weights[^1]) + 1);
        return known.Moves[found < 0 ? ~found : found];
    }

    /// <summary>They are the same as long as the same people have the same rights.</summary>
    private AtOnce Known(DateTimeOffset now)
    {
        if (at.TryGetValue(now, out var known)) return known;
        var rights = rules.Rights(now, world.Appointments, world.Delegations);
        return at[now] = at.Values.FirstOrDefault(other => other.Rights.SequenceEqual(rights)) ?? Of(rights, All(rights));
    }

    private static AtOnce Of(IReadOnlyList<HeldCapacity> rights, List<Move> moves)
    {
        var sum = 0;
        return new(rights, moves, [.. moves.Select(move => sum += move.Weight)]);
    }

    private List<Move> All(IReadOnlyList<HeldCapacity> rights) =>
    [
        Open, Settle, Issue, Withdraw, Stopped, TooLate, .. rights.SelectMany(Decisions), .. rights.SelectMany(Wishes), .. People(rights).Select(Undo), .. Waiting(), Lapse,
        .. rights.SelectMany(Amendments), .. world.Callers.Count > 0 ? rights.SelectMany(Calls) : [], .. world.IsPressed ? Exceptional(rights) : [],
    ];

    private static IEnumerable<string> People(IEnumerable<HeldCapacity> rights) => rights.Select(r => r.Person).Distinct();

    private Move Open => new("open", s => Asked(s, "open", ClearanceRules.Open(s.Request, RequestId, world.Package, world.Digest, world.Route, s.Now, world.Findings)));

    private Move Settle => On("settle", (s, request) => Asked(s, "settle", ClearanceRules.Settle(request, s.Now)), 5);

    private Move Withdraw => On("withdraw", (s, request) => Asked(s, "withdraw", ClearanceRules.Withdraw(request, s.Now)));

    private Move Stopped => On("release stopped", (s, request) => Asked(s, "release stopped", RevocationRules.Stopped(request, s.Now)));

    private Move TooLate => On("release over", (s, request) => Asked(s, "release over", RevocationRules.TooLateFor(request, "released", s.Now)));

    private Move Issue => On("issue", (s, request) =>
    {
        List<ReleasePermit>? signed = null;
        var answer = PermitOffice.Issue(request, PermitId, s.Now, permit =>
        {
            (signed ??= []).Add(permit);
            return "envelope";
        });
        return Asked(s, "issue", answer) with { Signed = signed ?? (IReadOnlyList<ReleasePermit>)[] };
    }, 30);

    private Move Undo(string person) => On($"{person} takes it back", (s, request) =>
        Asked(s, $"{person} takes it back", ClearanceRules.Undo(request, new Capacity(person, "CENTRAL"), s.Now)) with { Undoing = person }, 3);

    /// <summary>Every kind as the portal would send it, and what a portal would not: of other bytes, without words, without a reason, to nobody or to oneself.</summary>
    private IEnumerable<Move> Decisions(HeldCapacity right)
    {
        foreach (var kind in world.Words) yield return Say($"{Name(right)} says {kind}", right, kind, d => d, WeightOf(kind));
        if (!world.IsThorough) yield break;
        yield return Say($"{Name(right)} says Cleared of other bytes", right, DecisionKind.Cleared, d => d with { PackageDigest = world.OtherDigest });
        yield return Say($"{Name(right)} says Objected without a word", right, DecisionKind.Objected, d => d with { Comment = null });
        yield return Say($"{Name(right)} says Returned without a reason", right, DecisionKind.Returned, d => d with { ReasonCode = null });
        yield return Say($"{Name(right)} refers it to their own office", right, DecisionKind.Referred, d => d with { ReferredTo = d.By.Office });
    }

    private Move Say(string name, HeldCapacity right, DecisionKind kind, Func<OfficerDecision, OfficerDecision> changed, int weight = 1)
    {
        var (reason, words) = (kind is DecisionKind.Returned ? "facts" : null, kind is DecisionKind.Cleared or DecisionKind.NotObjected or DecisionKind.Recused ? null : "Because.");
        var above = kind is DecisionKind.Referred ? world.Parents.GetValueOrDefault(right.Office) : null;
        var capacity = right.Capacity;
        return On(name, (s, request) =>
        {
            var said = changed(new OfficerDecision(
                World.Id(100 + request.Decisions.Count), capacity, kind, request.PackageDigest, reason, words, s.Now, s.Now + World.UndoPeriod, false, right.Role, above));
            return Asked(s, name, rules.Decide(request, said)) with { Said = said };
        }, weight);
    }

    private static int WeightOf(DecisionKind kind) => kind switch
    {
        DecisionKind.Cleared or DecisionKind.ClearedWithComment or DecisionKind.NotObjected or DecisionKind.Overruled => 6,
        DecisionKind.Objected or DecisionKind.Referred => 2,
        _ => 1,
    };

    private IEnumerable<Move> Wishes(HeldCapacity right)
    {
        if (!world.IsThorough) yield break;
        yield return Want($"{Name(right)} wants the permit back", right, "events", "It was called off.");
        yield return Want($"{Name(right)} wants the permit back without a word", right, "events", " ");
        yield return Want($"{Name(right)} wants the permit back for a reason unknown", right, "whim", "It was called off.");
    }

    private Move Want(string name, HeldCapacity right, string reason, string comment) => On(name, (s, request) =>
    {
        var wanted = new Revocation(RevocationId, right.Capacity, reason, comment, s.Now);
        return Asked(s, name, rules.AskBack(request, wanted)) with { Wanted = wanted };
    });

    /// <summary>The period for undoing passes; or it becomes the next of the instants that matter.</summary>
    private IEnumerable<Move> Waiting()
    {
        yield return new("20 seconds pass", s =>
            world.Instants[world.PhaseOf(s.Now)].TimePasses && s.Request is { } request && request.Decisions.Any(d => !d.Undone && d.UndoUntil > s.Now) ? Later(s, "20 seconds pass", s.Now + World.UndoPeriod) : null, 30) { IsShared = true };
        for (var i = 1; i < world.Instants.Count; i++)
        {
            var (phase, instant) = (i, world.Instants[i].At);
            yield return new($"it becomes {instant:HH:mm:ss}", s => s.Request is not null && world.PhaseOf(s.Now) == phase - 1 ? Later(s, $"it becomes {instant:HH:mm:ss}", instant) : null) { IsShared = true };
        }
    }

    private Step Later(Situation s, string name, DateTimeOffset now) => new(world, s, name, null, null) { After = s with { Now = now } };

    private static Move On(string name, Func<Situation, ClearanceRequest, Step?> attempt, int weight = 1) => new(name, s => s.Request is { } request ? attempt(s, request) : null, weight);

    private Step Asked(Situation s, string name, Decision<ClearanceRequest> answer)
    {
        answer.Allows(out var yes, out var no);
        return new(world, s, name, yes, no);
    }

    private static string Name(HeldCapacity right) => $"{right.Person}{(right.ActingFor is { } absent ? $" for {absent}" : "")} ({right.Role} {right.Office})";
}
