using System.Diagnostics;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>Two texts side by side, in every order in which both can go on. They share the time, the people, the reach of an office, what they cite, and the page on which texts are cleared together.</summary>
/// <remarks>
/// What is done to one text alone is asked of the product once for each situation of that text and of what is shared: a rule takes one request, and answers the same again whatever
/// becomes of the other. What is done to both is asked in every pair of situations.
/// </remarks>
/// <param name="bound">Decisions on each of the two.</param>
internal sealed class Pair(World one, World other, int bound, OneByOne? taking = null)
{
    private readonly Side left = new(one, bound), right = new(other, bound);
    private readonly HashSet<(int Left, int Right, bool CutOff)> seen = [];
    private readonly Queue<(int Left, int Right, OfficeReach? Reach)> frontier = [];
    private string? together;

    public int Pairs => seen.Count;
    public int Singles => left.Count + right.Count;
    public long Transitions { get; private set; }

    /// <summary>How often something came to pass that is one thing for both.</summary>
    public Dictionary<string, long> Shared { get; } = new() { ["time"] = 0, ["what both cite changes"] = 0, ["cut off, or back"] = 0, ["cleared together"] = 0, ["both permits out"] = 0, ["an office silent on both"] = 0, ["each cleared by who wrote the other"] = 0 };

    public string? Broken => together ?? left.Broken ?? right.Broken;
    public Dictionary<string, string> Noticed { get; } = [];
    public TimeSpan Took { get; private set; }

    public Pair Run()
    {
        var clock = Stopwatch.StartNew();
        Reach(left.Beginning, right.Beginning, null);
        while (Broken is null && frontier.TryDequeue(out var pair)) LookAt(pair.Left, pair.Right, pair.Reach);
        Took = clock.Elapsed;
        return this;
    }

    private void Reach(int a, int b, OfficeReach? reach)
    {
        if (!seen.Add((a, b, reach is { IsCutOff: true }))) return;
        var (ones, others) = (left.Said(a), right.Said(b));
        if (left.At(a).Request?.PermitId is not null && right.At(b).Request?.PermitId is not null) Shared["both permits out"]++;
        if (ones.Any(d => d.Notice is not null) && others.Any(d => d.Notice is not null)) Shared["an office silent on both"]++;
        if (ones.Any(d => d.Clears && other.Contributors.Contains(d.By.Person)) && others.Any(d => d.Clears && one.Contributors.Contains(d.By.ActingFor ?? d.By.Person))) Shared["each cleared by who wrote the other"]++;
        frontier.Enqueue((a, b, reach));
    }

    private void LookAt(int a, int b, OfficeReach? reach)
    {
        var cutOff = reach is { IsCutOff: true };
        foreach (var next in left.Alone(a, cutOff)) Go(next, b, reach);
        foreach (var next in right.Alone(b, cutOff)) Go(a, next, reach);
        if (left.IsUndoable(a) || right.IsUndoable(b)) Both("time", left.Later(a), right.Later(b), reach);
        Both("time", left.Next(a), right.Next(b), reach);
        if (left.Lapsed(a) != a || right.Lapsed(b) != b) Both("what both cite changes", left.Lapsed(a), right.Lapsed(b), reach);

        var (now, ben) = (left.At(a).Now, new HeldCapacity("ben", Side.Office, Roles.ClearingOfficer));
        foreach (var answer in new[] { ReachRules.Declare(reach, Side.Office, ben, false, now), ReachRules.Reconnect(reach, Side.Office, ben, false, now) })
            if (answer.Allows(out var said, out _))
                Both("cut off, or back", a, b, said.State);
        foreach (var person in left.People) ClearTogether(a, b, person, reach);
    }

    private void Go(int a, int b, OfficeReach? reach)
    {
        Transitions++;
        Reach(a, b, reach);
    }

    private void Both(string what, int? a, int? b, OfficeReach? reach)
    {
        if (a is not { } ones || b is not { } others) return;
        Shared[what]++;
        Go(ones, others, reach);
    }

    /// <summary>Somebody clears both on one page, as they are shown there.</summary>
    private void ClearTogether(int a, int b, string person, OfficeReach? reach)
    {
        if (left.Shown(a, person) is not { } ones || right.Shown(b, person) is not { } others) return;
        List<BulkItem> items = [ones, others];
        var refused = BulkRules.Check(items) is not null;
        if (refused && taking?.Alone("bulk", BulkRules.All, items) is null) return;

        var broken = items[0].Request.Mission != items[1].Request.Mission ? "only what is of one kind is cleared together"
            : items.Exists(i => i.Request.Findings.Count > 0) ? "what gave a reason to look twice is cleared by itself"
            : left.Cleared(a, person).Yes is null || right.Cleared(b, person).Yes is null ? "what is cleared together is each theirs to clear" : null;
        if (!refused)
        {
            together ??= broken;
            Both("cleared together", left.To(left.Cleared(a, person), false), right.To(right.Cleared(b, person), false), reach);
        }
        else if (broken is not null && taking!.Alone("bulk", BulkRules.All, items) is { } gone)
        {
            Noticed[$"bulk: {gone.Name}"] = broken;
            taking.Open.Remove($"bulk: {gone.Name}");
        }
    }
}
