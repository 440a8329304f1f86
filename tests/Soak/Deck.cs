using WorkflowPlatform.Platform.Telemetry;

namespace WorkflowPlatform.Soak;

/// <summary>Who is killed in a round, and when.</summary>
/// <param name="Step">The step at which it kills itself; null for a random moment.</param>
internal sealed record Kill(string Victim, string? Step)
{
    public override string ToString() => Step is null ? $"{Victim} at a random moment" : $"{Victim} at {Step}";
}

/// <summary>The kills of a run: each victim and each step at least three times in sixty rounds, and the worst ones first, so that a short run meets them.</summary>
internal static class Deck
{
    /// <param name="only">Who may be killed; empty for everybody.</param>
    public static IReadOnlyList<Kill> Deal(IVictims victims, int rounds, Random random, IReadOnlyCollection<string> only)
    {
        if (only.Count > 0) return [.. Enumerable.Range(0, rounds).Select(_ => new Kill(only.ElementAt(random.Next(only.Count)), null))];

        var worst = new List<Kill>();
        foreach (var step in new[] { Steps.Called, Steps.Committed, Steps.Intended, Steps.ConsumerCommitted, Steps.Sent }) worst.Add(new(victims.AtStep(step)[0], step));
        var whole = victims.Names.Select(name => new Kill(name, null)).ToArray();
        worst.InsertRange(1, whole.Where(kill => kill.Victim is "postgres" or "broker" or "standalone"));
        worst.AddRange(whole.Where(kill => kill.Victim is "oversight" or "standalone"));

        var deck = new List<Kill>();
        while (deck.Count + worst.Count < rounds)
        {
            Kill[] turn = [.. whole, .. Steps.All.Select((step, i) => new Kill(victims.AtStep(step)[(deck.Count / 12 + i) % victims.AtStep(step).Count], step))];
            random.Shuffle(turn);
            deck.AddRange(turn);
        }
        return [.. worst.Concat(deck).Take(rounds)];
    }
}
