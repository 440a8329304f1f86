using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Features;

public sealed class WithheldPermits
{
    /// <summary>Here somebody has written to the row; were it a fault of the rules, it would be told the same way.</summary>
    [Theory, OnBothDatabases]
    public async Task A_cleared_text_whose_permit_is_refused_is_told_once_and_goes_nowhere(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var request = await clearance.SubmittedAsync();
        (await clearance.DecideAsync(request)).ShouldBe(200);
        var asksTwo = Route(("CENTRAL", 1, 2));
        await clearance.Service.Db<ClearanceDb>(db => db.Requests.Where(r => r.Id == request.Id).ExecuteUpdateAsync(row => row.SetProperty(r => r.Route, asksTwo)));

        (await clearance.UntilToldAsync<PermitWithheld>(request, TimeSpan.FromSeconds(21))).Code.ShouldBe("clearance.not-cleared");
        var sound = await clearance.PermittedAsync(); // Held up by nothing, and by then every worker has looked again.
        (await clearance.ToldAsync(request)).ShouldBe([nameof(ClearanceOpened), nameof(PackageCleared), nameof(PermitWithheld)]);
        var withheld = await clearance.RequestAsync(request.PackageDigest);
        (withheld.Status, withheld.DueAt, sound.PermitId.HasValue).ShouldBe((ClearanceStatus.Cleared, withheld.NotAfter, true));
    }
}
