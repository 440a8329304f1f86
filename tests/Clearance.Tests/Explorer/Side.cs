using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Clearance.Features;
using WorkflowPlatform.Contracts.Clearance;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>One of two texts: its situations by number, and where each leads. Asked of the product once each, and judged by the same invariants.</summary>
internal sealed class Side(World world, int bound)
{
    /// <summary>The office that can be cut off.</summary>
    public const string Office = "DESK";

    private readonly Moves moves = new(world, RuleSet.Product);
    private readonly Naming naming = new(world, alike: false);
    private readonly Dictionary<(UInt128 Name, int Phase), int> numbers = [];
    private readonly List<Situation> situations = [];
    private readonly List<List<OfficerDecision>> said = [];
    private readonly Dictionary<(int, bool), List<int>> alone = [];
    private readonly Dictionary<int, int?> lapsed = [];
    private readonly Dictionary<(int, string), BulkItem?> shown = [];

    public int Count => situations.Count;
    public string? Broken { get; private set; }
    public int Beginning => NumberOf(new Situation(null, world.Instants[0].At));
    public List<string> People { get; } = [.. world.Appointments.Select(a => a.Person).Concat(world.Delegations.Select(d => d.Deputy)).Distinct()];

    public Situation At(int number) => situations[number];

    /// <summary>What stands of what was said.</summary>
    public List<OfficerDecision> Said(int number) => said[number];

    public bool IsUndoable(int number) => world.Instants[world.PhaseOf(At(number).Now)].TimePasses && At(number).Request is { } request && request.Decisions.Any(d => !d.Undone && d.UndoUntil > At(number).Now);

    /// <summary>The period for undoing passes.</summary>
    public int? Later(int number) => IsUndoable(number) ? NumberOf(At(number) with { Now = At(number).Now + World.UndoPeriod }) : number;

    /// <summary>The next of the instants that matter; null at the last.</summary>
    public int? Next(int number) => world.PhaseOf(At(number).Now) + 1 is var phase && phase < world.Instants.Count ? NumberOf(At(number) with { Now = world.Instants[phase].At }) : null;

    /// <summary>All that can be done to this text alone while the office can be reached or cannot.</summary>
    public List<int> Alone(int number, bool cutOff)
    {
        if (alone.TryGetValue((number, cutOff), out var known)) return known;
        List<int> next = [];
        foreach (var move in moves.At(At(number).Now).Where(move => !move.IsShared && (move.Reach is not { } reach || reach.CutOff == (cutOff && reach.Office == Office))))
            if (move.Try(At(number)) is { Yes: not null } step && To(step, cutOff) is { } to) next.Add(to);
        return alone[(number, cutOff)] = next;
    }

    /// <summary>What it cites changes: where that leads, here when nothing lapses.</summary>
    public int? Lapsed(int number)
    {
        if (lapsed.TryGetValue(number, out var known)) return known;
        return lapsed[number] = moves.Lapse.Try(At(number)) is { Yes: not null } step ? To(step, false) : number;
    }

    /// <summary>As somebody is shown it on the page on which texts are cleared together; null before it is there.</summary>
    public BulkItem? Shown(int number, string person)
    {
        if (shown.TryGetValue((number, person), out var known)) return known;
        return shown[(number, person)] = At(number).Request is { } request ? new BulkItem(request, ListQueue.WhyNot(request, Held(number, person), At(number).Now)) : null;
    }

    /// <summary>They clear it there.</summary>
    public Step Cleared(int number, string person)
    {
        var (situation, request) = (At(number), At(number).Request!);
        var right = Acting.Choose(Held(number, person), request, DecisionKind.Cleared) ?? new HeldCapacity(person, "", "");
        var word = new OfficerDecision(
            World.Id(100 + request.Decisions.Count), right.Capacity, DecisionKind.Cleared, request.PackageDigest, null, null, situation.Now, situation.Now + World.UndoPeriod, Role: right.Role);
        ClearanceRules.Decide(request, word).Allows(out var yes, out var no);
        return new Step(world, situation, $"{person} clears both", yes, no) { Said = word };
    }

    /// <summary>Where an accepted step leads, once it is judged; null beyond the bound.</summary>
    public int? To(Step step, bool cutOff)
    {
        if (Invariants.FirstBroken(step) is { } broken) Broken ??= $"{broken}: {step.Story}";
        if (cutOff && step.Said is { Kind: DecisionKind.DeemedCleared, By.Office: Office }) Broken ??= $"who was cut off has not agreed: {step.Story}";
        return Exploration.Size(step.After) <= bound ? NumberOf(step.After) : null;
    }

    private List<HeldCapacity> Held(int number, string person) => [.. moves.RightsAt(At(number).Now).Where(right => right.Person == person)];

    private int NumberOf(Situation situation)
    {
        var key = (naming.Of(situation), world.PhaseOf(situation.Now));
        if (numbers.TryGetValue(key, out var number)) return number;
        numbers[key] = number = situations.Count;
        situations.Add(situation);
        said.Add(situation.Request is { } request ? Requirement.Said(request) : []);
        return number;
    }
}
