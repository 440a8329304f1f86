using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Architecture.Tests.Matrix;

/// <summary>Role × endpoint × state × ownership: nothing is left out, and every cell is as <c>matrix.txt</c> says.</summary>
[Collection(nameof(Stage))]
public sealed class EveryCell(Stage stage, ITestOutputHelper output)
{
    [Fact]
    public void Every_cell_is_as_the_table_says()
    {
        output.WriteLine($"{MatrixFile.Asked(stage)} {stage.Sent:N0} requests. Set up in {stage.SetUpIn.TotalSeconds:0.0} s, asked in {stage.AskedIn.TotalSeconds:0.0} s.");
        stage.Cells.DistinctBy(cell => (cell.Question, cell.State, cell.Visitor)).Count().ShouldBe(stage.Asked.Count * States.All.Count * Cast.All.Count);
        Generated.ShouldBeFresh("tests/Architecture.Tests/Matrix/matrix.txt", MatrixFile.Of(stage));
    }

    [Fact]
    public void Every_state_of_the_products_tables_is_played()
    {
        stage.Items.Where(item => !item.IsAsPlayed).ShouldBeEmpty();
        Unplayed<DraftState>(DraftStates.Table.Rows.Select(row => row.To), state => state.Draft).ShouldBeEmpty();
        Unplayed<ClearanceStatus>(ClearanceStates.Table.Rows.Select(row => row.To), state => state.Round).ShouldBeEmpty();
        Unplayed<ReleaseStatus>(ReleaseStates.Table.Rows.Select(row => row.To), state => state.Release).ShouldBeEmpty();

        static IEnumerable<T> Unplayed<T>(IEnumerable<T> inTable, Func<State, T?> of) where T : struct, Enum => inTable.Concat(Enum.GetValues<T>()).Distinct().Where(status => States.All.All(state => !Equals(of(state), status)));
    }

    /// <summary>A status has states of its own within it: what the tables tell has been told of some post, or it is said why that makes no difference.</summary>
    [Fact]
    public void Every_fact_of_the_products_tables_is_told_of_a_post_or_it_is_said_why_not()
    {
        string[] facts = [.. DraftStates.Table.Rows.Select(row => row.Fact), .. ClearanceStates.Table.Rows.Select(row => row.Fact), .. ReleaseStates.Table.Rows.Select(row => row.Fact)];
        facts.Distinct().Where(fact => !stage.Facts.Contains(fact)).ShouldBe(States.Untold.Keys, ignoreOrder: true);
    }

    [Fact]
    public void Every_role_and_every_service_is_among_those_who_ask()
    {
        Roles.All.Where(role => Cast.All.All(visitor => visitor.IsOver || visitor.Holds.All(held => held.Role != role))).ShouldBeEmpty();
        Modules.All().Select(module => module.Name).Except(["registry"]) // It holds the register and nothing of a post.
            .Where(module => Cast.All.All(visitor => visitor.Name != $"{module}-service")).ShouldBeEmpty();
    }

    [Fact]
    public void Every_way_with_a_parameter_is_asked_about_each_post_or_it_is_said_what_it_is_about()
    {
        stage.Ways.Where(way => way.Pattern.StartsWith("/api/", StringComparison.Ordinal) && way.Pattern.Contains('{')).Select(way => way.Name)
            .Except(stage.Asked.Select(question => question.Way.Name)).ShouldBe(Questions.OfNoItem.Keys, ignoreOrder: true);
        stage.Asked.Select(question => question.Path(stage.Items[0])).ShouldAllBe(path => !path.Contains('{'));
    }

    [Fact]
    public void Asking_changes_nothing() => stage.ItemsAfterwards.Select(item => $"{item}: {item.Standing}").ShouldBe(stage.Items.Select(item => $"{item}: {item.Standing}"));

    [Fact]
    public void Whoever_the_routing_table_refuses_is_refused() =>
        stage.Cells.Where(cell => !cell.Visitor.MayEnter(cell.Question.Way) && cell.Status is not (401 or 403)).Select(Words.Of).ShouldBeEmpty();

    /// <summary>Else a cell would speak of the question and not of the right.</summary>
    [Fact]
    public void Every_question_is_sound_and_every_command_is_somebodys_in_some_state()
    {
        stage.Cells.Where(cell => cell.Status is 412 or 415 or 422 or 428 or 429 or >= 500 || cell.Said == "400").Select(Words.Of).ShouldBeEmpty();
        stage.Cells.Where(cell => cell.Question.Commands).GroupBy(cell => cell.Question.Name).Where(asked => asked.All(cell => cell.Status >= 400)).Select(asked => asked.Key).ShouldBeEmpty();
    }
}

/// <summary>A ministry plays once for all who look at its cells.</summary>
[CollectionDefinition(nameof(Stage))]
public sealed class StageCollection : ICollectionFixture<Stage>;

/// <summary>Names a cell in a failure.</summary>
internal static class Words
{
    public static string Of(Cell cell) => $"{cell.Question.Name}, {cell.State.Name}, {cell.Visitor.Name}: {cell.Said}";
}
