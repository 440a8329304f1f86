using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>Asks the policy in force who must clear a package.</summary>
public sealed class Routing
{
    public Task<Route> RouteAsync(ReleasePackage package, DateTimeOffset now, CancellationToken ct) => Task.FromResult(Central);

    /// <summary>One officer of the central unit.</summary>
    public static readonly Route Central = new("central-unit@1", "", [new RequiredOffice(Offices.Central, 1, 1, false, null, [])], [], [], false, [], []);
}
