using System.Text;
using WorkflowPlatform.Platform.Decisions;
using static System.FormattableString;

namespace WorkflowPlatform.Testing;

/// <summary>Writes a table of transitions down for readers.</summary>
public static class StatesPage
{
    /// <summary>Markdown with a Mermaid diagram: the text of <c>states.md</c>.</summary>
    public static string ToMarkdown<TStatus>(this Transitions<TStatus> table, string title) where TStatus : struct, Enum
    {
        var text = new StringBuilder($"# {title}\n\nGenerated from the transition table; a test keeps it fresh.\n\n```mermaid\nstateDiagram-v2\n");
        foreach (var (from, fact, to, _) in table.Rows)
            text.Append(Invariant($"    {(from is null ? "[*]" : from.ToString())} --> {to}: {fact}\n"));
        foreach (var end in table.Rows.Select(row => row.To).Distinct().Where(table.IsTerminal))
            text.Append(Invariant($"    {end} --> [*]\n"));
        text.Append("```\n\n| from | fact | to | when |\n|---|---|---|---|\n");
        foreach (var (from, fact, to, when) in table.Rows)
            text.Append(Invariant($"| {(from is null ? "" : from.ToString())} | `{fact}` | {to} | {when} |\n"));
        return text.ToString();
    }
}
