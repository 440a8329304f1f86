using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Http;

/// <summary>One sample on SQLite for all tests of a class that leave nothing behind.</summary>
public sealed class SampleHost : IAsyncLifetime
{
    public ServiceUnderTest Service { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await ServiceUnderTest.StartAsync(Store.Sqlite, new SampleModule());
        await Service.Given.DraftingOfficerAsync("P1", "KBL");
        await Service.Given.DraftingOfficerAsync("P2", "TYO");
        await Service.Given.ClearingOfficerAsync("C1");
        await Service.Given.PersonAsync("NOBODY");
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
