using System.Diagnostics;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Clearance;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>Tries everything in every situation that can be reached with so many decisions, breadth first, and looks at each step.</summary>
/// <param name="bound">Decisions of one request, those taken back included, and what was written down of others'.</param>
/// <param name="taking">Looks for what each guard is there for; null where they are let alone.</param>
internal sealed class Exploration(World world, RuleSet rules, int bound, OneByOne? taking = null)
{
    private readonly Moves moves = new(world, rules);
    private readonly Naming naming = new(world);
    private readonly HashSet<UInt128> seen = [];

    public int States => seen.Count;
    public long Transitions { get; private set; }
    public long Refusals { get; private set; }
    public int Permits { get; private set; }
    public int Symmetries => naming.Symmetries;
    public TimeSpan Took { get; private set; }

    /// <summary>How many times each row of the table was gone.</summary>
    public Dictionary<(ClearanceStatus? From, string Fact), long> Rows { get; } = [];

    /// <summary>How many situations there are at each instant: what two packages share.</summary>
    public Dictionary<int, long> ByPhase { get; } = [];

    /// <summary>What was broken first, with how it came to that; null when nothing was.</summary>
    public (string Invariant, Step Step)? Broken { get; private set; }

    /// <summary>What had been said until then, and the step.</summary>
    public string Story => Broken?.Step.Story ?? "";

    /// <summary>What notices first that a guard is gone, and on which step.</summary>
    public Dictionary<string, (string Invariant, Step Step)> Noticed { get; } = [];

    public static int Size(Situation situation) => situation.Request is { } request ? request.Decisions.Count + request.Recorded.Count : 0;

    /// <summary>Compares what can follow, wherever a name comes up again with another record.</summary>
    /// <returns>How many were compared.</returns>
    public int CompareFutures()
    {
        var futures = new Dictionary<UInt128, HashSet<UInt128>>();
        var frontier = new Queue<Situation>([new Situation(null, world.Instants[0].At)]);
        var (again, compared) = (new Dictionary<UInt128, int>(), 0);
        while (frontier.TryDequeue(out var situation))
        {
            var name = naming.Of(situation);
            // The second and third of a name are looked at too; after that it gets long.
            if (futures.ContainsKey(name) && (again[name] = again.GetValueOrDefault(name) + 1) > 2) continue;
            var next = moves.At(situation.Now).Select(move => move.Try(situation)).OfType<Step>().Where(step => step.No is null).Select(step => step.After).ToList();
            var names = next.Select(naming.Of).ToHashSet();
            if (futures.TryAdd(name, names))
                foreach (var one in next.Where(n => Size(n) <= bound)) frontier.Enqueue(one);
            else
            {
                compared++;
                names.SetEquals(futures[name]).ShouldBeTrue($"{situation}");
            }
        }
        return compared;
    }

    public Exploration Run()
    {
        var clock = Stopwatch.StartNew();
        var frontier = new Queue<Situation>();
        Reach(new Situation(null, world.Instants[0].At), frontier);
        while (Broken is null && taking is not { Open.Count: 0 } && frontier.TryDequeue(out var situation)) LookAt(situation, frontier);
        Took = clock.Elapsed;
        return this;
    }

    private void LookAt(Situation situation, Queue<Situation> frontier)
    {
        var settled = situation.Request?.DueAt is not { } due || due > situation.Now;
        foreach (var move in moves.At(situation.Now))
        {
            if (move.Try(situation) is not { } step) continue;
            if (step.No is not null)
            {
                Refusals++;
                if (taking?.Slipped() is { } slip) Notice(slip.Guard, step with { Yes = slip.Yes, No = null });
                if (step.Signed.Count > 0) Broken ??= ("a permit is signed for nothing", step);
                continue;
            }
            Transitions++;
            if (step.Yes is { } yes)
            {
                settled |= move.Name is "settle" or "issue";
                if (yes.Fact is PermitIssued) Permits++;
                var row = (situation.Request?.Status, yes.Fact.GetType().Name);
                Rows[row] = Rows.GetValueOrDefault(row) + 1;
                if (Invariants.FirstBroken(step) is { } broken)
                {
                    Broken = (broken, step);
                    return;
                }
                if (Size(situation with { Request = yes.State }) > bound) continue;
            }
            Reach(step.After, frontier);
        }
        if (!settled) Broken = (Invariants.Due, new Step(world, situation, "nothing settles it", null, null));
    }

    private void Notice(string guard, Step step)
    {
        if (Invariants.FirstBroken(step) is not { } broken) return;
        Noticed[guard] = (broken, step);
        taking!.Open.Remove(guard);
    }

    private void Reach(Situation situation, Queue<Situation> frontier)
    {
        if (!seen.Add(naming.Of(situation))) return;
        var phase = world.PhaseOf(situation.Now);
        ByPhase[phase] = ByPhase.GetValueOrDefault(phase) + 1;
        if (moves.RightsAt(situation.Now).FirstOrDefault(right => !Invariants.IsGiven(world, right, situation.Now)) is { } usurped)
            Broken ??= (Invariants.Rights, new Step(world, situation, usurped.ToString(), null, null));
        frontier.Enqueue(situation);
    }
}

