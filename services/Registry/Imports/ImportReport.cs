using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Imports;

/// <summary>A kind of file that the register takes, within the transaction of whoever calls. What the file leaves out stays as it is.</summary>
public interface IFileImport
{
    /// <summary>The header that such a file must have.</summary>
    static abstract IReadOnlyList<string> Columns { get; }

    Task<ImportReport> RunAsync(IReadOnlyList<CsvLine> lines, CancellationToken ct);
}

/// <summary>What became of a file's lines: every line is counted once.</summary>
/// <param name="Remarks">What landed and is still worth a look.</param>
public sealed record ImportReport(int Added, int Changed, int Unchanged, IReadOnlyList<RejectedLine> Rejected, IReadOnlyList<string> Remarks)
{
    internal static ImportReport Of(IEnumerable<Effect> effects, IReadOnlyList<RejectedLine> rejected, IReadOnlyList<string>? remarks = null)
    {
        var counts = effects.CountBy(effect => effect).ToDictionary();
        return new(counts.GetValueOrDefault(Effect.Added), counts.GetValueOrDefault(Effect.Changed), counts.GetValueOrDefault(Effect.Unchanged), rejected, remarks ?? []);
    }

    /// <summary>For the console: one line.</summary>
    public override string ToString() =>
        $"{Added} added, {Changed} changed, {Unchanged} unchanged, {Rejected.Count} rejected" +
        (Rejected.Count == 0 ? "" : $". Line {Rejected[0].Line}: {Rejected[0].Reason}{(Rejected.Count > 1 ? $" And {Rejected.Count - 1} more." : "")}");
}

/// <summary>What a line did to the register.</summary>
internal enum Effect { Unchanged, Changed, Added }

/// <summary>Lets a line take its effect.</summary>
internal static class Taking
{
    /// <summary>Keeps what the rule accepted; a rule that has nothing to change refuses.</summary>
    public static Effect Take<T>(this RegistryDb db, T? current, Decision<T> decision) where T : class, IAggregate
    {
        if (!decision.Allows(out var accepted, out _)) return Effect.Unchanged;
        db.Record(current, accepted);
        return current is null ? Effect.Added : Effect.Changed;
    }
}
