using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Oversight.Tests.Features;

/// <summary>The scripts make what the program believes in.</summary>
public sealed class Schema
{
    [Theory, OnBothDatabases]
    public async Task The_scripts_and_the_model_describe_the_same_tables(Store store)
    {
        await using var oversight = await ServiceUnderTest.StartAsync(store, new OversightModule());
        await SchemaComparison.ShouldMatchAsync<OversightDb>(oversight);
    }
}