/// <summary>Names situations so that those which differ in nothing but ids, times and interchangeable people have one name.</summary>
/// <remarks>
/// Of time it keeps which instant came last and how many of the standing decisions can still be taken back. The three ways to clear have one name.
/// That situations of one name have one future is a test of its own.
/// </remarks>
internal sealed class Naming
{
    private readonly World world;
    private readonly List<(string Person, string Office, string Role, string? ActingFor)> rights = [];
    private readonly Dictionary<(string Person, string Office, string Role, string? ActingFor), int> numbers = [];
    private readonly List<IReadOnlyDictionary<string, string>> symmetries;
    private readonly List<List<int>> renamed = [];

    /// <param name="alike">False to keep people apart who are interchangeable: who else can tell them apart knows.</param>
    public Naming(World world, bool alike = true)
    {
        this.world = world;
        symmetries = [.. alike ? world.Symmetries() : [new Dictionary<string, string>()]];
        foreach (var _ in symmetries) renamed.Add([]);
    }

    public int Symmetries => symmetries.Count;

    public UInt128 Of(Situation situation)
    {
        var least = UInt128.MaxValue;
        for (var symmetry = 0; symmetry < symmetries.Count; symmetry++) least = UInt128.Min(least, Of(situation, symmetry));
        return least;
    }

    private UInt128 Of(Situation situation, int symmetry)
    {
        var (name, bits) = (UInt128.Zero, 0);
        if (situation.Request is not { } request) return name;
        Put(1 + (int)request.Status, 4);
        Put(world.PhaseOf(situation.Now), 3);
        Put(request.Revocation is null ? 0 : request.Revocation.Refused is null ? 1 : 2, 2);
        Put(request.EarlierDigests.Count, 2);
        Put(request.Decisions.Count(d => !d.Undone && d.UndoUntil > situation.Now), 3);
        Put(request.Review is null ? 0 : request.Review.Verdict is null ? 1 : 2, 2);
        Put(request.Lapses.Any(lapse => lapse.Cause == "account-closed") ? 1 : 0, 1);
        if (world.IsPressed)
            foreach (var office in world.Offices)
            {
                var clock = request.Clocks.FirstOrDefault(c => c.Office == office);
                Put(clock is null ? 0 : 1 + world.PhaseOf(clock.BegunAt), 3);
                Put(clock is null ? 0 : clock.Reminders, 2);
                Put(clock is { Stopped: true } ? 1 : 0, 1);
                Put(clock is null ? 0 : world.Offices.Sum(other => clock.For.Contains(other) ? 1 << world.Offices.IndexOf(other) : 0), 3);
            }
        Put(request.Recorded.Count, 1);
        foreach (var noted in request.Recorded)
        {
            Put(Number((noted.By.Person, noted.By.Office, noted.Role, noted.By.ActingFor), symmetry), 6);
            Put(Number((noted.GivenBy, noted.Office, "giver", null), symmetry), 6);
            Put(noted.PackageDigest == request.PackageDigest ? 0 : 1, 1);
        }
        Put(request.Decisions.Count, 3);
        foreach (var d in request.Decisions)
        {
            Put(Number((d.By.Person, d.By.Office, d.Role, d.By.ActingFor), symmetry), 6);
            Put(d.RecordedAs is null ? 0 : 1, 1);
            Put(d.PassedOver is { } office ? 1 + world.Offices.IndexOf(office) : 0, 2);
            Put(Requirement.Clears(d) ? (int)DecisionKind.Cleared : (int)d.Kind, 5);
            Put(d.Undone ? 1 : 0, 1);
            Put(d.CutOff ? 1 : 0, 1);
            Put(d.PackageDigest == request.PackageDigest ? 0 : 1, 1);
            Put(d.Lapsed ? 1 : 0, 1);
        }
        return name;

        void Put(int value, int width)
        {
            if (value >= 1 << width || (bits += width) > 128) throw new InvalidOperationException("The name is too short for this world.");
            name = (name << width) | (uint)value;
        }
    }

    private int Number((string Person, string Office, string Role, string? ActingFor) right, int symmetry)
    {
        var number = Number(right);
        return renamed[symmetry][number];
    }

    private int Number((string Person, string Office, string Role, string? ActingFor) right)
    {
        if (numbers.TryGetValue(right, out var number)) return number;
        numbers[right] = number = rights.Count;
        rights.Add(right);
        foreach (var others in renamed) others.Add(0); // Before any is looked up: renaming may come upon another new one.
        for (var i = 0; i < symmetries.Count; i++)
        {
            var names = symmetries[i];
            renamed[i][number] = Number((names.GetValueOrDefault(right.Person, right.Person), right.Office, right.Role, right.ActingFor is { } absent ? names.GetValueOrDefault(absent, absent) : null));
        }
        return number;
    }
}
