namespace WorkflowPlatform.Platform.Data;

/// <summary>Whose eyes a database is read with. Every query of what is not public passes through it.</summary>
/// <remarks>One per request or message. A context that is asked before anybody said whose eyes these are throws: forgetting is a bug, not a leak.</remarks>
public sealed class DataScope
{
    private Sight? sight;

    public Sight Sight => sight ?? throw new InvalidOperationException("Nobody said whose eyes these are: set the DataScope before the first query.");

    /// <summary>A consumer, a relay or a worker: acts for the service itself.</summary>
    public void BecomeSystem() => sight = new Sight(true, [], IsSystem: true);

    /// <summary>A person: sees the missions among the offices of their appointments, or everything when one of these does.</summary>
    public void Become(bool everything, IReadOnlyList<string> missions) => sight = new Sight(everything, missions);
}

/// <summary>What may be seen: everything, or what belongs to some missions.</summary>
/// <param name="IsSystem">True when the service itself looks: it alone sees what not even the centre may.</param>
public sealed record Sight(bool Everything, IReadOnlyList<string> Missions, bool IsSystem = false);
