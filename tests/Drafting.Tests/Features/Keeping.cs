using WorkflowPlatform.Drafting.Data;

namespace WorkflowPlatform.Drafting.Tests.Features;

/// <summary>The tables.</summary>
public sealed class Keeping
{
    [Theory, OnBothDatabases]
    public async Task The_scripts_and_the_model_describe_the_same_tables(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        await SchemaComparison.ShouldMatchAsync<DraftingDb>(desk.Service);
    }
}
