using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Imports;

/// <summary>What became of a file's lines: every line is counted once.</summary>
public sealed record ImportReport(int Added, int Changed, int Unchanged, IReadOnlyList<RejectedLine> Rejected)
{
    /// <summary>For the console: one line.</summary>
    public override string ToString() =>
        $"{Added} added, {Changed} changed, {Unchanged} unchanged, {Rejected.Count} rejected" +
        (Rejected.Count == 0 ? "" : $". Line {Rejected[0].Line}: {Rejected[0].Reason}{(Rejected.Count > 1 ? $" And {Rejected.Count - 1} more." : "")}");
}

/// <summary>What a line did to the register.</summary>
internal enum Effect { Unchanged, Changed, Added }
