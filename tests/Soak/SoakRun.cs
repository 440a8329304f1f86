using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Soak;

/// <summary>The rounds of a soak: work goes on, somebody is killed and comes back, and at the end the journal is held against the databases and the feed.</summary>
internal sealed class SoakRun(IVictims victims, int rounds, Random random, string folder, IReadOnlyCollection<string> only)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Dictionary<string, int> kills = [];
    private readonly Journal journal = new();
    private int missed;

    /// <summary>True when nothing was lost, doubled or uncleared, and the ledger verifies.</summary>
    public async Task<bool> LastAsync()
    {
        try
        {
            return await RunAsync();
        }
        catch (Exception stuck)
        {
            Console.WriteLine($"\n{stuck.Message}\n{await WhatIsOpen.DescribeAsync(victims)}");
            PrintNotes();
            Console.WriteLine("FAILED");
            return false;
        }
    }

    private async Task<bool> RunAsync()
    {
        using var ministry = new Ministry(victims.AddressOf, patience: TimeSpan.FromSeconds(90));
        var begun = TimeProvider.System.GetTimestamp();
        await KnowEachOtherAsync(ministry);
        using var load = new Load(ministry, journal, random);
        var reckoning = new Reckoning(ministry, victims, journal);
        load.Begin();
        var deck = Deck.Deal(victims, rounds, random, only);
        var handles = true;
        for (var round = 0; round < rounds; round++)
        {
            // The setting changes between calls, never under one: a release is read back the way it was sent.
            if (HandlesIn(round) != handles)
            {
                load.Pause();
                await reckoning.QuietAsync(Patience);
                await victims.SetHandlesAsync(handles = HandlesIn(round));
                load.Resume();
            }
            var at = TimeProvider.System.GetTimestamp();
            await KillAsync(deck[round]);
            Console.WriteLine($"round {round + 1,3} of {rounds}: {deck[round],-40} {(handles ? "handles" : "no handles"),-10} " +
                $"{TimeProvider.System.GetElapsedTime(at).TotalSeconds,5:0.0} s, {journal.Accepted} commands accepted, {victims.Cutter.Cut} of {victims.Cutter.Calls} answers cut");
        }
        await load.StopWritingAsync();
        await reckoning.QuietAsync(Patience);
        await load.EndAsync();
        var result = await reckoning.ReckonAsync();
        Print(result, TimeProvider.System.GetElapsedTime(begun));
        return result.Passed;
    }

    /// <summary>By quarters with, without, with, without handles; half and half in a short run.</summary>
    private bool HandlesIn(int round) => round * (rounds >= 24 ? 4 : 2) / rounds % 2 == 0;

    private async Task KillAsync(Kill kill)
    {
        var died = false;
        if (kill.Step is null) await Task.Delay(TimeSpan.FromSeconds(3 * random.NextDouble()));
        else died = await victims.FailAtAsync(kill.Victim, kill.Step, random.Next(1, 8), TimeSpan.FromSeconds(12));
        if (!died) await victims.KillAsync(kill.Victim);
        if (!died && kill.Step is not null) missed++;
        var name = died || kill.Step is null ? kill.ToString() : new Kill(kill.Victim, null).ToString();
        kills[name] = kills.GetValueOrDefault(name) + 1;
        await Task.Delay(TimeSpan.FromSeconds(2 * random.NextDouble())); // Down for a while: others meet its absence.
        await victims.StartAsync(kill.Victim);
        await Task.Delay(TimeSpan.FromSeconds(2)); // Works again for a while: what was left over goes on.
    }

    /// <summary>Every desk can work: rights, missions and accounts have reached all services.</summary>
    private static async Task KnowEachOtherAsync(Ministry ministry)
    {
        foreach (var mission in SoakMinistry.Missions)
            await Eventually.Passes(async () => (await ministry.WriteAsync(new Post(mission, "en", "A note that stays a draft.", null))).ShouldBe(201), TimeSpan.FromMinutes(1));
        foreach (var officer in MinistryFiles.ClearingOfficers)
            await Eventually.Passes(async () => await ministry.QueueAsync(officer), TimeSpan.FromMinutes(1));
        await Eventually.Passes(async () => (await ministry.ReadAsync(MinistryFiles.Auditor, "oversight", "alerts")).ShouldBe(200), TimeSpan.FromMinutes(1));
    }

    private void PrintNotes()
    {
        foreach (var (note, count) in journal.Notes.OrderByDescending(n => n.Value).Take(20)) Console.WriteLine($"  note {count,4} x {note}");
    }

    private void Print(Reckoned result, TimeSpan took)
    {
        Console.WriteLine($"\nkills in {took.TotalMinutes:0.0} min (seconds and logs in {folder}):");
        foreach (var (kill, count) in kills.OrderBy(k => k.Key, StringComparer.Ordinal)) Console.WriteLine($"  {count,3} x {kill}");
        if (missed > 0) Console.WriteLine($"  {missed} of the random ones were to be at a step that was not passed in time");
        Console.WriteLine($"answers of the noticeboard cut after the work was done: {victims.Cutter.Cut} of {victims.Cutter.Calls}");
        PrintNotes();
        Console.WriteLine(result);
        foreach (var fault in result.Faults.Take(40)) Console.WriteLine($"  {fault}");
        Console.WriteLine(result.Passed ? "PASSED" : "FAILED");
    }
}
