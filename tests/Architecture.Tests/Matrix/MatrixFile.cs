using System.Text;

namespace WorkflowPlatform.Architecture.Tests.Matrix;

/// <summary>Writes the cells so that a person can review them: by question, the states that are answered alike, and in each who is answered what.</summary>
internal static class MatrixFile
{
    public static string Of(Stage stage)
    {
        var page = new StringBuilder();
        page.Append(
            $"""
            Who is answered what about a post of mission {Cast.Mission}: every way that names a post or could list it, in every state, for everybody.
            Made from the running platform; UPDATE_GENERATED=1 rewrites it. A changed line is a changed right: look at each.
            Everybody asks with the right version and a sound body, and nothing comes of it. "shows it": an id, the digest or the text is in a list.
            {Asked(stage)}

            # Who asks

            """);
        foreach (var visitor in Cast.All) page.Append($"{visitor.Name,-20}{visitor.Words}{Held(visitor)}\n");
        page.Append("\n# States\n");
        foreach (var state in States.All) page.Append($"{state.Name,-20}{state.Words} [{string.Join(", ", Names(state))}]\n");
        page.Append("\n# Answers\n");
        var quiet = new List<string>();
        foreach (var asked in stage.Cells.GroupBy(cell => cell.Question.Name).OrderBy(asked => stage.Asked.TakeWhile(q => q.Name != asked.Key).Count()))
        {
            if (IsList(asked.First().Question) && asked.All(cell => !cell.Shows)) quiet.Add(asked.Key);
            else Write(page, asked.Key, [.. asked]);
        }
        page.Append($"\n# Lists that show no post in any state to anybody\n{string.Join('\n', quiet)}\n");
        return page.ToString().ReplaceLineEndings("\n");
    }

    public static string Asked(Stage stage) => $"{stage.Asked.Count} questions × {States.All.Count} states × {Cast.All.Count} visitors = {stage.Cells.Count:N0} cells.";

    /// <summary>First those who are answered alike whatever the state is, then in each state the others.</summary>
    private static void Write(StringBuilder page, string question, IReadOnlyList<Cell> cells)
    {
        var always = cells.GroupBy(cell => cell.Visitor).Where(own => own.Select(Answer).Distinct().Count() == 1).Select(own => own.Key).ToHashSet();
        page.Append($"\n{question}\n");
        if (always.Count > 0) page.Append($"  in every state\n{Row([.. cells.Where(cell => cell.State == States.All[0] && always.Contains(cell.Visitor))])}");
        if (always.Count == Cast.All.Count) return;
        var rows = States.All.Select(state => (state.Name, Row: Row([.. cells.Where(cell => cell.State == state && !always.Contains(cell.Visitor))])));
        foreach (var alike in rows.GroupBy(row => row.Row)) page.Append($"  {string.Join(", ", alike.Select(row => row.Name))}\n{alike.Key}");
    }

    private static string Row(IReadOnlyList<Cell> cells) => string.Concat(cells
        .GroupBy(Answer).OrderBy(said => said.Key, StringComparer.Ordinal)
        .Select(said => $"    {said.Key,-36}{string.Join(", ", Cast.All.Where(visitor => said.Any(cell => cell.Visitor == visitor)).Select(visitor => visitor.Name))}\n"));

    private static string Answer(Cell cell) => IsList(cell.Question) && cell.Shows ? $"{cell.Said} shows it" : cell.Said;

    /// <summary>A question that may be answered without the post standing in the answer.</summary>
    public static bool IsList(Question question) => !question.Commands && !question.Way.Pattern.Contains(":guid}", StringComparison.Ordinal) && !question.Way.Pattern.Contains("{sha256}", StringComparison.Ordinal)
        && !question.Way.Pattern.Contains("{digest}", StringComparison.Ordinal) && !question.Way.Pattern.Contains("{id}", StringComparison.Ordinal);

    private static string Held(Visitor visitor) => visitor.Holds.Length == 0 ? "" : $" [{string.Join(", ", visitor.Holds.Select(held => $"{held.Role} {held.Office}"))}]";

    private static IEnumerable<string> Names(State state)
    {
        yield return $"draft {state.Draft}";
        if (state.Round is { } round) yield return $"request {round}";
        if (state.Release is { } release) yield return $"release {release}";
        yield return $"lane {state.Lane}";
    }
}
